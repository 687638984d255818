#pragma once

#include "result.hpp"
#include "stop.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gemlive::talk {

// How long things took, as a listener sees it: from the library's own metrics where there are some, else by this
// program's clock.
class Latencies {
public:
    explicit Latencies(Time session_start) : start_(session_start) {}

    void event(const Json &event);
    void result(const std::string &command, const Result &result);

    // The user's speech went on until now.
    void speech(Time time);

    // The playout became audible.
    void sound(Time time);

    // What is known of a turn that ended, in one line; "" when nothing is.
    std::string of_turn(const Json &turn_metrics);

    // All that was measured, a line each.
    std::vector<std::string> summary() const;

private:
    int64_t ms(Time time) const;
    int64_t now_ms() const { return ms(std::chrono::steady_clock::now()); }
    void output(int64_t time_ms);

    const Time start_;
    mutable std::mutex mutex_;
    std::optional<int64_t> connecting_ms_;
    std::vector<int64_t> connects_;
    std::vector<int64_t> first_audio_;
    std::vector<int64_t> tool_rounds_;
    std::vector<int64_t> audible_;
    std::optional<int64_t> call_ms_;      // of the newest tool call
    std::optional<int64_t> answered_ms_;  // its answer was given
    std::optional<int64_t> speech_end_ms_;
    std::optional<int64_t> newest_audible_;  // not yet told of
};

}  // namespace gemlive::talk
