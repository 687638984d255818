#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>

#include "base/status.hpp"
#include "protocol/failure.hpp"

namespace gemlive::session {

// What went wrong with a connection, or an attempt at one, as far as the next attempt depends on it.
struct Failure {
    Error error;
    protocol::Verdict verdict;
    protocol::Phase phase = protocol::Phase::setup;
    bool reached_server = false;
    bool refused_resume = false;  // the server ended a setup that showed a handle
    bool can_reseed = false;      // the next server can be told less of what was said
    uint64_t handle_number = 0;   // of the newest resumption handle; each has a higher one, 0 = none
    int close_code = 0;
    std::string close_reason;
    int http_status = 0;
    std::string step;
};

struct RetryLimits {
    std::optional<int64_t> max_retries;  // in a row; absent: as many as the budget has time for
    int64_t longest_delay_ms = 8'000;
    int64_t outage_budget_ms = 60'000;
};

// Whether, when and how a connection is dialled again. It reads no clock: times are handed in, and the seed too.
class RetryPolicy {
public:
    struct Decision {
        bool retry = false;
        bool budget_spent = false;  // else, without a retry, the failure is fatal
        bool without_handle = false;
        bool trims_context = false;  // what is told to the next server: it may have been too much
        int64_t delay_ms = 0;
    };

    // A connection that lived so long, or on which a turn finished, was useful.
    static constexpr int64_t useful_life_ms = 5'000;
    static constexpr int64_t refused_resumes_ms = 30'000;  // so long a handle is shown that is refused for no reason
    static constexpr size_t max_dials_a_minute = 15;

    RetryPolicy(RetryLimits limits, uint32_t seed) : limits_(limits), random_(seed) {}

    void set_limits(const RetryLimits &limits) noexcept { limits_ = limits; }
    void dialled(int64_t now_ms);
    void connected() noexcept;
    // The only thing that gives a new budget.
    void was_useful() noexcept;
    Decision decide(const Failure &failure, int64_t now_ms);
    // Before a dial that no failure asks for: a hand-over. None, unless the server sends everybody away at once.
    int64_t hand_over_delay(bool useful, int64_t now_ms);

private:
    bool is_fatal(const Failure &failure, Decision &decision);
    bool drops_handle(const Failure &failure, int64_t now_ms);
    int64_t delay(bool longer, int64_t now_ms);
    int64_t until_dial_is_free(int64_t now_ms) const;

    RetryLimits limits_;
    std::minstd_rand random_;
    std::deque<int64_t> dials_ms_;  // of the last minute
    int64_t failures_in_a_row_ = 0;
    uint64_t handle_tried_once_ = 0;
    bool reseeded_once_ = false;  // after a refused message, since a connection was useful
    std::optional<int64_t> outage_since_ms_;
    std::optional<int64_t> refused_since_ms_;
};

}  // namespace gemlive::session
