#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<error_code> WebSocket::close(uint16_t code, std::string reason)
{
    BeastStream &stream = parts_->stream;
    beast::websocket::close_reason frame(static_cast<beast::websocket::close_code>(code));
    constexpr size_t max_bytes = 123;  // what a control frame holds, less its code
    if (reason.size() > max_bytes) {
        size_t end = max_bytes;
        while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0) == 0x80) {
            --end;
        }
        reason.resize(end);
    }
    frame.reason.assign(reason.data(), reason.size());
    auto [ec] = co_await stream.async_close(frame, as_result);
    // The close operation reads the server's frame by itself, past the control callback.
    if (!ec && !parts_->peer_close) {
        const auto &answer = stream.reason();
        parts_->peer_close.emplace();
        if (answer.code != beast::websocket::close_code::none) {
            parts_->peer_close->code = answer.code;
        }
        parts_->peer_close->reason.assign(answer.reason.data(), answer.reason.size());
    }
    co_return ec;
}

}  // namespace gemlive::net
