#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"

namespace gemlive::session {

// Whether a connection is still alive, as a pure step: facts and the time go in, a verdict comes out. Life is bytes:
// received ones (of a large message on a slow link too), and written ones that the peer's TCP acknowledged.
class Liveness {
public:
    struct Limits {
        Clock::duration unacknowledged;  // so long may written bytes lie unacknowledged
        Clock::duration pong;            // so long may a pong take; pongs 30 s late were seen on healthy links
        Clock::duration ping_interval;   // silence after which a ping is due; 0: never
        Clock::duration stall{};         // so long may nothing come back before that is told; 0: never
    };
    struct Facts {
        uint64_t bytes_read = 0;
        uint64_t bytes_written = 0;
        std::optional<uint64_t> acknowledged;  // of the written ones; absent where the system cannot tell
        bool wants_sign_of_life = false;       // something written waits for one: see ping_while_waiting
    };
    enum class Verdict {
        alive,
        ping_due,        // judge() counts it as sent
        no_traffic,      // to be told, once
        unacknowledged,  // dead
        no_pong,         // dead
    };

    static constexpr Clock::duration ping_while_waiting = std::chrono::seconds(1);

    Liveness() = default;
    Liveness(const Limits &limits, Clock::time_point now) : limits_(limits), read_at_(now), acknowledged_at_(now) {}

    void set_limits(const Limits &limits) noexcept { limits_ = limits; }
    Verdict judge(const Facts &facts, Clock::time_point now);
    void on_pong(Clock::time_point now);
    // Of the verdict no_traffic.
    Clock::duration silent_for(Clock::time_point now) const { return now - unanswered_since().value_or(now); }
    // judge() has nothing new to say before.
    Clock::time_point next_look(Clock::time_point now) const;

    // When the server last showed that it reads and writes, as far as judge() and on_pong() know.
    Clock::time_point heard_at() const noexcept { return read_at_; }
    // Since when nothing moved in either direction although something should.
    Clock::time_point stuck_since() const noexcept { return std::max(acknowledged_at_, read_at_); }

private:
    Clock::duration ping_after() const noexcept;
    // Since when an answer of the peer's is missing: a pong, or that its TCP acknowledges.
    std::optional<Clock::time_point> unanswered_since() const noexcept;

    Limits limits_{};
    uint64_t bytes_read_ = 0;
    uint64_t acknowledged_ = 0;
    bool outstanding_ = false;  // written bytes are not acknowledged
    bool wants_sign_ = false;
    Clock::time_point read_at_{};
    Clock::time_point acknowledged_at_{};  // or when the outstanding ones began to be so
    std::optional<Clock::time_point> pinged_at_;
    bool silence_told_ = false;
};

}  // namespace gemlive::session
