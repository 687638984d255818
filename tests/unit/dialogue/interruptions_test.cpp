// What is dropped of a turn that was cut, and what is not.
#include "dialogue/turns.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Interruptions, ReplyAfterNewWordsIsNotSwallowedWithoutTurnComplete)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(interrupted);
    t.receive(heard("Stop"));
    t.take_names();
    t.now = 100;
    t.receive(audio);
    EXPECT_THAT(t.take_names(), ElementsAre("turn_finished", "turn_metrics", "turn_started", "audio"));
    EXPECT_EQ(t.turns.turns_finished(), 1);
}

TEST(Interruptions, ToolCallIsNeverDropped)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(interrupted);
    t.receive(audio);
    t.take_names();
    t.receive(call);
    EXPECT_THAT(t.take_names(), ElementsAre("dropped", "turn_finished", "turn_metrics", "turn_started", "tool_call"));
    t.turns.interrupt(false, t.now);
    t.take_names();
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"text":"Let me see."}]}},
                  "toolCall":{"functionCalls":[{"id":"c2","name":"price"}]}})");
    EXPECT_THAT(t.take_names(), ElementsAre("turn_started", "text", "tool_call"));
}

TEST(Interruptions, RequestWrittenAfterwardsGetsItsAnswer)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(interrupted);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::interrupted);
    EXPECT_EQ(t.last<TurnFinished>()->turn, 1u);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
}

// The question's transcript may come later than its answer: it says nothing of a new one.
TEST(Interruptions, LateWordsOfTheQuestionDoNotUndoTheApplicationsWord)
{
    TurnsHarness t;
    t.turns.user_audio();
    t.receive(heard("What is"));
    t.receive(audio);
    t.turns.interrupt(false, t.now);
    t.take_names();
    t.receive(heard(" it?"));
    t.receive(audio);
    const auto names = t.take_names();
    EXPECT_EQ(std::count(names.begin(), names.end(), "turn_started"), 0);
    EXPECT_EQ(std::count(names.begin(), names.end(), "audio"), 0);
}

// It lasted for three times the stall's time, and each piece of the next answer prolonged it.
TEST(Interruptions, OfATurnThatIsGeneratedSwallowsNoLaterAnswer)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(generation_complete);
    t.turns.interrupt(false, t.now);
    t.take_names();
    t.now += 3000;
    t.turns.on_time(t.now);
    t.receive(audio);
    const auto names = t.take_names();
    EXPECT_EQ(std::count(names.begin(), names.end(), "turn_started"), 1);
}

TEST(Interruptions, ApplicationsWordHasNoTimeLimit)
{
    TurnsHarness t;
    t.receive(audio);
    t.turns.interrupt(false, t.now);
    t.take_names();
    for (int i = 0; i < 20; ++i) {  // a server that is not told goes on
        t.wait_until(t.now + 1000);
        t.receive(audio);
    }
    EXPECT_THAT(t.take_names(), IsEmpty());
    t.receive(turn_complete);
    EXPECT_EQ(t.last<Dropped>()->amount, 20);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->turn, 2u);
}

TEST(Interruptions, WhatWasOnItsWayWhenTheNextRequestWasWrittenIsNotItsAnswer)
{
    TurnsHarness t;
    t.turns.connected(80);
    t.receive(audio);
    t.turns.interrupt(false, t.now);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.now = 79;
    t.receive(audio);
    EXPECT_EQ(t.count<TurnStarted>(), 1u);
    t.receive(interrupted);
    t.receive(turn_complete);
    EXPECT_EQ(t.count<ReplyFailed>(), 0u) << "that was the end of the turn that was cut";
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
    EXPECT_EQ(t.last<Dropped>()->amount, 1);
}

TEST(Interruptions, ServerThatNeverEndsTheCutTurnAnswersTheNextRequestAllTheSame)
{
    TurnsHarness t;
    t.turns.connected(80);
    t.receive(audio);
    t.turns.interrupt(false, t.now);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.now = 80;
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
}

TEST(Interruptions, CutTurnEndsForItselfAlsoByGenerationCompleteAlone)
{
    TurnsHarness t;
    t.receive(audio);
    t.turns.interrupt(false, t.now);
    t.now = 500;
    t.receive(audio);
    t.receive(generation_complete);
    t.wait_until(2499);
    EXPECT_EQ(t.count<Dropped>(), 0u);
    t.wait_until(2500);
    EXPECT_EQ(t.count<Dropped>(), 1u);
    t.receive(turn_complete);  // the one that was missing
    t.receive(audio);
    EXPECT_EQ(t.count<TurnStarted>(), 2u);
}

TEST(Interruptions, LateOnesAreToldOnce)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(turn_complete);
    for (int i = 0; i < 3; ++i) {
        t.receive(interrupted);
    }
    EXPECT_EQ(t.count<Interrupted>(), 1u);
    EXPECT_EQ(t.count<TurnFinished>(), 1u);
    t.receive(audio);
    t.turns.interrupt(false, t.now);
    t.receive(turn_complete);
    t.receive(interrupted);
    EXPECT_EQ(t.count<Interrupted>(), 2u) << "the application's is told already";
}

TEST(Interruptions, LostTurnThatWasCutIsInterrupted)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(interrupted);
    t.turns.connection_lost(t.now);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::interrupted);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->turn, 2u) << "another connection, another turn";
}

TEST(LateWords, BelongToTheTurnThatEnded)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(words("It is"));
    t.receive(turn_complete);
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, t.now);
    t.take_names();
    t.now = 900;
    t.receive(words(" forty."));
    EXPECT_EQ(t.last<OutputTranscript>()->turn, 1u);
    EXPECT_THAT(t.take_names(), ElementsAre("output_transcript"));
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u) << "the request is still open";
}

TEST(LateWords, EndWithTheGraceOrTheConnection)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(turn_complete);
    t.now = 1001;
    t.receive(words("Hello"));
    EXPECT_EQ(t.last<OutputTranscript>()->turn, 2u);
    t.receive(turn_complete);
    t.turns.connection_lost(t.now);
    t.receive(words("Again"));
    EXPECT_EQ(t.last<OutputTranscript>()->turn, 3u);
}

TEST(LateWords, AreNoneWhenTheTranscriptWasWholeOrAToolHasAnswered)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"outputTranscription":{"text":"Yes.","finished":true},"turnComplete":true}})");
    t.receive(words("And more."));
    EXPECT_EQ(t.last<OutputTranscript>()->turn, 2u);
    t.receive(call);
    t.receive(turn_complete);
    t.turns.tool_answered("c1", false, t.now);
    t.receive(words("It costs forty."));
    EXPECT_EQ(t.last<OutputTranscript>()->turn, 3u);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::tool);
}

TEST(LateWords, WithAnythingElseAreANewTurns)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(turn_complete);
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"text":"So"}]},"outputTranscription":{"text":"So"}}})");
    EXPECT_EQ(t.last<OutputTranscript>()->turn, 2u);
}

}  // namespace
}  // namespace gemlive::dialogue::test
