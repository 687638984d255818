#pragma once

#include "result.hpp"
#include "stop.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>

namespace gemlive::talk {

// Follows the turns, to know when what was said has been answered.
class Answer {
public:
    void event(const Json &event);

    enum class Outcome { answered, no_answer, closed, stopped };

    // After the end of the user's speech: the turn that answers, with tools the last one. It has to begin, and
    // to go on, within `patience`.
    Outcome wait(std::chrono::milliseconds patience, std::stop_token stop);

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool turn_runs_ = false;
    bool turn_seen_ = false;
    bool closed_ = false;
    std::set<std::string> open_calls_;
    uint64_t events_ = 0;
    uint64_t progress_ = 0;  // events of turns
};

}  // namespace gemlive::talk
