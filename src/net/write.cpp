#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<error_code> WebSocket::write_text(const std::string &message)
{
    const asio::const_buffer buffer(message.data(), message.size());
    auto [ec, written] = co_await parts_->stream.async_write(buffer, as_result);
    static_cast<void>(written);
    co_return ec ? ec : write_error();
}

}  // namespace gemlive::net
