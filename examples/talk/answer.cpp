#include "answer.hpp"

#include <algorithm>

namespace gemlive::talk {
namespace {

// A turn that came before the end of the speech may have been an answer to its first part only.
constexpr std::chrono::milliseconds second_answer_grace{3'000};

}  // namespace

void Answer::event(const Json &event)
{
    if (!event.is_object()) {
        return;
    }
    const std::string type = event.value("event", "");
    {
        std::lock_guard lock(mutex_);
        ++events_;
        progress_ += event.contains("turn") ? 1 : 0;
        if (type == "turn_started") {
            turn_runs_ = true;
            turn_seen_ = true;
        } else if (type == "turn_finished") {
            turn_runs_ = false;
        } else if (type == "tool_call") {
            open_calls_.insert(event.value("call", ""));
        } else if (type == "tool_calls_cancelled") {
            open_calls_.clear();
        } else if (type == "closed") {
            closed_ = true;
        }
    }
    changed_.notify_all();
}

Answer::Outcome Answer::wait(std::chrono::milliseconds patience, std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    const bool was_running = turn_runs_;
    const bool seen_before = turn_seen_;
    turn_seen_ = was_running;
    const auto waits = seen_before && !was_running ? std::min(patience, second_answer_grace) : patience;
    Time deadline = std::chrono::steady_clock::now() + waits;
    while (!closed_ && !stop.stop_requested()) {
        if (turn_seen_ && !turn_runs_ && open_calls_.empty()) {
            return Outcome::answered;
        }
        const uint64_t events = events_;
        const uint64_t progress = progress_;
        const bool more = changed_.wait_until(lock, stop, deadline, [this, events] { return events_ != events; });
        if (!more && !stop.stop_requested()) {
            return seen_before && !turn_seen_ ? Outcome::answered : Outcome::no_answer;
        }
        if (progress_ != progress) {
            deadline = std::chrono::steady_clock::now() + patience;
        }
    }
    return closed_ ? Outcome::closed : Outcome::stopped;
}

}  // namespace gemlive::talk
