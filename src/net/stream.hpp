#pragma once

#include <array>
#include <optional>

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/role.hpp>

#include "transport.hpp"

namespace gemlive::net {

// TCP with or without TLS as one type: Beast's templates, which are what this room's compile time is made of, are
// instantiated once.
class Stream {
public:
    using executor_type = Transport::executor_type;
    using Tls = asio::ssl::stream<Transport &>;

    explicit Stream(TcpSocket socket) : transport_(std::move(socket)) {}

    // We never wait for TLS's own farewell. OpenSSL would throw the session away for that, and a redial would need
    // a full handshake.
    ~Stream()
    {
        if (tls_) {
            SSL_set_shutdown(tls_->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        }
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    executor_type get_executor() { return transport_.get_executor(); }
    Transport &transport() { return transport_; }
    const Transport &transport() const { return transport_; }
    Tls &add_tls(asio::ssl::context &context) { return tls_.emplace(transport_, context); }

    template <typename Buffers, typename Handler>
    auto async_read_some(const Buffers &buffers, Handler &&handler)
    {
        return asio::async_initiate<Handler, void(boost::system::error_code, size_t)>(
            [this](auto &&inner, const Buffers &data) {
                if (tls_) {
                    tls_->async_read_some(data, std::forward<decltype(inner)>(inner));
                } else {
                    transport_.async_read_some(data, std::forward<decltype(inner)>(inner));
                }
            },
            handler, buffers);
    }

    template <typename Buffers, typename Handler>
    auto async_write_some(const Buffers &buffers, Handler &&handler)
    {
        return asio::async_initiate<Handler, void(boost::system::error_code, size_t)>(
            [this](auto &&inner, const Buffers &data) {
                if (tls_) {
                    tls_->async_write_some(flat(data), std::forward<decltype(inner)>(inner));
                } else {
                    transport_.async_write_some(data, std::forward<decltype(inner)>(inner));
                }
            },
            handler, buffers);
    }

private:
    // Asio's TLS stream makes one record, and one system call, of each buffer: a frame's header must not travel
    // alone.
    template <typename Buffers>
    asio::const_buffer flat(const Buffers &buffers)
    {
        const size_t size = asio::buffer_copy(asio::buffer(scratch_), buffers);
        return asio::const_buffer(scratch_.data(), size);
    }

    Transport transport_;
    std::optional<Tls> tls_;
    std::array<char, 4096 + 64> scratch_;  // a piece of write_buffer_bytes and a frame header
};

// Beast would read until the peer hangs up and close the socket, which then can't be asked any more what the peer
// has acknowledged. The link closes by itself.
template <typename Handler>
void async_teardown(boost::beast::role_type, Stream &stream, Handler &&handler)
{
    asio::post(stream.get_executor(), [inner = std::forward<Handler>(handler)]() mutable {
        std::move(inner)(boost::system::error_code());
    });
}

inline void teardown(boost::beast::role_type, Stream &, boost::system::error_code &) {}

inline void beast_close_socket(Stream &stream)
{
    boost::system::error_code ignored;
    stream.transport().socket().close(ignored);
}

}  // namespace gemlive::net
