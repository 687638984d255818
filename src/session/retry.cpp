#include "session/retry.hpp"

#include <algorithm>

namespace gemlive::session {
namespace {

constexpr int64_t first_delay_ms = 100;
constexpr int64_t most_delay_ms = 30'000;

}  // namespace

using protocol::RetryClass;

RetryPolicy::RetryPolicy(const settings::Options &options)
    : max_retries_(options.integer("max_retries")), interval_ms_(options.integer("retry_interval_ms")),
      outage_budget_ms_(options.integer("outage_budget_ms"))
{
}

RetryPolicy::Decision RetryPolicy::decide(const Failure &failure, int64_t now_ms)
{
    Decision decision;
    if (failure.verdict.retry == RetryClass::fatal || failure.verdict.retry == RetryClass::alter) {
        return decision;
    }
    if (outage_since_ms_ < 0) {
        outage_since_ms_ = now_ms;
    }
    const bool over = failure.reached_server ? ++reached_ > max_retries_ : now_ms - outage_since_ms_ >= outage_budget_ms_;
    if (over) {
        decision.budget_spent = true;
        return decision;
    }
    decision.retry = true;
    decision.without_handle = failure.verdict.retry == RetryClass::retry_without_handle;
    decision.delay_ms = delay(attempts_++, failure.verdict.retry == RetryClass::retry_longer);
    return decision;
}

void RetryPolicy::connected() noexcept
{
    reached_ = 0;
    attempts_ = 0;
    outage_since_ms_ = -1;
}

// Soon the first time, then doubling; half of it by chance, so that the clients of a server that came back do not all
// come at once.
int64_t RetryPolicy::delay(int attempt, bool longer)
{
    int64_t most = std::min(first_delay_ms, interval_ms_);
    if (attempt > 0 || longer) {
        most = std::min(interval_ms_ << std::min(attempt > 0 ? attempt - 1 : 0, 10), most_delay_ms);
    }
    if (longer) {
        most = std::min(most * 2, most_delay_ms);
    }
    return most / 2 + std::uniform_int_distribution<int64_t>(0, most - most / 2)(random_);
}

}  // namespace gemlive::session
