// Turns that the server does not end, and answers that do not come.
#include "dialogue/turns.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

TEST(Completion, GenerationCompleteAloneEndsTheTurnAfterTheGrace)
{
    TurnsHarness t;
    t.receive(written("So"));
    t.now = 300;
    t.receive(generation_complete);
    t.wait_until(2299);
    EXPECT_EQ(t.count<TurnFinished>(), 0u);
    EXPECT_EQ(t.turns.next_deadline(), 2300);
    t.wait_until(2300);
    ASSERT_EQ(t.count<TurnFinished>(), 1u);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::completed);
    EXPECT_EQ(t.shown<TurnFinished>(), "none");
    t.receive(turn_complete);
    EXPECT_EQ(t.count<TurnFinished>(), 1u);
}

// A second of silence, 16 bit at 24 kHz.
std::string second_of_audio()
{
    return R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":")" +
           std::string(64'000, 'A') + R"("}}]}}})";
}

TEST(Completion, WaitsForThePlayout)
{
    TurnsHarness t;
    for (int i = 0; i < 5; ++i) {
        t.receive(second_of_audio());
    }
    t.receive(generation_complete);
    t.wait_until(6999);
    EXPECT_EQ(t.count<TurnFinished>(), 0u) << "the server ends the turn when it should have been played";
    t.turns.playing_until(9000);
    t.wait_until(10'999);
    EXPECT_EQ(t.count<TurnFinished>(), 0u);
    t.wait_until(11'000);
    EXPECT_EQ(t.count<TurnFinished>(), 1u);
}

TEST(Completion, PlayoutThatNobodyReadsKeepsNoTurnForEver)
{
    TurnsHarness t;
    t.receive(second_of_audio());
    t.receive(generation_complete);
    for (; t.now < 60'000 && t.count<TurnFinished>() == 0; t.now += 1000) {
        t.turns.playing_until(t.now + 1000);
        t.turns.on_time(t.now);
    }
    EXPECT_EQ(t.now, 34'000);
}

TEST(Completion, MoreAudioAfterGenerationCompleteIsTheSameTurns)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(generation_complete);
    t.now = 1500;
    t.receive(audio);
    EXPECT_EQ(t.count<TurnStarted>(), 1u);
    t.wait_until(3499);
    EXPECT_EQ(t.count<TurnFinished>(), 0u);
    t.wait_until(3500);
    EXPECT_EQ(t.count<TurnFinished>(), 1u);
    EXPECT_EQ(t.count<GenerationComplete>(), 1u);
}

TEST(Completion, TurnThatWaitsForAToolGoesOn)
{
    TurnsHarness t;
    t.receive(call);
    t.receive(generation_complete);
    t.wait_until(60'000);
    EXPECT_EQ(t.count<TurnFinished>(), 0u);
    t.turns.tool_answered("c1", false, t.now);
    t.wait_until(64'000);
    t.receive(audio);
    EXPECT_EQ(t.count<TurnStarted>(), 1u);
}

TEST(Completion, TurnThatIsOverDoesNotSwallowTheNextAnswer)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(generation_complete);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.receive(words("late words"));
    EXPECT_EQ(t.count<TurnStarted>(), 1u);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::completed);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
}

// A call that runs in the background does not keep the turn: the answer to what was asked since is another.
TEST(Completion, TurnWithACallInTheBackgroundDoesNotSwallowTheNextAnswer)
{
    TurnsHarness t;
    t.receive(call);
    t.receive(audio);
    t.receive(generation_complete);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
    EXPECT_EQ(t.last<TurnStarted>()->turn, 2u);
}

TEST(Stalls, SilentTurnEndsWhenItWasSilentThreeTimesAsLong)
{
    TurnsHarness t;
    t.receive(audio);
    t.wait_until(10'000);
    EXPECT_EQ(t.count<Stalled>(), 1u);
    EXPECT_EQ(t.last<Stalled>()->phase, StallPhase::mid_turn);
    t.wait_until(29'999);
    EXPECT_EQ(t.count<TurnFinished>(), 0u);
    t.wait_until(30'000);
    ASSERT_EQ(t.count<TurnFinished>(), 1u);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::stalled);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.receive(turn_complete);  // of the one that stalled
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
}

TEST(Stalls, StalledTurnDoesNotSwallowTheNextAnswer)
{
    TurnsHarness t;
    t.receive(audio);
    t.wait_until(10'000);
    t.receive(heard("Hello?"));
    t.receive(audio);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::stalled);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 1u);
}

TEST(Stalls, TurnThatGoesOnMayStallAgain)
{
    TurnsHarness t;
    t.receive(audio);
    t.wait_until(10'000);
    t.receive(audio);
    t.wait_until(20'000);
    EXPECT_EQ(t.count<Stalled>(), 2u);
}

TEST(Stalls, QuestionThatNobodyAnswersIsTold)
{
    TurnsHarness t;
    t.receive(heard("Are you"));
    t.now = 400;
    t.receive(heard(" there?"));
    t.wait_until(10'399);
    EXPECT_EQ(t.count<Stalled>(), 0u);
    t.wait_until(10'400);
    ASSERT_EQ(t.count<Stalled>(), 1u);
    EXPECT_EQ(t.last<Stalled>()->phase, StallPhase::no_reply);
    EXPECT_EQ(t.last<Stalled>()->turn, 0u);
    EXPECT_EQ(t.last<Stalled>()->silent_ms, 10'000);
    t.wait_until(60'000);
    EXPECT_EQ(t.count<Stalled>(), 1u);
}

TEST(Stalls, SpeechWithoutWordsIsAQuestionToo)
{
    TurnsHarness t;
    t.turns.start_activity(SpeechSource::manual, std::nullopt, t.now);
    t.wait_until(60'000);
    EXPECT_EQ(t.count<Stalled>(), 0u) << "he still speaks";
    t.turns.end_activity(SpeechSource::manual, std::nullopt, t.now);
    t.wait_until(70'000);
    EXPECT_EQ(t.count<Stalled>(), 1u);
}

TEST(Stalls, WordsThatAreAnsweredAlreadyAskNothing)
{
    TurnsHarness t;
    t.turns.user_audio();
    t.receive(audio);
    t.receive(heard("late words"));
    t.receive(turn_complete);
    t.receive(heard(" and more"));
    t.wait_until(60'000);
    EXPECT_EQ(t.count<Stalled>(), 0u);
}

TEST(Stalls, WordsInATurnThatGoesOnAskNothing)
{
    TurnsHarness t;
    t.receive(audio);
    t.now = 2000;
    t.receive(heard("uh-huh"));
    t.now = 15000;
    t.receive(audio);
    t.receive(turn_complete);
    t.turns.on_time(t.now);
    const auto names = t.take_names();
    EXPECT_EQ(std::count(names.begin(), names.end(), "stalled"), 0);
}

TEST(Stalls, ChangedTimeHoldsForWhatIsWaitedForAlready)
{
    TurnsHarness t;
    t.receive(heard("Hello"));
    TurnRules rules;
    rules.stall_timeout_ms = 500;
    t.turns.set_rules(rules);
    t.wait_until(1'000);
    EXPECT_EQ(t.count<Stalled>(), 1u);
}

TEST(Stalls, ModelThatNeverRepliesOwesNoReply)
{
    TurnRules rules;
    rules.model_replies = false;
    TurnsHarness t(rules);
    t.receive(heard("Dear diary"));
    t.wait_until(60'000);
    EXPECT_EQ(t.count<Stalled>(), 0u);
}

// T17
TEST(Stalls, VoiceThatNobodyAnswersIsAQuestionToo)
{
    TurnsHarness t;
    t.turns.voice_started(100, t.now = 200);
    t.turns.voice_stopped(900, t.now = 1500);
    t.wait_until(11'499);
    EXPECT_EQ(t.last<Stalled>(), nullptr);
    t.wait_until(11'500);
    ASSERT_NE(t.last<Stalled>(), nullptr);
    EXPECT_EQ(t.last<Stalled>()->phase, StallPhase::no_reply);
}

TEST(Stalls, VoiceWhileTheModelSpeaksAsksNothingByItself)
{
    TurnsHarness t;
    t.receive(written("So"));
    t.turns.voice_started(100, t.now = 200);
    t.receive(turn_complete);
    t.turns.voice_stopped(900, t.now = 1500);
    t.wait_until(30'000);
    EXPECT_EQ(t.last<Stalled>(), nullptr);
    t.turns.playing_until(40'000);
    t.turns.voice_started(31'000, t.now = 31'100);
    t.turns.voice_stopped(32'000, t.now = 32'600);
    t.wait_until(60'000);
    EXPECT_EQ(t.last<Stalled>(), nullptr);
}

}  // namespace
}  // namespace gemlive::dialogue::test
