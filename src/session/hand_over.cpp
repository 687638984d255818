#include "session/hand_over.hpp"

#include <algorithm>

namespace gemlive::session {

HandOver::Decision HandOver::judge(const Facts &facts, Clock::time_point now) const
{
    if (now >= boundary(facts)) {
        return Decision::at_boundary;
    }
    return now >= cut_at() ? Decision::cut : Decision::wait;  // H4
}

Clock::time_point HandOver::next_look(const Facts &facts, Clock::time_point now) const
{
    return std::max(now, std::min(boundary(facts), cut_at()));
}

Clock::time_point HandOver::boundary(const Facts &facts) noexcept
{
    if (facts.turn_runs || facts.request_open || facts.calls_open || facts.user_speaks || facts.writing) {
        return Clock::time_point::max();  // H1
    }
    auto at = Clock::time_point::min();
    if (facts.last_voice) {
        const bool answered = facts.last_turn_ended && *facts.last_voice <= *facts.last_turn_ended;
        at = std::max(at, *facts.last_voice + (answered || !facts.model_replies ? quiet : longest_reply));  // H2
    }
    if (facts.reply_owed_since) {
        at = std::max(at, *facts.reply_owed_since + longest_reply);  // H1
    }
    if (facts.last_turn_ended && !facts.handle_covers) {
        at = std::max(at, *facts.last_turn_ended + quiet);  // H3
    }
    return at;
}

}  // namespace gemlive::session
