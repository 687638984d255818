#include "connect_race.hpp"

#include <boost/asio/post.hpp>

#include "platform/socket.hpp"

namespace gemlive::net {
namespace {

constexpr auto stagger = std::chrono::milliseconds(250);

// Asio's own sockets would be inherited by programs that the application starts.
error_code open(TcpSocket &socket, asio::ip::tcp protocol)
{
    std::error_code failure;
    platform::Descriptor made = platform::open_tcp_socket(protocol == asio::ip::tcp::v6(), failure);
    if (!made) {
        return error_code(failure.value(), boost::system::system_category());
    }
    error_code ec;
    socket.assign(protocol, made.number(), ec);
    if (!ec) {
        made.release();
    }
    return ec;
}

// Asio goes on watching a socket that it has connected for being writable, which it nearly always is: each wait for
// input would wake the thread once more, for that.
error_code watch_anew(TcpSocket &socket, const asio::ip::tcp &protocol)
{
    error_code ec;
    platform::Descriptor connected(socket.release(ec));
    if (!ec) {
        socket.assign(protocol, connected.number(), ec);
    }
    if (!ec) {
        connected.release();
    }
    return ec;
}

std::vector<asio::ip::tcp::endpoint> alternate(const std::vector<asio::ip::address> &addresses, uint16_t port)
{
    std::vector<asio::ip::tcp::endpoint> first;
    std::vector<asio::ip::tcp::endpoint> second;
    for (const asio::ip::address &address : addresses) {
        const bool as_first = address.is_v6() == addresses.front().is_v6();
        (as_first ? first : second).emplace_back(address, port);
    }
    std::vector<asio::ip::tcp::endpoint> out;
    for (size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) {
            out.push_back(first[i]);
        }
        if (i < second.size()) {
            out.push_back(second[i]);
        }
    }
    return out;
}

}  // namespace

ConnectRace::ConnectRace(asio::io_context &io, const std::vector<asio::ip::address> &addresses, uint16_t port)
    : winner(io.get_executor()), io_(io), endpoints_(alternate(addresses, port)),
      result_(asio::error::host_not_found), stagger_(io.get_executor()), done_(io)
{
}

asio::awaitable<error_code> ConnectRace::run()
{
    const auto self = shared_from_this();
    start_next();
    co_await done_.wait();
    co_return result_;
}

void ConnectRace::stop()
{
    finish(asio::error::operation_aborted);
}

void ConnectRace::start_next()
{
    if (finished_ || sockets_.size() == endpoints_.size()) {
        return;
    }
    const asio::ip::tcp::endpoint &endpoint = endpoints_[sockets_.size()];
    sockets_.push_back(std::make_unique<TcpSocket>(io_.get_executor()));
    TcpSocket &socket = *sockets_.back();
    const auto connected = [self = shared_from_this(), &socket, protocol = endpoint.protocol()](error_code ec) {
        self->on_connected(socket, ec ? ec : watch_anew(socket, protocol));
    };
    if (const error_code ec = open(socket, endpoint.protocol())) {
        asio::post(io_, [connected, ec] { connected(ec); });
    } else {
        socket.async_connect(endpoint, connected);
    }
    stagger_.expires_after(stagger);
    stagger_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) {
            self->start_next();
        }
    });
}

void ConnectRace::on_connected(TcpSocket &socket, error_code ec)
{
    if (finished_) {
        return;
    }
    if (!ec) {
        error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        winner = std::move(socket);
        finish({});
        return;
    }
    result_ = ec;
    if (++failed_ == endpoints_.size()) {
        finish(ec);
    } else if (failed_ == sockets_.size()) {
        stagger_.cancel();
        start_next();
    }
}

void ConnectRace::finish(error_code ec)
{
    if (finished_) {
        return;
    }
    finished_ = true;
    result_ = ec;
    stagger_.cancel();
    for (const auto &socket : sockets_) {
        error_code ignored;
        socket->close(ignored);
    }
    done_.notify();
}

}  // namespace gemlive::net
