#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.hpp"

namespace gemlive::session {

// When a conversation leaves a connection that the server is going to end, as a pure step: facts and the time go in, a
// decision comes out. It waits for a boundary, where neither side speaks and the server has kept what was said; only when
// there is no time left for that something is cut.
class HandOver {
public:
    // So long nobody spoke. Also how long the handle that covers the last turn may take to come.
    static constexpr Clock::duration quiet = std::chrono::milliseconds(700);
    // A user who said something is answered in that time, or not at all.
    static constexpr Clock::duration longest_reply = std::chrono::seconds(10);

    enum class Decision : uint8_t { wait, at_boundary, cut };

    struct Facts {
        bool model_replies = true;
        bool turn_runs = false;
        bool request_open = false;
        bool calls_open = false;
        bool user_speaks = false;    // by the application's or the server's word, or as heard in the microphone
        bool writing = false;        // a message is on its way to the link
        bool handle_covers = false;  // the newest handle came after the last turn
        std::optional<Clock::time_point> last_voice;         // in the microphone
        std::optional<Clock::time_point> reply_owed_since;   // the user has said something, and no turn began
        std::optional<Clock::time_point> last_turn_ended;
    };

    // The server ends the connection at `ends_at`; `least` before that the time is over.
    HandOver(Clock::time_point ends_at, Clock::duration least) : ends_at_(ends_at), least_(least) {}
    void set_least(Clock::duration least) noexcept { least_ = least; }

    Decision judge(const Facts &facts, Clock::time_point now) const;
    // When time alone changes the decision.
    Clock::time_point next_look(const Facts &facts, Clock::time_point now) const;
    // When the conversation has been quiet for long enough, as far as is known now; max: something is going on.
    static Clock::time_point boundary(const Facts &facts) noexcept;

private:
    Clock::time_point cut_at() const noexcept { return ends_at_ - least_; }

    Clock::time_point ends_at_;
    Clock::duration least_;
};

}  // namespace gemlive::session
