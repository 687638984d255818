#pragma once

#include <cstdint>
#include <random>

#include "base/status.hpp"
#include "protocol/close_code.hpp"
#include "settings/options.hpp"

namespace gemlive::session {

// What went wrong with a connection, or an attempt at one.
struct Failure {
    Error error;
    protocol::Verdict verdict;
    bool reached_server = false;
    int close_code = 0;
    std::string close_reason;
    int http_status = 0;
    std::string step;
};

// Whether, when and how a connection is dialled again. max_retries counts attempts that reached the server; an
// unreachable network is tried until its own budget is spent.
class RetryPolicy {
public:
    struct Decision {
        bool retry = false;
        bool budget_spent = false;  // else, without a retry, the failure is fatal
        bool without_handle = false;
        int64_t delay_ms = 0;
    };

    explicit RetryPolicy(const settings::Options &options);

    Decision decide(const Failure &failure, int64_t now_ms);
    void connected() noexcept;

private:
    int64_t delay(int attempt, bool longer);

    const int64_t max_retries_;
    const int64_t interval_ms_;
    const int64_t outage_budget_ms_;
    int64_t reached_ = 0;
    int attempts_ = 0;
    int64_t outage_since_ms_ = -1;
    std::minstd_rand random_{std::random_device{}()};
};

}  // namespace gemlive::session
