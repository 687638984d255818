#include <boost/beast/websocket/error.hpp>

#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<Chunk> WebSocket::read_some(char *data, size_t size)
{
    BeastStream &stream = parts_->stream;
    const asio::mutable_buffer buffer(data, size);
    auto [ec, got] = co_await stream.async_read_some(buffer, as_result);
    Chunk chunk;
    chunk.error = ec;
    const auto &category = beast::websocket::make_error_code(beast::websocket::error::closed).category();
    chunk.fault = ec && ec.category() == category && ec != beast::websocket::error::closed;
    chunk.too_big = ec == beast::websocket::error::message_too_big;
    chunk.size = got;
    if (!ec) {
        chunk.binary = stream.got_binary();
        chunk.expected = stream.is_message_done() ? 0 : stream.read_size_hint(1);
    }
    co_return chunk;
}

}  // namespace gemlive::net
