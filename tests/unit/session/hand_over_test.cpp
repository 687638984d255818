#include "session/hand_over.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

using std::chrono::milliseconds;
using Facts = HandOver::Facts;
using Decision = HandOver::Decision;

Clock::time_point at(int64_t ms)
{
    return Clock::time_point(milliseconds(ms));
}

// The server ends the connection at 60,000.
const HandOver hand_over(at(60'000), milliseconds(1'000));

struct Case {
    const char *name;
    Facts facts;
    int64_t boundary_ms;  // 60,000: none comes by itself
};

Facts facts(void (*set)(Facts &))
{
    Facts out;
    set(out);
    return out;
}

class HandOverBoundary : public ::testing::TestWithParam<Case> {};

TEST_P(HandOverBoundary, IsWhereNeitherSideSpeaks)
{
    const auto &[name, facts, boundary_ms] = GetParam();
    const bool never = boundary_ms == 60'000;
    EXPECT_EQ(hand_over.next_look(facts, at(0)), at(never ? 59'000 : boundary_ms));
    if (boundary_ms > 0) {
        EXPECT_EQ(hand_over.judge(facts, at(boundary_ms - 1)), never ? Decision::cut : Decision::wait);
    }
    EXPECT_EQ(hand_over.judge(facts, at(boundary_ms)), never ? Decision::cut : Decision::at_boundary);
}

INSTANTIATE_TEST_SUITE_P(
    Facts, HandOverBoundary,
    ::testing::Values(
        Case{"nothing_was_said", {}, 0},                                                                 // H1
        Case{"turn_runs", facts([](Facts &f) { f.turn_runs = true; }), 60'000},                          // H1
        Case{"request_is_open", facts([](Facts &f) { f.request_open = true; }), 60'000},                 // H1
        Case{"call_is_open", facts([](Facts &f) { f.calls_open = true; }), 60'000},                      // H1
        Case{"user_speaks", facts([](Facts &f) { f.user_speaks = true; }), 60'000},                      // H1
        Case{"message_is_being_written", facts([](Facts &f) { f.writing = true; }), 60'000},             // H1
        Case{"reply_is_owed", facts([](Facts &f) { f.reply_owed_since = at(500); }), 10'500},            // H1
        Case{"voice_that_nobody_has_answered", facts([](Facts &f) { f.last_voice = at(500); }), 10'500}, // H2
        Case{"voice_for_a_model_that_never_answers",
             facts([](Facts &f) {
                 f.last_voice = at(500);
                 f.model_replies = false;
             }),
             1'200},                                                                                     // H2
        Case{"voice_within_the_last_turn",
             facts([](Facts &f) {
                 f.last_voice = at(900);
                 f.last_turn_ended = at(1'000);
                 f.handle_covers = true;
             }),
             1'600},                                                                                     // H2
        Case{"turn_ended", facts([](Facts &f) { f.last_turn_ended = at(500); }), 1'200},                 // H3
        Case{"turn_ended_and_its_handle_came",
             facts([](Facts &f) {
                 f.last_turn_ended = at(500);
                 f.handle_covers = true;
             }),
             0},                                                                                         // H3
        Case{"voice_after_the_handle",
             facts([](Facts &f) {
                 f.last_turn_ended = at(500);
                 f.handle_covers = true;
                 f.last_voice = at(900);
             }),
             10'900}),                                                                                    // H2
    [](const auto &tested) { return std::string(tested.param.name); });

// H4
TEST(HandOver, OnlyWithoutTimeAnythingIsCut)
{
    const Facts speaking = facts([](Facts &f) { f.user_speaks = true; });
    EXPECT_EQ(hand_over.judge(speaking, at(30'000)), Decision::wait) << "with 30 s left";
    EXPECT_EQ(hand_over.judge(speaking, at(58'999)), Decision::wait);
    EXPECT_EQ(hand_over.judge(speaking, at(59'000)), Decision::cut);
    EXPECT_EQ(hand_over.judge({}, at(59'500)), Decision::at_boundary) << "nothing is cut where nobody speaks";
}

}  // namespace
}  // namespace gemlive::session
