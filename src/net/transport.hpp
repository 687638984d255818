#pragma once

#include <cstdint>

#include <boost/asio/associator.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "connect_race.hpp"

namespace gemlive::net {

// TCP below TLS. It counts what was written, and it keeps write errors to itself: a server that closes with a
// reason and then resets makes our writes fail while its close frame still waits to be read, and the layers above
// would never read again after a failed write. Whoever writes asks write_error() afterwards.
class Transport {
public:
    using executor_type = TcpSocket::executor_type;
    using lowest_layer_type = TcpSocket::lowest_layer_type;

    explicit Transport(TcpSocket socket) : socket_(std::move(socket)) {}

    executor_type get_executor() { return socket_.get_executor(); }
    lowest_layer_type &lowest_layer() { return socket_.lowest_layer(); }
    TcpSocket &socket() { return socket_; }
    const TcpSocket &socket() const { return socket_; }
    size_t bytes_written() const { return bytes_written_; }
    boost::system::error_code write_error() const { return write_error_; }

    template <typename Buffers, typename Handler>
    auto async_read_some(const Buffers &buffers, Handler &&handler)
    {
        return socket_.async_read_some(buffers, std::forward<Handler>(handler));
    }

    template <typename Buffers, typename Handler>
    auto async_write_some(const Buffers &buffers, Handler &&handler)
    {
        return asio::async_initiate<Handler, void(boost::system::error_code, size_t)>(
            [this](auto &&inner, const Buffers &data) {
                using Inner = std::decay_t<decltype(inner)>;
                const size_t size = asio::buffer_size(data);
                if (write_error_) {
                    // The socket would never become writable again.
                    auto pretend = [done = std::forward<decltype(inner)>(inner), size]() mutable {
                        std::move(done)(boost::system::error_code(), size);
                    };
                    asio::post(socket_.get_executor(), std::move(pretend));
                    return;
                }
                socket_.async_write_some(data, WriteDone<Inner>{std::forward<decltype(inner)>(inner), this, size});
            },
            handler, buffers);
    }

    template <typename Inner>
    struct WriteDone {
        void operator()(boost::system::error_code ec, size_t written)
        {
            const bool ours = ec == asio::error::operation_aborted || ec == asio::error::bad_descriptor;
            if (!ec || ours) {
                if (!ec) {
                    transport->bytes_written_ += written;
                }
                std::move(inner)(ec, written);
                return;
            }
            transport->write_error_ = ec;
            std::move(inner)(boost::system::error_code(), size);
        }

        Inner inner;
        Transport *transport;
        size_t size;
    };

private:
    TcpSocket socket_;
    size_t bytes_written_ = 0;
    boost::system::error_code write_error_;
};

}  // namespace gemlive::net

// The handler's executor, allocator and cancellation slot are those of the handler it carries.
template <template <typename, typename> class Associator, typename Inner, typename Default>
struct boost::asio::associator<Associator, gemlive::net::Transport::WriteDone<Inner>, Default>
    : Associator<Inner, Default> {
    static auto get(const gemlive::net::Transport::WriteDone<Inner> &handler) noexcept
    {
        return Associator<Inner, Default>::get(handler.inner);
    }
    static auto get(const gemlive::net::Transport::WriteDone<Inner> &handler, const Default &fallback) noexcept
    {
        return Associator<Inner, Default>::get(handler.inner, fallback);
    }
};
