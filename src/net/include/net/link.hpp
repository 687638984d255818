#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "base/clock.hpp"
#include "base/status.hpp"
#include "net/tls_context.hpp"
#include "net/url.hpp"

namespace gemlive::net {

namespace asio = boost::asio;

// The steps of a connection, in order. `setup` is the session's own: the link is through when `upgrade` is.
enum class Step { resolve, tcp, proxy, tls, upgrade, setup };
inline constexpr size_t step_count = 6;
const char *step_name(Step step) noexcept;

// The error of a total deadline of `total_ms` that fell in `step`.
Error step_timeout(Step step, int64_t total_ms);

struct Header {
    std::string name;
    std::string value;
};

struct DialOptions {
    DialOptions() : began(Clock::now()), deadline(began + std::chrono::seconds(10)) {}

    Url url;
    std::optional<Url> proxy;  // http:// only: CONNECT host:port
    std::vector<Header> headers;
    std::shared_ptr<TlsContext> tls;  // needed for wss only
    Clock::time_point began;          // what the deadline's error counts from
    Clock::time_point deadline;
    size_t max_message_bytes = 32u << 20;
    bool allow_plaintext = false;     // ws:// also beyond loopback
};

struct DialResult {
    Error error;
    Step failed_step = Step::resolve;
    bool reached_server = false;  // TCP was connected once (with a proxy: the proxy reached it)
    int http_status = 0;          // of an HTTP answer that was not the upgrade
    std::string http_body;        // its first 4 KB
    std::array<int64_t, step_count> steps_ms{-1, -1, -1, -1, -1, -1};  // -1: not taken
};

struct LinkEnd {
    uint16_t close_code = 1006;  // 1006: no close frame came; 1005: one without a code
    std::string close_reason;
    Error error;                 // ok when the server sent a close frame, or answered ours
    bool asked = false;          // we closed
    std::optional<size_t> unacknowledged;  // of bytes_written(), when the connection ended
};

// All of it is called on the link's I/O thread, never from inside a call into the link.
class LinkUser {
public:
    virtual ~LinkUser() = default;
    // Called whenever the link can write. Puts one whole message into `out`, which is empty and keeps its
    // capacity. false: nothing now, wake() will tell.
    virtual bool next_message(std::string &out) = 0;
    // The last pulled message (its size) was given to the socket.
    virtual void on_written(size_t) {}
    // A whole message. At least 64 bytes behind `size` may be written to; all of it is valid during the call only.
    virtual void on_message(char *data, size_t size, size_t capacity, bool binary) = 0;
    virtual void on_pong() {}
    // Exactly once after start(), and the last call; never after abort().
    virtual void on_end(const LinkEnd &end) = 0;
};

// One WebSocket connection. Lives on one io_context with one thread; everything is called there.
class Link : public std::enable_shared_from_this<Link> {
public:
    static std::shared_ptr<Link> create(asio::io_context &io);
    virtual ~Link() = default;

    // Once per link. `options` has to live until it returns.
    virtual asio::awaitable<DialResult> dial(const DialOptions &options) = 0;

    // After a good dial. `user` has to live until on_end or abort().
    virtual void start(LinkUser &user) = 0;

    // There may be something to write. Cheap, most of all when the link is writing already.
    virtual void wake() = 0;
    virtual void ping() = 0;

    // Finishes the current write, sends a close frame and waits for the server's until the deadline; then on_end.
    virtual void close(uint16_t code, std::string reason, Clock::time_point deadline) = 0;

    // Ends everything at once, a running dial too, which returns `cancelled`.
    virtual void abort() = 0;

    // Bytes given to TCP, everything around the messages included, and how many of them the peer's TCP has not yet
    // acknowledged (nothing where the system cannot tell).
    virtual size_t bytes_written() const = 0;
    virtual std::optional<size_t> bytes_unacknowledged() const = 0;
};

}  // namespace gemlive::net
