#include "waiter.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::talk {

bool matches(const Json &pattern, const Json &value)
{
    if (!pattern.is_object() || !value.is_object()) {
        return pattern == value;
    }
    for (const auto &[key, wanted] : pattern.items()) {
        const auto found = value.find(key);
        if (found == value.end() || !matches(wanted, *found)) {
            return false;
        }
    }
    return true;
}

void EventLog::append(Json event)
{
    {
        std::lock_guard lock(mutex_);
        closed_ = closed_ || (event.is_object() && event.value("event", Json()) == "closed");
        events_.push_back(std::move(event));
        if (events_.size() > bound) {
            events_.pop_front();
            ++first_;
            ++dropped_;
        }
    }
    appended_.notify_all();
}

Result EventLog::wait(const Json &pattern, Time deadline, std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    uint64_t next = first_;
    while (true) {
        next = std::max(next, first_);
        for (; next < first_ + events_.size(); ++next) {
            const auto at = events_.begin() + static_cast<std::ptrdiff_t>(next - first_);
            if (matches(pattern, *at)) {
                Result result;
                result.fields["seq"] = at->value("seq", Json());
                first_ = next + 1;
                events_.erase(events_.begin(), at + 1);
                return result;
            }
        }
        if (closed_) {
            return {GEMLIVE_ERROR_CLOSED, "the session is closed, and nothing matched " + one_line(pattern)};
        }
        const bool more =
            appended_.wait_until(lock, stop, deadline, [this, next] { return next < first_ + events_.size(); });
        if (!more && stop.stop_requested()) {
            return {GEMLIVE_ERROR_CANCELLED, "stopped while waiting for " + one_line(pattern)};
        }
        if (!more) {
            return {GEMLIVE_ERROR_TIMEOUT, "nothing matched " + one_line(pattern) + " in time"};
        }
    }
}

uint64_t EventLog::dropped() const
{
    std::lock_guard lock(mutex_);
    return dropped_;
}

}  // namespace gemlive::talk
