#include "live_client.hpp"

#include <chrono>
#include <functional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <gtest/gtest.h>

namespace gemlive::emulator::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Code = boost::system::error_code;

constexpr std::chrono::seconds patience{60};

}  // namespace

struct LiveClient::Impl {
    explicit Impl(const std::string &ca_file)
        : tls(asio::ssl::context::tls_client), ws(loop, with_ca(tls, ca_file))
    {
        ws.next_layer().set_verify_callback(asio::ssl::host_name_verification("localhost"));
        ws.read_message_max(32u << 20);
        ws.control_callback([this](websocket::frame_type type, beast::string_view) {
            got_close = got_close || type == websocket::frame_type::close;
        });
    }

    static asio::ssl::context &with_ca(asio::ssl::context &tls, const std::string &ca_file)
    {
        tls.set_verify_mode(asio::ssl::verify_peer);
        tls.load_verify_file(ca_file);
        return tls;
    }

    // Runs one operation to its end.
    Code run(const std::function<void(std::function<void(Code)>)> &start)
    {
        Code result = asio::error::timed_out;
        bool done = false;
        start([&](Code error) {
            result = error;
            done = true;
        });
        loop.restart();
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!done && loop.run_one_until(end) != 0) {
        }
        if (!done) {
            ADD_FAILURE() << "nothing came within the client's patience";
            beast::get_lowest_layer(ws).close();
            loop.restart();
            loop.run();
        }
        return result;
    }

    asio::io_context loop;
    asio::ssl::context tls;
    websocket::stream<beast::ssl_stream<beast::tcp_stream>> ws;
    beast::flat_buffer buffer;
    bool got_close = false;
};

LiveClient::LiveClient(const Program &program, const std::string &target, const Headers &headers)
    : impl_(std::make_unique<Impl>(program.ca_file()))
{
    auto &ws = impl_->ws;
    const asio::ip::tcp::endpoint endpoint(asio::ip::address_v4::loopback(), program.port());
    Code error = impl_->run([&](auto done) { beast::get_lowest_layer(ws).async_connect(endpoint, done); });
    EXPECT_FALSE(error) << error.message();
    error = impl_->run([&](auto done) { ws.next_layer().async_handshake(asio::ssl::stream_base::client, done); });
    EXPECT_FALSE(error) << error.message();
    ws.set_option(websocket::stream_base::decorator([&headers](websocket::request_type &request) {
        for (const auto &[name, value] : headers)
            request.set(name, value);
    }));
    websocket::response_type response;
    error = impl_->run([&](auto done) { ws.async_handshake(response, "localhost", target, done); });
    const bool answered = !error || error == websocket::error::upgrade_declined;
    http_status_ = answered ? static_cast<int>(response.result_int()) : 0;
    http_body_ = response.body();
}

LiveClient::~LiveClient() = default;

void LiveClient::send(const std::string &text)
{
    impl_->ws.text(true);
    impl_->run([&](auto done) {
        impl_->ws.async_write(asio::buffer(text), [done](Code error, size_t) { done(error); });
    });
}

std::optional<std::string> LiveClient::read()
{
    impl_->buffer.clear();
    const Code error =
        impl_->run([&](auto done) { impl_->ws.async_read(impl_->buffer, [done](Code e, size_t) { done(e); }); });
    if (!error)
        return beast::buffers_to_string(impl_->buffer.cdata());
    const websocket::close_reason &reason = impl_->ws.reason();
    const bool coded = reason.code != websocket::close_code::none;
    close_code_ = !impl_->got_close ? uint16_t{1006} : coded ? reason.code : uint16_t{1005};
    close_reason_ = reason.reason.c_str();
    return std::nullopt;
}

bool LiveClient::last_was_binary() const
{
    return impl_->ws.got_binary();
}

void LiveClient::close(bool with_tls_goodbye)
{
    if (with_tls_goodbye) {
        impl_->run([&](auto done) { impl_->ws.async_close(websocket::close_code::normal, done); });
        return;
    }
    // A masked close frame with code 1000, then no TLS shutdown.
    const std::string frame("\x88\x82\0\0\0\0\x03\xe8", 8);
    impl_->run([&](auto done) {
        asio::async_write(impl_->ws.next_layer(), asio::buffer(frame),
                          [done](Code error, size_t) { done(error); });
    });
    beast::get_lowest_layer(impl_->ws).close();
}

}  // namespace gemlive::emulator::test
