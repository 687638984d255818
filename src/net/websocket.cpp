#include "websocket.hpp"

#include "platform/socket.hpp"
#include "websocket_parts.hpp"

namespace gemlive::net {

WebSocket::WebSocket(TcpSocket socket) : parts_(std::make_unique<Parts>(std::move(socket))) {}
WebSocket::~WebSocket() = default;

void WebSocket::open(size_t max_message_bytes, WebSocketEvents &events)
{
    parts_->events = &events;
    BeastStream &stream = parts_->stream;
    stream.read_message_max(max_message_bytes);
    stream.auto_fragment(false);
    stream.text(true);
    // A 50 ms audio packet is 2.2 KB of JSON: it is masked, sealed and sent in one piece.
    stream.write_buffer_bytes(write_buffer_bytes);
    stream.next_layer().on_waiting([parts = parts_.get()] { parts->events->on_read_waits(); });
    stream.control_callback([parts = parts_.get()](beast::websocket::frame_type type, beast::string_view) {
        parts->events->on_read_waits();  // its answer may have to wait for a write
        if (type == beast::websocket::frame_type::pong) {
            parts->events->on_pong_frame();
        }
        if (type == beast::websocket::frame_type::close) {
            const auto &reason = parts->stream.reason();
            parts->peer_close.emplace();
            if (reason.code != beast::websocket::close_code::none) {
                parts->peer_close->code = reason.code;
            }
            parts->peer_close->reason.assign(reason.reason.data(), reason.reason.size());
            parts->events->on_close_frame();
        }
    });
}

asio::awaitable<void> WebSocket::discard_input()
{
    std::array<char, 4096> scratch;
    const auto buffer = asio::buffer(scratch);
    for (;;) {
        auto [ec, size] = co_await parts_->socket().async_read_some(buffer, as_result);
        if (ec || size == 0) {
            co_return;
        }
    }
}

bool WebSocket::is_open() const
{
    return parts_->stream.is_open();
}

bool WebSocket::has_tls() const
{
    return parts_->stream.next_layer().has_tls();
}

std::optional<PeerClose> WebSocket::peer_close() const
{
    return parts_->peer_close;
}

error_code WebSocket::write_error() const
{
    return parts_->transport().write_error();
}

Traffic WebSocket::traffic() const
{
    const Transport &transport = parts_->transport();
    Traffic out;
    out.bytes_received = transport.bytes_received();
    out.bytes_written = transport.bytes_written();
    out.last_received = transport.last_received();
    return out;
}

std::optional<uint64_t> WebSocket::bytes_acknowledged() const
{
    TcpSocket &socket = parts_->socket();
    const auto waiting = socket.is_open() ? platform::unacknowledged_bytes(socket.native_handle()) : std::nullopt;
    if (!waiting) {
        return std::nullopt;
    }
    const uint64_t written = parts_->transport().bytes_written();
    return written - std::min<uint64_t>(*waiting, written);
}

void WebSocket::shutdown_send()
{
    error_code ignored;
    parts_->socket().shutdown(TcpSocket::shutdown_send, ignored);
}

void WebSocket::close_socket()
{
    error_code ignored;
    parts_->socket().close(ignored);
}

}  // namespace gemlive::net
