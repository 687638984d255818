#include "session/liveness.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

using std::chrono::seconds;
using Verdict = Liveness::Verdict;

class LivenessTest : public ::testing::Test {
protected:
    Verdict at(int second) { return liveness.judge(facts, Clock::time_point(seconds(second))); }

    Liveness::Facts facts;
    Liveness liveness{{seconds(10), seconds(60), seconds(10)}, Clock::time_point()};
};

// L1
TEST_F(LivenessTest, SilentServerIsPingedAndNotEnded)
{
    EXPECT_EQ(at(9), Verdict::alive);
    EXPECT_EQ(at(10), Verdict::ping_due);
    EXPECT_EQ(at(11), Verdict::alive) << "one ping at a time";
    facts.bytes_read = 100;
    EXPECT_EQ(at(12), Verdict::alive);
    EXPECT_EQ(at(21), Verdict::alive);
    EXPECT_EQ(at(22), Verdict::ping_due);
}

// L7
TEST_F(LivenessTest, SilenceOfThePeerIsToldOnce)
{
    liveness.set_limits({seconds(30), seconds(60), seconds(10), seconds(5)});
    EXPECT_EQ(at(10), Verdict::ping_due);
    EXPECT_EQ(liveness.next_look(Clock::time_point(seconds(10))), Clock::time_point(seconds(15)));
    EXPECT_EQ(at(14), Verdict::alive);
    EXPECT_EQ(at(15), Verdict::no_traffic);
    EXPECT_EQ(liveness.silent_for(Clock::time_point(seconds(15))), seconds(5));
    EXPECT_EQ(at(25), Verdict::alive);
    facts.bytes_read = 10;
    EXPECT_EQ(at(26), Verdict::alive);
    facts.bytes_written = 10;
    facts.acknowledged = 0;
    EXPECT_EQ(at(27), Verdict::alive);
    EXPECT_EQ(at(32), Verdict::no_traffic);
    EXPECT_EQ(at(57), Verdict::unacknowledged);
}

// L2
TEST_F(LivenessTest, PongThatIsTwelveSecondsLateKillsNothing)
{
    EXPECT_EQ(at(10), Verdict::ping_due);
    EXPECT_EQ(at(22), Verdict::alive);
    liveness.on_pong(Clock::time_point(seconds(22)));
    EXPECT_EQ(at(31), Verdict::alive);
    EXPECT_EQ(at(32), Verdict::ping_due);
}

// L2
TEST_F(LivenessTest, PingWithoutAPongForTheTimeOutEnds)
{
    EXPECT_EQ(at(10), Verdict::ping_due);
    EXPECT_EQ(at(69), Verdict::alive);
    EXPECT_EQ(at(70), Verdict::no_pong);
}

// L3
TEST_F(LivenessTest, LargeMessageOnASlowLinkKeepsTheConnectionAlive)
{
    EXPECT_EQ(at(10), Verdict::ping_due);
    for (int second = 11; second < 200; ++second) {
        facts.bytes_read += 2'000;  // of one message of 400 KB
        EXPECT_EQ(at(second), Verdict::alive);
    }
}

// L3
TEST_F(LivenessTest, LargeMessageThatGoesOutSlowlyKeepsTheConnectionAlive)
{
    facts.bytes_written = 400'000;
    for (int second = 1; second < 60; ++second) {
        facts.acknowledged = static_cast<uint64_t>(second) * 4'000;
        const Verdict verdict = at(second);
        EXPECT_NE(verdict, Verdict::unacknowledged);
        EXPECT_NE(verdict, Verdict::no_pong);
    }
}

// L4
TEST_F(LivenessTest, BytesThatNobodyAcknowledgesEnd)
{
    EXPECT_EQ(at(2), Verdict::alive);
    facts.bytes_written = 5'000;
    facts.acknowledged = 0;
    EXPECT_EQ(at(3), Verdict::alive);
    EXPECT_EQ(at(10), Verdict::ping_due);
    facts.bytes_written += 6;
    EXPECT_EQ(at(12), Verdict::alive);
    EXPECT_EQ(at(13), Verdict::unacknowledged);
}

// L4
TEST_F(LivenessTest, ServerThatSendsIsAliveEvenIfItAcknowledgesNothing)
{
    facts.bytes_written = 5'000;
    facts.acknowledged = 0;
    for (int second = 1; second < 100; ++second) {
        facts.bytes_read += 10;
        EXPECT_EQ(at(second), Verdict::alive);
    }
}

// L4
TEST_F(LivenessTest, WhereTheSystemCannotTellOnlyThePongCounts)
{
    facts.bytes_written = 5'000;
    EXPECT_EQ(at(10), Verdict::ping_due);
    EXPECT_EQ(at(60), Verdict::alive);
    EXPECT_EQ(at(70), Verdict::no_pong);
}

// L5
TEST_F(LivenessTest, WhatWaitsForASignOfLifeIsPingedForEachSecond)
{
    facts.wants_sign_of_life = true;
    EXPECT_EQ(at(1), Verdict::ping_due);
    liveness.on_pong(Clock::time_point(seconds(1)));
    EXPECT_EQ(at(2), Verdict::ping_due);
    facts.wants_sign_of_life = false;
    liveness.on_pong(Clock::time_point(seconds(2)));
    EXPECT_EQ(at(11), Verdict::alive);
    EXPECT_EQ(at(12), Verdict::ping_due);
}

// L6
TEST_F(LivenessTest, NextLookIsWhenSomethingCanBeDue)
{
    const auto later = [](int second) { return Clock::time_point(seconds(second)); };
    EXPECT_EQ(liveness.next_look(later(0)), later(10));
    at(10);
    EXPECT_EQ(liveness.next_look(later(10)), later(70));
    facts.bytes_written = 5;
    facts.acknowledged = 0;
    at(11);
    EXPECT_EQ(liveness.next_look(later(11)), later(12));
}

TEST_F(LivenessTest, WithoutPingsNothingIsSentAndNothingIsDue)
{
    liveness = Liveness({seconds(10), seconds(60), seconds(0)}, Clock::time_point());
    EXPECT_EQ(at(1'000), Verdict::alive);
    EXPECT_EQ(liveness.next_look(Clock::time_point()), Clock::time_point::max());
}

}  // namespace
}  // namespace gemlive::session
