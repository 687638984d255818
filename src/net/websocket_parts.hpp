#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "stream.hpp"
#include "websocket.hpp"

namespace gemlive::net {

namespace beast = boost::beast;

// Deflate is left out: the service does not offer it, and it costs memory per connection.
using BeastStream = beast::websocket::stream<Stream, false>;

inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

struct WebSocket::Parts {
    explicit Parts(TcpSocket socket) : stream(std::move(socket)) {}

    BeastStream stream;
    Events events;
    std::optional<PeerClose> peer_close;
};

}  // namespace gemlive::net
