#include "platform/socket.hpp"
#include "websocket_parts.hpp"

namespace gemlive::net {

WebSocket::WebSocket(TcpSocket socket) : parts_(std::make_unique<Parts>(std::move(socket))) {}
WebSocket::~WebSocket() = default;

void WebSocket::open(size_t max_message_bytes, Events events)
{
    parts_->events = std::move(events);
    BeastStream &stream = parts_->stream;
    stream.read_message_max(max_message_bytes);
    stream.auto_fragment(false);
    stream.text(true);
    // A 50 ms audio packet is 2.2 KB of JSON: with 4 KB it is masked, sealed and sent in one piece.
    stream.write_buffer_bytes(4096);
    stream.control_callback([parts = parts_.get()](beast::websocket::frame_type type, beast::string_view) {
        if (type == beast::websocket::frame_type::pong && parts->events.on_pong) {
            parts->events.on_pong();
        }
        if (type == beast::websocket::frame_type::close) {
            const auto &reason = parts->stream.reason();
            parts->peer_close.emplace();
            if (reason.code != beast::websocket::close_code::none) {
                parts->peer_close->code = reason.code;
            }
            parts->peer_close->reason.assign(reason.reason.data(), reason.reason.size());
            if (parts->events.on_peer_close) {
                parts->events.on_peer_close();
            }
        }
    });
}

asio::awaitable<void> WebSocket::drain()
{
    std::array<char, 4096> scratch;
    const auto buffer = asio::buffer(scratch);
    TcpSocket &socket = parts_->stream.next_layer().transport().socket();
    for (;;) {
        auto [ec, size] = co_await socket.async_read_some(buffer, as_result);
        if (ec || size == 0) {
            co_return;
        }
    }
}

bool WebSocket::is_open() const
{
    return parts_->stream.is_open();
}

std::optional<PeerClose> WebSocket::peer_close() const
{
    return parts_->peer_close;
}

error_code WebSocket::write_error() const
{
    return parts_->stream.next_layer().transport().write_error();
}

size_t WebSocket::bytes_written() const
{
    return parts_->stream.next_layer().transport().bytes_written();
}

std::optional<size_t> WebSocket::bytes_unacknowledged() const
{
    TcpSocket &socket = parts_->stream.next_layer().transport().socket();
    return socket.is_open() ? platform::unacknowledged_bytes(socket.native_handle()) : std::nullopt;
}

void WebSocket::shutdown_send()
{
    boost::system::error_code ignored;
    parts_->stream.next_layer().transport().socket().shutdown(TcpSocket::shutdown_send, ignored);
}

void WebSocket::hang_up()
{
    boost::system::error_code ignored;
    parts_->stream.next_layer().transport().socket().close(ignored);
}

}  // namespace gemlive::net
