#include "session/retry.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::session {
namespace {

constexpr int64_t first_delay_ms = 100;
constexpr int64_t longer_delay_ms = 1'000;
constexpr int64_t minute_ms = 60'000;

}  // namespace

using protocol::RetryClass;

void RetryPolicy::dialled(int64_t now_ms)
{
    dials_ms_.push_back(now_ms);
    while (dials_ms_.size() > max_dials_a_minute || now_ms - dials_ms_.front() >= minute_ms) {
        dials_ms_.pop_front();
    }
}

void RetryPolicy::connected() noexcept
{
    refused_since_ms_.reset();
}

// D6
void RetryPolicy::was_useful() noexcept
{
    failures_in_a_row_ = 0;
    reseeded_once_ = false;
    outage_since_ms_.reset();
}

// D1, D2
RetryPolicy::Decision RetryPolicy::decide(const Failure &failure, int64_t now_ms)
{
    Decision decision;
    if (is_fatal(failure, decision)) {
        return decision;
    }
    if (!outage_since_ms_) {
        outage_since_ms_ = now_ms;
    }
    const int64_t budget_left_ms = limits_.outage_budget_ms - (now_ms - *outage_since_ms_);
    ++failures_in_a_row_;
    if (budget_left_ms <= 0 || (limits_.max_retries && failures_in_a_row_ > *limits_.max_retries)) {
        decision.budget_spent = true;
        return decision;
    }
    decision.retry = true;
    decision.without_handle = drops_handle(failure, now_ms) || decision.trims_context;
    decision.delay_ms = delay(failure.verdict.retry == RetryClass::retry_longer, now_ms);
    if (failure.verdict.retry_after_ms) {
        // D8: the last attempt is made when the budget is spent, even if the server wants to be left alone for longer.
        decision.delay_ms = std::max(decision.delay_ms, std::min(*failure.verdict.retry_after_ms, budget_left_ms));
    }
    return decision;
}

int64_t RetryPolicy::hand_over_delay(bool useful, int64_t now_ms)
{
    return useful ? until_dial_is_free(now_ms) : delay(false, now_ms);
}

// D3, D10: what cannot heal. A message that was refused may be one that is not sent again; or the context was full.
bool RetryPolicy::is_fatal(const Failure &failure, Decision &decision)
{
    const RetryClass retry = failure.verdict.retry;
    if (retry == RetryClass::retry_once && failure.handle_number > handle_tried_once_) {
        handle_tried_once_ = failure.handle_number;
        return false;
    }
    if (retry == RetryClass::retry_once && failure.can_reseed && !std::exchange(reseeded_once_, true)) {
        decision.trims_context = true;
        return false;
    }
    return retry == RetryClass::fatal || retry == RetryClass::alter || retry == RetryClass::retry_once;
}

// D9
bool RetryPolicy::drops_handle(const Failure &failure, int64_t now_ms)
{
    bool drops = failure.verdict.retry == RetryClass::retry_without_handle;
    if (failure.refused_resume) {
        if (!refused_since_ms_) {
            refused_since_ms_ = now_ms;
        }
        drops = drops || now_ms - *refused_since_ms_ >= refused_resumes_ms;
    }
    if (drops) {
        refused_since_ms_.reset();
    }
    return drops;
}

// D7: soon after the first dial of a minute, then doubling with each; half of it by chance, so that the clients of a server
// that came back do not all come at once.
int64_t RetryPolicy::delay(bool longer, int64_t now_ms)
{
    const auto recent = std::count_if(dials_ms_.begin(), dials_ms_.end(),
                                      [now_ms](int64_t dialled) { return now_ms - dialled < minute_ms; });
    int64_t most = first_delay_ms << std::clamp<int64_t>(recent - 1, 0, 10);
    if (longer) {
        most = std::max(2 * most, longer_delay_ms);
    }
    most = std::min(most, limits_.longest_delay_ms);
    const int64_t chosen = most / 2 + std::uniform_int_distribution<int64_t>(0, most - most / 2)(random_);
    return std::max(chosen, until_dial_is_free(now_ms));
}

// D5
int64_t RetryPolicy::until_dial_is_free(int64_t now_ms) const
{
    return dials_ms_.size() < max_dials_a_minute ? 0 : std::max<int64_t>(0, dials_ms_.front() + minute_ms - now_ms);
}

}  // namespace gemlive::session
