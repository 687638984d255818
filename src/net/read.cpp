#include <boost/beast/websocket/error.hpp>

#include "websocket_parts.hpp"

namespace gemlive::net {

void WebSocket::read(char *data, size_t size, std::shared_ptr<void> owner)
{
    auto finish = [parts = parts_.get()](error_code ec, size_t got) {
        const auto &category = beast::websocket::make_error_code(beast::websocket::error::closed).category();
        Chunk chunk;
        chunk.error = ec;
        chunk.fault = ec && ec.category() == category && ec != beast::websocket::error::closed;
        chunk.too_big = ec == beast::websocket::error::message_too_big;
        chunk.size = got;
        if (!ec) {
            chunk.binary = parts->stream.got_binary();
            chunk.expected = parts->stream.is_message_done() ? 0 : parts->stream.read_size_hint(1);
        }
        parts->events->on_chunk(chunk);
    };
    Completion<decltype(finish)> completion{&parts_->read_memory, parts_->run_queue(), std::move(owner), finish};
    parts_->stream.async_read_some(asio::mutable_buffer(data, size), std::move(completion));
}

}  // namespace gemlive::net
