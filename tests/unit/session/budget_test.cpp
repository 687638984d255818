#include "session/budget.hpp"

#include <gmock/gmock.h>

namespace gemlive::session {
namespace {

using Verdict = Budget::Verdict;
using ::testing::HasSubstr;

// S1
TEST(Budget, WarnsOnceAndEndsWhenItIsSpent)
{
    Budget budget({.tokens = 1000, .ms = 60'000, .warning_percent = 80});
    EXPECT_EQ(budget.judge({799, 47'999}).verdict, Verdict::go_on);
    EXPECT_EQ(budget.next_look_ms(), 48'000);
    const Budget::Judgement tokens = budget.judge({800, 47'999});
    EXPECT_EQ(tokens.verdict, Verdict::warn);
    EXPECT_THAT(tokens.sentence, HasSubstr("800 of the 1000 tokens"));
    EXPECT_EQ(budget.judge({900, 47'999}).verdict, Verdict::go_on);
    EXPECT_THAT(budget.judge({900, 48'003}).sentence, HasSubstr("48000 of the 60000 ms")) << "the same each time";
    EXPECT_EQ(budget.next_look_ms(), 60'000);
    EXPECT_EQ(budget.judge({900, 59'999}).verdict, Verdict::go_on);
    EXPECT_EQ(budget.judge({900, 60'000}).verdict, Verdict::end);
    EXPECT_EQ(budget.judge({1000, 50'000}).verdict, Verdict::end);
}

// S1
TEST(Budget, RaisedLimitIsWarnedOfAnew)
{
    Budget budget({.tokens = 100});
    EXPECT_EQ(budget.judge({80, 0}).verdict, Verdict::warn);
    budget.set_limits({.tokens = 200});
    EXPECT_EQ(budget.judge({100, 0}).verdict, Verdict::go_on);
    EXPECT_EQ(budget.judge({160, 0}).verdict, Verdict::warn);
    budget.set_limits({.tokens = 300});
    EXPECT_EQ(budget.judge({300, 0}).verdict, Verdict::warn) << "also when it is spent at once";
    EXPECT_EQ(budget.judge({300, 0}).verdict, Verdict::end);
    budget.set_limits({});
    EXPECT_EQ(budget.judge({1'000'000, 1'000'000'000}).verdict, Verdict::go_on) << "no limit";
    EXPECT_EQ(budget.next_look_ms(), std::nullopt);
}

}  // namespace
}  // namespace gemlive::session
