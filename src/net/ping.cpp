#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<error_code> WebSocket::ping()
{
    const beast::websocket::ping_data payload;
    auto [ec] = co_await parts_->stream.async_ping(payload, as_result);
    co_return ec;
}

}  // namespace gemlive::net
