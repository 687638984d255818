#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
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

// A link is one WebSocket connection. It reports what happened and judges nothing. What a call does depends on the
// phase; an empty field does nothing:
//
//   call    | idle       | dialing            | open                     | closing                 | ended
//   --------+------------+--------------------+--------------------------+-------------------------+------
//   dial    | dialing    | once per link: never again
//   start   |            |                    | reading and writing      |                         |
//   wake    |            |                    | asks for the next message|                         |
//   ping    |            |                    | one at a time            |                         |
//   close   |            |                    | closing: close frame     | deadline comes nearer   |
//   fail    |            |                    | closing: no close frame  | its cause, if the first |
//   abort   | ended      | ended              | ended                    | ended                   |
//
// A dial becomes `open` when it is good, else `ended`. `closing` is entered by the server's close frame or fault, too.
//
//   running          | on abort            | on close                      | on its deadline          | on fail
//   -----------------+---------------------+-------------------------------+--------------------------+---------
//   dial             | returns cancelled   | –                             | returns deadline         | –
//   a message's write| never on_written    | is finished                   | ends, never on_written   | ends
//   a message's read | no further call     | those that come are delivered | ends                     | ends
//   the end          | no on_end           | on_end: close_frame           | on_end: close_timeout    | on_end
enum class Step : uint8_t { resolve, tcp, proxy, tls, upgrade, setup };  // of a connection; `setup` is the session's
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

enum class DialFault : uint8_t {
    none,
    options,       // they cannot be used; nothing was tried
    name,          // the host's name was not resolved
    unreachable,   // no address took a TCP connection
    plaintext,     // ws:// would have left this machine
    proxy,         // the proxy refused (http.status) or went silent
    certificate,   // it was not accepted
    tls,           // the two sides did not come to terms
    lost,          // the connection broke
    http,          // a whole HTTP answer came (http.status), but not the upgrade
    not_http,      // something else came
    deadline,
    cancelled,
};
const char *dial_fault_name(DialFault fault) noexcept;

// An HTTP answer that was not the upgrade.
struct HttpAnswer {
    int status = 0;           // 0: none came
    std::string retry_after;  // of the header with this name; empty without it
    std::string location;
    std::string body;         // its first 4 KB
};

struct DialResult {
    Error error;                  // a sentence; what it means for the session is not judged here
    DialFault fault = DialFault::none;
    Step failed_step = Step::resolve;
    bool reached_server = false;  // TCP was connected once (with a proxy: the proxy reached it)
    HttpAnswer http;
    std::array<int64_t, step_count> steps_ms{-1, -1, -1, -1, -1, -1};  // -1: not taken
};

enum class EndCause : uint8_t {
    close_frame,    // the server's, or its answer to ours
    hung_up,        // the server ended TCP or TLS without a close frame
    reset,          // the connection was reset
    network,        // another error of the network
    tls,            // a TLS alert, or a record that is none
    protocol,       // the server broke the WebSocket protocol
    too_big,        // a message over max_message_bytes
    close_timeout,  // our close frame was not answered in time
    liveness,       // by fail(): no sign of life
    deadline,       // by fail(): what had to come did not come in time
    memory,         // there was none for a message
    internal,       // an exception
};
const char *end_cause_name(EndCause cause) noexcept;

struct LinkEnd {
    EndCause cause = EndCause::close_frame;
    Error error;                   // ok with close_frame, else a sentence that says why
    uint16_t close_code = 1006;    // 1006: no close frame came; 1005: one without a code
    std::string close_reason;
    bool close_requested = false;  // we closed
    uint64_t bytes_written = 0;
    std::optional<uint64_t> bytes_acknowledged;  // of them, when the connection ended
};

// All bytes are TCP's, what TLS and frames add to the messages included: a part of a message counts when it comes.
struct Traffic {
    uint64_t bytes_received = 0;
    uint64_t bytes_written = 0;
    Clock::time_point last_received;  // before the first byte: when TCP was connected
    std::optional<Clock::time_point> last_pong;
};

// All of it is called on the link's I/O thread, never from inside a call into the link.
class LinkHandler {
public:
    virtual ~LinkHandler() = default;
    // Called whenever the link can write. Puts one whole message into `out`, which is empty and keeps its
    // capacity. false: nothing now, wake() will tell.
    virtual bool next_message(std::string &out) = 0;
    // The last pulled message (its size) was given to the socket. `end_byte`: bytes_written() behind its last one.
    virtual void on_written(size_t, uint64_t /*end_byte*/) {}
    // A whole message. At least 64 bytes behind `size` may be written to; all of it is valid during the call only.
    virtual void on_message(char *data, size_t size, size_t capacity, bool binary) = 0;
    // After one or more on_message: all that had arrived is handled. The moment to wake others.
    virtual void on_batch_end() {}
    virtual void on_pong() {}
    // Exactly once after start(), and the last call; never after abort().
    virtual void on_end(const LinkEnd &end) = 0;
};

// Lives on one io_context with one thread; everything is called there.
class Link : public std::enable_shared_from_this<Link> {
public:
    static std::shared_ptr<Link> create(asio::io_context &io);
    virtual ~Link() = default;

    // Once per link. `options` has to live until it returns.
    virtual asio::awaitable<DialResult> dial(const DialOptions &options) = 0;

    // After a good dial. `handler` has to live until on_end or abort().
    virtual void start(LinkHandler &handler) = 0;

    // There may be something to write. Cheap, most of all when the link is writing already.
    virtual void wake() = 0;
    virtual void ping() = 0;

    // Finishes the current write, sends a close frame and waits for the server's until the deadline; then on_end.
    virtual void close(uint16_t code, std::string reason, Clock::time_point deadline) = 0;

    // Closes the socket without a word; on_end carries `cause` and `why`.
    virtual void fail(EndCause cause, Error why) = 0;

    // Ends everything at once, a running dial too, which returns `cancelled`.
    virtual void abort() = 0;

    virtual Traffic traffic() const = 0;  // no system call

    // How many of traffic().bytes_written the peer's TCP has acknowledged: one system call. Nothing where the system
    // cannot tell, or without a connection.
    virtual std::optional<uint64_t> bytes_acknowledged() const = 0;
};

// Where links come from: Link::create, or a test's own.
using LinkFactory = std::function<std::shared_ptr<Link>(asio::io_context &)>;

}  // namespace gemlive::net
