#pragma once

#include <memory>
#include <vector>

#include "connect_race.hpp"
#include "engine/signal.hpp"
#include "net/link.hpp"
#include "net/resolver.hpp"
#include "websocket.hpp"

namespace gemlive::net {

// The way from an URL to an open WebSocket, or to the answer to an HTTP request, once: its steps, its deadline, and why it
// stopped.
class Dial : public std::enable_shared_from_this<Dial> {
public:
    Dial(asio::io_context &io, const DialOptions &options, const HttpRequest *request = nullptr)
        : io_(io), options_(options), request_(request), timer_(io.get_executor())
    {
    }

    asio::awaitable<DialResult> run();
    void cancel();  // run() returns as soon as the running step noticed

    // After a good run.
    std::unique_ptr<WebSocket> take_web_socket() { return std::move(web_socket_); }

private:
    enum class Stop : uint8_t { none, cancelled, deadline };

    // The steps in order. Each returns whether it got to its end; if not, `result_` says why.
    asio::awaitable<bool> resolve();
    asio::awaitable<bool> connect();
    asio::awaitable<bool> proxy();
    asio::awaitable<bool> tls();
    asio::awaitable<bool> upgrade();
    asio::awaitable<bool> exchange();

    const Url &first_hop() const { return options_.proxy ? *options_.proxy : options_.url; }
    void watch_deadline();
    void stop(Stop why);
    void begin(Step step);
    bool ended(DialFault fault, Error error);

    asio::io_context &io_;
    const DialOptions &options_;
    const HttpRequest *const request_;
    DialResult result_;

    // What runs, of which there is one at a time.
    std::unique_ptr<Lookup> lookup_;
    std::shared_ptr<ConnectRace> race_;
    std::unique_ptr<WebSocket> web_socket_;
    std::vector<asio::ip::address> addresses_;

    Step step_ = Step::resolve;
    Clock::time_point began_;
    engine::Timer timer_;
    Stop stop_ = Stop::none;
};

}  // namespace gemlive::net
