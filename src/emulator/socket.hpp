#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "conversation.hpp"

namespace gemlive::emulator {

// What the connections of a server share.
struct Hall {
    Services &services;
    std::string record_folder;
    int max_connections;
    int open = 0;
    bool over_limit() const { return max_connections > 0 && open > max_connections; }
};

// Serves one accepted socket to its end; it keeps itself alive.
void serve_plain(boost::asio::ip::tcp::socket socket, Hall &hall, int number);
void serve_tls(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context &tls, Hall &hall, int number);

}  // namespace gemlive::emulator
