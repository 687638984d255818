#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "endpoint.hpp"
#include "handler.hpp"
#include "scenario.hpp"
#include "wire.hpp"

namespace gemlive::emulator {

// What the connections of a server share.
struct Hall {
    using MakeHandler = std::function<std::shared_ptr<Handler>(Wire &wire, const Endpoint &endpoint, int number)>;

    const std::vector<Rule> &rules;
    MakeHandler make_handler;
    std::function<HttpAnswer(std::string_view body)> make_token;
    std::function<void(const std::string &)> log;
    int max_connections = 0;  // 0 = no limit
    int open = 0;
    int accepted = 0;
    bool over_limit() const { return max_connections > 0 && open > max_connections; }
    // A call of a REST method is no conversation: the next one gets its number.
    void take_back(int number) { accepted -= number == accepted; }
};

// Serves one accepted socket to its end; it keeps itself alive.
void serve_plain(boost::asio::ip::tcp::socket socket, Hall &hall, int number);
void serve_tls(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context &tls, Hall &hall, int number);

}  // namespace gemlive::emulator
