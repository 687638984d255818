#pragma once

#include "buffer_pool.hpp"
#include "connect_race.hpp"
#include "net/link.hpp"
#include "net/resolver.hpp"
#include "engine/signal.hpp"
#include "websocket.hpp"

namespace gemlive::net {

class WebSocketLink : public Link {
public:
    explicit WebSocketLink(asio::io_context &io);

    asio::awaitable<DialResult> dial(const DialOptions &options) override;
    void start(LinkUser &user) override;
    void wake() override;
    void ping() override;
    void close(uint16_t code, std::string reason, Clock::time_point deadline) override;
    void abort() override;
    size_t bytes_written() const override;
    std::optional<size_t> bytes_unacknowledged() const override;

private:
    class Dial;
    using Self = std::shared_ptr<WebSocketLink>;

    // Static, with their own reference: they may start after everybody else let go of the link.
    static asio::awaitable<void> run_reader(Self self);
    static asio::awaitable<void> run_writer(Self self);
    static asio::awaitable<void> run_ping(Self self);
    asio::awaitable<void> read_messages();
    asio::awaitable<void> write_messages();

    Self self() { return std::static_pointer_cast<WebSocketLink>(shared_from_this()); }
    void limit(Clock::time_point at);  // only ever brings the end nearer
    void lift_limit();
    void on_limit();
    void interrupt();
    void hang_up();
    void loop_ended();
    void fail(Error error);
    LinkEnd end() const;

    asio::io_context &io_;
    engine::Timer timer_;
    Clock::time_point limit_ = Clock::time_point::max();

    std::unique_ptr<Lookup> lookup_;
    std::shared_ptr<ConnectRace> race_;
    std::unique_ptr<WebSocket> web_socket_;
    size_t max_message_bytes_ = 0;
    bool dialing_ = false;
    bool timed_out_ = false;
    bool aborted_ = false;

    LinkUser *user_ = nullptr;
    int loops_ = 0;
    engine::Signal wake_;
    Inbox inbox_;
    std::string out_;
    bool pinging_ = false;

    bool asked_ = false;
    bool reader_ended_ = false;
    uint16_t asked_code_ = 1000;
    std::string asked_reason_;
    Error failure_;  // the first
    std::optional<size_t> unacknowledged_;
};

}  // namespace gemlive::net
