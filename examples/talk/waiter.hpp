#pragma once

#include "result.hpp"
#include "stop.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>

namespace gemlive::talk {

// Objects match as subsets at every depth, everything else by equality.
bool matches(const Json &pattern, const Json &value);

// The events that no `wait` has gone past yet.
class EventLog {
public:
    // Far more than a script leaves unwaited; past it the oldest go and are counted.
    static constexpr size_t bound = 100'000;

    void append(Json event);

    // Takes the first match after the last one taken. On success `fields` holds its seq.
    Result wait(const Json &pattern, Time deadline, std::stop_token stop);

    uint64_t dropped() const;

private:
    mutable std::mutex mutex_;
    std::condition_variable_any appended_;
    std::deque<Json> events_;
    uint64_t first_ = 0;  // the running number of events_.front()
    uint64_t dropped_ = 0;
    bool closed_ = false;
};

}  // namespace gemlive::talk
