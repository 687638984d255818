#include "session/retry.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

Failure lost(bool reached_server, protocol::RetryClass retry = protocol::RetryClass::retry)
{
    Failure failure;
    failure.reached_server = reached_server;
    failure.verdict.retry = retry;
    return failure;
}

TEST(RetryPolicy, AttemptsThatReachedTheServerAreCounted)
{
    RetryPolicy policy{settings::Options()};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(policy.decide(lost(true), 0).retry) << i;
    }
    const auto decision = policy.decide(lost(true), 0);
    EXPECT_FALSE(decision.retry);
    EXPECT_TRUE(decision.budget_spent);
}

TEST(RetryPolicy, UnreachableNetworkIsTriedUntilTheOutageBudgetIsSpent)
{
    RetryPolicy policy{settings::Options()};
    for (int64_t now = 0; now < 60'000; now += 1000) {
        EXPECT_TRUE(policy.decide(lost(false), now).retry) << now;
    }
    EXPECT_TRUE(policy.decide(lost(false), 60'000).budget_spent);
}

TEST(RetryPolicy, FatalIsFatalAtOnce)
{
    RetryPolicy policy{settings::Options()};
    for (const auto retry : {protocol::RetryClass::fatal, protocol::RetryClass::alter}) {
        const auto decision = policy.decide(lost(true, retry), 0);
        EXPECT_FALSE(decision.retry);
        EXPECT_FALSE(decision.budget_spent);
    }
}

TEST(RetryPolicy, WaitsGrowWithJitterAndStartOverAfterSuccess)
{
    settings::Options options;
    options.set("retry_interval_ms", 1000);
    options.set("max_retries", 100);
    RetryPolicy policy{options};
    EXPECT_LE(policy.decide(lost(true), 0).delay_ms, 100);
    for (int64_t most = 1000; most <= 16'000; most *= 2) {
        const int64_t delay = policy.decide(lost(true), 0).delay_ms;
        EXPECT_GE(delay, most / 2);
        EXPECT_LE(delay, most);
    }
    policy.connected();
    EXPECT_LE(policy.decide(lost(true), 0).delay_ms, 100);
}

}  // namespace
}  // namespace gemlive::session
