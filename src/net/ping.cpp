#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<void> WebSocket::ping()
{
    const beast::websocket::ping_data payload;
    auto [ec] = co_await parts_->stream.async_ping(payload, as_result);
    static_cast<void>(ec);
}

}  // namespace gemlive::net
