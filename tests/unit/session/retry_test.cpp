#include "session/retry.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

using protocol::Phase;
using protocol::RetryClass;

Failure failure_of(RetryClass retry, Phase phase = Phase::setup)
{
    Failure failure;
    failure.reached_server = true;
    failure.phase = phase;
    failure.verdict.retry = retry;
    return failure;
}

// A server under a policy: each dial fails at once, or is a connection that lives for some time.
class Field {
public:
    explicit Field(RetryLimits limits = {}) : policy(limits, 1) {}

    RetryPolicy::Decision fail(const Failure &failure)
    {
        const auto decision = policy.decide(failure, now_ms);
        now_ms += decision.delay_ms;
        return decision;
    }
    RetryPolicy::Decision dial_and_fail(const Failure &failure)
    {
        dial();
        return fail(failure);
    }
    RetryPolicy::Decision live_and_lose(int64_t life_ms)
    {
        dial();
        policy.connected();
        now_ms += life_ms;
        if (life_ms >= RetryPolicy::useful_life_ms) {
            policy.was_useful();
        }
        return fail(failure_of(RetryClass::retry, Phase::running));
    }
    void dial()
    {
        policy.dialled(now_ms);
        dials_ms.push_back(now_ms);
    }
    size_t most_dials_within(int64_t window_ms) const
    {
        size_t most = 0;
        for (size_t first = 0, last = 0; last < dials_ms.size(); ++last) {
            while (dials_ms[last] - dials_ms[first] >= window_ms) {
                ++first;
            }
            most = std::max(most, last - first + 1);
        }
        return most;
    }

    RetryPolicy policy;
    int64_t now_ms = 0;
    std::vector<int64_t> dials_ms;
};

// D1
TEST(RetryPolicy, OutageIsTriedUntilItsBudgetIsSpentHoweverOften)
{
    Field field;
    RetryPolicy::Decision decision;
    do {
        decision = field.dial_and_fail(failure_of(RetryClass::retry));
        ASSERT_LT(field.now_ms, 100'000);
    } while (decision.retry);
    EXPECT_TRUE(decision.budget_spent);
    EXPECT_GE(field.now_ms, 60'000);
    EXPECT_GT(field.dials_ms.size(), 10u);
}

// D2
TEST(RetryPolicy, SetMaximumBoundsTheAttemptsInARow)
{
    Field field({.max_retries = 2});
    EXPECT_TRUE(field.dial_and_fail(failure_of(RetryClass::retry)).retry);
    EXPECT_TRUE(field.dial_and_fail(failure_of(RetryClass::retry)).retry);
    EXPECT_TRUE(field.dial_and_fail(failure_of(RetryClass::retry)).budget_spent);
}

// D3
TEST(RetryPolicy, FatalIsFatalAtTheFirstDial)
{
    for (const auto retry : {RetryClass::fatal, RetryClass::alter}) {
        const auto decision = Field().dial_and_fail(failure_of(retry));
        EXPECT_FALSE(decision.retry);
        EXPECT_FALSE(decision.budget_spent);
    }
}

// D5
TEST(RetryPolicy, ServerThatSaysOneWordAndClosesIsNotStormed)
{
    Field field({.outage_budget_ms = 600'000});
    while (field.now_ms < 300'000) {
        ASSERT_TRUE(field.live_and_lose(1).retry);
    }
    EXPECT_LE(field.most_dials_within(60'000), RetryPolicy::max_dials_a_minute);
    EXPECT_LE(field.most_dials_within(10'000), 8u);
}

// D5
TEST(RetryPolicy, ServerThatSendsAwayAtOnceIsNotStormed)
{
    Field field;
    while (field.now_ms < 300'000) {
        field.dial();
        field.policy.connected();
        field.policy.was_useful();  // a turn each time
        field.now_ms += 10 + field.policy.hand_over_delay(true, field.now_ms + 10);
    }
    EXPECT_LE(field.most_dials_within(60'000), RetryPolicy::max_dials_a_minute);
}

// D6
TEST(RetryPolicy, FlappingNetworkDoesNotEndTheSession)
{
    Field field;
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(field.live_and_lose(6'000).retry) << i;
        for (int failed = 0; failed < 4; ++failed) {
            ASSERT_TRUE(field.dial_and_fail(failure_of(RetryClass::retry)).retry) << i;
        }
    }
}

// D6
TEST(RetryPolicy, ShortLivesWithoutATurnSpendTheBudget)
{
    Field field;
    int lives = 0;
    while (field.live_and_lose(1'000).retry) {
        ASSERT_LT(++lives, 100);
    }
    EXPECT_GE(field.now_ms, 60'000);
}

// D7
TEST(RetryPolicy, DelaysDoubleWithTheDialsOfTheLastMinuteUpToTheLongest)
{
    Field field;
    for (const int64_t most : {100, 200, 400, 800, 1'600, 3'200, 6'400, 8'000}) {
        const int64_t delay_ms = field.dial_and_fail(failure_of(RetryClass::retry)).delay_ms;
        EXPECT_GE(delay_ms, most / 2);
        EXPECT_LE(delay_ms, most);
    }
    field.now_ms += 120'000;
    field.policy.was_useful();
    EXPECT_LE(field.dial_and_fail(failure_of(RetryClass::retry)).delay_ms, 100);
}

// D7
TEST(RetryPolicy, SameSeedMeansSameDelays)
{
    RetryPolicy one({}, 7);
    RetryPolicy other({}, 7);
    for (int i = 0; i < 8; ++i) {
        one.dialled(i);
        other.dialled(i);
        EXPECT_EQ(one.decide(failure_of(RetryClass::retry), i).delay_ms,
                  other.decide(failure_of(RetryClass::retry), i).delay_ms);
    }
}

// D8
TEST(RetryPolicy, ServersWishForALaterRetryCounts)
{
    Field field;
    Failure failure = failure_of(RetryClass::retry_longer);
    failure.verdict.retry_after_ms = 17'000;
    EXPECT_EQ(field.dial_and_fail(failure).delay_ms, 17'000);
    failure.verdict.retry_after_ms = 3'600'000;
    EXPECT_EQ(field.dial_and_fail(failure).delay_ms, 60'000 - 17'000) << "one attempt at the budget's end";
}

// D9
TEST(RetryPolicy, TwoRefusedResumesKeepTheHandleThirtySecondsOfThemDropIt)
{
    Field field;
    field.live_and_lose(10'000);
    Failure refused = failure_of(RetryClass::retry);
    refused.close_code = 1011;
    refused.refused_resume = true;
    const int64_t since = field.now_ms;
    EXPECT_FALSE(field.dial_and_fail(refused).without_handle);
    EXPECT_FALSE(field.dial_and_fail(refused).without_handle);
    RetryPolicy::Decision decision;
    do {
        field.dial();
        const int64_t at = field.now_ms;
        decision = field.fail(refused);
        EXPECT_EQ(decision.without_handle, at - since >= 30'000) << at - since;
    } while (decision.retry && !decision.without_handle);
    EXPECT_TRUE(decision.without_handle);
}

// D9
TEST(RetryPolicy, HandleThatTheServerCallsBadIsDroppedAtOnce)
{
    EXPECT_TRUE(Field().dial_and_fail(failure_of(RetryClass::retry_without_handle)).without_handle);
}

// D10
TEST(RetryPolicy, RefusedMessageInMidSessionIsTriedOnceWithAFreshHandle)
{
    Field field;
    Failure refused = failure_of(RetryClass::retry_once, Phase::running);
    EXPECT_FALSE(field.dial_and_fail(refused).retry) << "there is no handle";
    refused.handle_number = 1;
    EXPECT_TRUE(field.dial_and_fail(refused).retry);
    EXPECT_FALSE(field.dial_and_fail(refused).retry) << "the handle is the same";
    refused.handle_number = 2;
    EXPECT_TRUE(field.dial_and_fail(refused).retry);
}

}  // namespace
}  // namespace gemlive::session
