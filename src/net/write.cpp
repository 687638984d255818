#include "websocket_parts.hpp"

namespace gemlive::net {

void WebSocket::write(const std::string &message, std::shared_ptr<void> owner)
{
    auto finish = [parts = parts_.get()](error_code ec, size_t) {
        parts->events->on_sent(ec ? ec : parts->transport().write_error());
    };
    Completion<decltype(finish)> completion{&parts_->write_memory, parts_->run_queue(), std::move(owner), finish};
    parts_->stream.async_write(asio::const_buffer(message.data(), message.size()), std::move(completion));
}

}  // namespace gemlive::net
