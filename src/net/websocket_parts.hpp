#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "engine/operation_memory.hpp"
#include "stream.hpp"
#include "websocket.hpp"

namespace gemlive::net {

namespace beast = boost::beast;

// Deflate is left out: the service does not offer it, and it costs memory per connection.
using BeastStream = beast::websocket::stream<Stream, false>;

inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

struct WebSocket::Parts {
    explicit Parts(TcpSocket socket) : stream(std::move(socket)) {}

    Transport &transport() { return stream.next_layer().transport(); }
    TcpSocket &socket() { return transport().socket(); }
    engine::RunQueue *run_queue() { return &stream.next_layer().run_queue(); }

    // Outlive the stream, whose operations may still hold some of it.
    engine::OperationMemory read_memory;
    engine::OperationMemory write_memory;

    BeastStream stream;
    WebSocketEvents *events = nullptr;
    std::optional<PeerClose> peer_close;
};

// The end of an operation that runs for every message.
template <typename Call>
struct Completion {
    using allocator_type = engine::OperationAllocator<std::byte>;
    allocator_type get_allocator() const noexcept { return allocator_type(*memory); }
    using executor_type = engine::RunQueue::Executor;  // to which Beast posts what it finds in its own buffer
    executor_type get_executor() const noexcept { return executor_type(*run_queue); }

    void operator()(error_code ec, size_t size) { call(ec, size); }

    engine::OperationMemory *memory;
    engine::RunQueue *run_queue;
    std::shared_ptr<void> owner;
    Call call;
};

}  // namespace gemlive::net
