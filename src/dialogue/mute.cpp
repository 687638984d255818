#include "dialogue/mute.hpp"

#include <algorithm>

#include "dialogue/turns.hpp"

namespace gemlive::dialogue {

Mute::Mute(Origin by, uint64_t turn, int64_t now_ms, const Limits &limits)
    : limits_(limits), by_(by), turn_(turn), since_ms_(now_ms), last_output_ms_(now_ms)
{
}

// T6: output is a new turn's when the user spoke, or a request of ours was written, after the cut. What the server had
// said before it read that request may still be on its way, if it has not stopped by itself.
bool Mute::shows_new_turn(int64_t now_ms) const noexcept
{
    const bool in_flight = by_ == Origin::application && request_written_ms_ &&
                           now_ms < *request_written_ms_ + limits_.round_trip_ms;
    return user_spoke_ || (request_written_ms_ && !in_flight);
}

void Mute::generation_complete(int64_t now_ms) noexcept
{
    generated_at_ms_ = now_ms;
}

void Mute::server_interrupted(int64_t now_ms) noexcept
{
    by_ = Origin::server;
    since_ms_ = now_ms;
}

std::optional<int64_t> Mute::ends_at() const noexcept
{
    if (by_ == Origin::server) {
        return since_ms_ + limits_.interrupt_grace_ms;  // T7
    }
    // T8: the application's word holds as long as the turn, which ends without turnComplete as any other does.
    std::optional<int64_t> end;
    if (limits_.stall_timeout_ms > 0) {
        end = last_output_ms_ + stalls_until_end * limits_.stall_timeout_ms;
    }
    if (generated_at_ms_) {
        const int64_t completed = std::max(*generated_at_ms_, last_output_ms_) + completion_grace_ms;
        end = end ? std::min(*end, completed) : completed;
    }
    return end;
}

}  // namespace gemlive::dialogue
