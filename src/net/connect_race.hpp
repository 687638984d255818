#pragma once

#include <memory>
#include <vector>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "engine/signal.hpp"

namespace gemlive::net {

namespace asio = boost::asio;
using boost::system::error_code;

using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

// The addresses in turn, IPv6 and IPv4 alternating, each 250 ms after the one before or as soon as that has
// failed; the first that connects wins.
class ConnectRace : public std::enable_shared_from_this<ConnectRace> {
public:
    ConnectRace(asio::io_context &io, const std::vector<asio::ip::address> &addresses, uint16_t port);

    // Empty: connected, and `winner` is the socket.
    asio::awaitable<error_code> run();
    void stop();

    TcpSocket winner;

private:
    void start_next();
    void on_connected(TcpSocket &socket, error_code ec);
    void finish(error_code ec);

    asio::io_context &io_;
    std::vector<asio::ip::tcp::endpoint> endpoints_;
    std::vector<std::unique_ptr<TcpSocket>> sockets_;
    size_t failed_ = 0;
    bool finished_ = false;
    boost::system::error_code result_;
    engine::Timer stagger_;
    engine::Signal done_;
};

}  // namespace gemlive::net
