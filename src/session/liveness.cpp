#include "session/liveness.hpp"

#include <algorithm>

namespace gemlive::session {
namespace {

// While bytes are outstanding the acknowledged ones are counted so often.
constexpr Clock::duration longest_look = std::chrono::seconds(1);
constexpr int looks_in_a_limit = 4;

}  // namespace

Liveness::Verdict Liveness::judge(const Facts &facts, Clock::time_point now)
{
    wants_sign_ = facts.wants_sign_of_life;
    // L3
    if (facts.bytes_read != bytes_read_) {
        bytes_read_ = facts.bytes_read;
        read_at_ = now;
        pinged_at_.reset();  // whatever came, the peer is there
    }
    const uint64_t acknowledged = std::min(facts.acknowledged.value_or(facts.bytes_written), facts.bytes_written);
    if (!outstanding_ || acknowledged != acknowledged_) {
        acknowledged_at_ = now;
    }
    acknowledged_ = acknowledged;
    outstanding_ = acknowledged < facts.bytes_written;
    // L4
    if (outstanding_ && now - stuck_since() >= limits_.unacknowledged) {
        return Verdict::unacknowledged;
    }
    const std::optional<Clock::time_point> unanswered = unanswered_since();
    silence_told_ = silence_told_ && unanswered;
    // L7
    if (limits_.stall > Clock::duration::zero() && unanswered && !silence_told_ && now - *unanswered >= limits_.stall) {
        silence_told_ = true;
        return pinged_at_ && now - *pinged_at_ >= limits_.pong ? Verdict::no_pong : Verdict::no_traffic;
    }
    // L2
    if (pinged_at_) {
        return now - *pinged_at_ >= limits_.pong ? Verdict::no_pong : Verdict::alive;
    }
    // L1
    if (limits_.ping_interval > Clock::duration::zero() && now - read_at_ >= ping_after()) {
        pinged_at_ = now;
        return Verdict::ping_due;
    }
    return Verdict::alive;
}

void Liveness::on_pong(Clock::time_point now)
{
    read_at_ = now;
    pinged_at_.reset();
}

// L6
Clock::time_point Liveness::next_look(Clock::time_point now) const
{
    auto next = Clock::time_point::max();
    if (outstanding_) {
        next = now + std::min(longest_look, limits_.unacknowledged / looks_in_a_limit);
    }
    if (pinged_at_) {
        next = std::min(next, *pinged_at_ + limits_.pong);
    } else if (limits_.ping_interval > Clock::duration::zero()) {
        next = std::min(next, read_at_ + ping_after());
    }
    if (const auto unanswered = unanswered_since(); unanswered && !silence_told_ && limits_.stall > Clock::duration::zero()) {
        next = std::min(next, *unanswered + limits_.stall);
    }
    return next;
}

std::optional<Clock::time_point> Liveness::unanswered_since() const noexcept
{
    std::optional<Clock::time_point> since = pinged_at_;
    if (outstanding_) {
        since = std::min(since.value_or(stuck_since()), stuck_since());
    }
    return since;
}

// L5
Clock::duration Liveness::ping_after() const noexcept
{
    return wants_sign_ ? std::min(ping_while_waiting, limits_.ping_interval) : limits_.ping_interval;
}

}  // namespace gemlive::session
