// A request ends exactly once, in the turn that answers it or in a failure that says why.
#include "dialogue/turns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void ask(TurnsHarness &t, uint64_t request)
{
    t.turns.open_request(request, 0, t.now);
    t.turns.request_written(request, t.now);
}

TEST(Requests, TurnCompleteWithoutOutputEndsTheOpenOne)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    t.receive(turn_complete);
    EXPECT_EQ(t.count<ReplyFailed>(), 0u) << "the server has not got it";
    t.turns.request_written(1, t.now);
    t.receive(R"({"serverContent":{"outputTranscription":{},"generationComplete":true,"turnComplete":true}})");
    ASSERT_EQ(t.count<ReplyFailed>(), 1u);
    EXPECT_EQ(t.last<ReplyFailed>()->reason, ReplyFailure::empty);
    EXPECT_EQ(t.count<TurnStarted>(), 0u);
}

TEST(Requests, LateTurnCompleteOfAnEndedTurnIsNotTheirEnd)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(interrupted);
    t.wait_until(3000);  // the turn ends by itself
    ask(t, 1);
    t.receive(turn_complete);
    EXPECT_EQ(t.count<ReplyFailed>(), 0u);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
}

TEST(Requests, SupersededOneThatWasWrittenKeepsItsClaim)
{
    TurnsHarness t;
    ask(t, 1);
    ask(t, 2);
    EXPECT_EQ(t.last<ReplyFailed>()->reason, ReplyFailure::superseded);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
    EXPECT_TRUE(t.turns.has_open_request());
    t.receive(turn_complete);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 2u);
    EXPECT_EQ(t.count<ReplyFailed>(), 1u);
}

TEST(Requests, SupersededOneThatWasNotWrittenHasNoClaim)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    ask(t, 2);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 2u);
}

TEST(Requests, OneThatIsBeingWrittenWhenItIsSupersededHasItsClaim)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    t.turns.open_request(2, 0, t.now);
    t.turns.request_written(1, t.now);
    t.turns.request_written(2, t.now);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
}

TEST(Requests, ServerThatCutsTheSupersededOneAnswersTheNewerOne)
{
    for (const char *end : {interrupted, turn_complete}) {
        TurnsHarness t;
        ask(t, 1);
        ask(t, 2);
        t.receive(end);
        t.receive(audio);
        EXPECT_EQ(t.last<TurnStarted>()->request, 2u) << end;
        EXPECT_EQ(t.count<ReplyFailed>(), 1u) << end;
    }
}

TEST(Requests, LateAnswerToOneThatTimedOutIsNotTheNextOnes)
{
    TurnsHarness t;
    ask(t, 1);
    t.wait_until(10'000);
    EXPECT_EQ(t.last<ReplyFailed>()->reason, ReplyFailure::timed_out);
    ask(t, 2);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
    t.receive(turn_complete);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 2u);
}

TEST(Requests, ClaimIsForgottenWhenItsTimeIsOver)
{
    TurnsHarness t;
    ask(t, 1);
    t.wait_until(10'000);
    t.wait_until(20'000);
    ask(t, 2);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 2u);
}

TEST(Requests, InterruptCancelsAPendingOne)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    EXPECT_FALSE(t.turns.interrupt(false, t.now)) << "the server knows nothing of it";
    EXPECT_EQ(t.last<ReplyFailed>()->reason, ReplyFailure::cancelled);
    EXPECT_FALSE(t.turns.interrupt(false, t.now));
    EXPECT_EQ(t.count<ReplyFailed>(), 1u);
    EXPECT_FALSE(t.turns.has_open_request());
}

TEST(Requests, AnswerToACancelledOneIsDropped)
{
    TurnsHarness t;
    ask(t, 1);
    EXPECT_TRUE(t.turns.interrupt(false, t.now));
    t.take_names();
    t.receive(audio);
    t.receive(audio);
    EXPECT_THAT(t.take_names(), IsEmpty());
    t.receive(turn_complete);
    EXPECT_THAT(t.names(), ElementsAre("dropped"));
    EXPECT_EQ(t.last<Dropped>()->amount, 2);
    EXPECT_EQ(t.last<Dropped>()->turn, 0u);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 0u);
}

TEST(Requests, OneThatIsWrittenAfterACancelledOneGetsItsAnswer)
{
    TurnsHarness t;
    ask(t, 1);
    t.turns.interrupt(false, t.now);
    ask(t, 2);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 2u);
}

TEST(Requests, ToolCallOfACancelledOneOpensItsTurnWhichIsCancelled)
{
    TurnsHarness t;
    ask(t, 1);
    t.turns.interrupt(false, t.now);
    t.take_names();
    t.receive(call);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
    t.receive(turn_complete);
    EXPECT_THAT(t.take_names(), ElementsAre("turn_started", "tool_call", "dropped", "turn_finished", "turn_metrics"));
    ask(t, 2);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 2u);
}

TEST(Requests, TurnNamesAllThatWasPending)
{
    TurnsHarness t;
    t.receive(heard("What is it?"));
    ask(t, 1);
    t.receive(heard(" Please."));
    EXPECT_EQ(t.count<TurnStarted>(), 0u) << "a transcript is no output";
    t.receive(audio);
    const TurnStarted *started = t.last<TurnStarted>();
    EXPECT_EQ(started->trigger, Trigger::request);
    EXPECT_EQ(started->request, 1u);
    EXPECT_EQ(started->utterance, 1u);
    t.receive(turn_complete);
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 0u);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::server);
}

TEST(Requests, UtteranceThatEndedBeforeItsAnswerIsNamed)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"inputTranscription":{"text":"book a table","finished":true}}})");
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 1u);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::user);
}

// C7
TEST(Requests, CallsOfOneWithoutToolsAreUnwantedAlsoInTheTurnThatGoesOn)
{
    constexpr const char *call = R"({"toolCall":{"functionCalls":[{"id":"c1","name":"f"}]}})";
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now, true);
    t.turns.request_written(1, t.now);
    t.receive(call);
    EXPECT_TRUE(t.last<ToolCallOpened>()->unwanted);
    t.receive(turn_complete);  // as on Vertex
    t.turns.tool_answered("c1", false, t.now);
    t.receive(call);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::tool);
    EXPECT_TRUE(t.last<ToolCallOpened>()->unwanted) << "it still answers that request";
    t.turns.tool_answered("c1", false, t.now);
    t.receive(audio);
    t.receive(turn_complete);
    ask(t, 2);
    t.receive(call);
    EXPECT_FALSE(t.last<ToolCallOpened>()->unwanted);
}

// T24
TEST(Requests, MoreTurnsOfAnInteractionThatGoesOnAreOfTheSameRequest)
{
    constexpr const char *goes_on = R"({"serverContent":{"turnComplete":true,"interactionStatus":"IN_PROGRESS"}})";
    constexpr const char *is_over = R"({"serverContent":{"turnComplete":true,"interactionStatus":"IDLE"}})";
    TurnsHarness t;
    ask(t, 1);
    t.receive(audio);
    t.receive(goes_on);
    EXPECT_TRUE(t.turns.interaction_goes_on());
    EXPECT_EQ(t.turns.reply_owed_since_ms(), t.now) << "nobody comes between";
    t.now += 10;
    t.turns.user_audio();  // the microphone runs
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::request);
    EXPECT_EQ(t.last<TurnStarted>()->request, 1u);
    EXPECT_FALSE(t.turns.interaction_goes_on()) << "a turn runs";
    t.receive(is_over);
    EXPECT_FALSE(t.turns.reply_owed_since_ms());
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->request, 0u);
    t.receive(turn_complete);
    // A status in a message of its own, and a turn without any.
    t.receive(R"({"serverContent":{"interactionStatus":"IN_PROGRESS"}})");
    EXPECT_TRUE(t.turns.interaction_goes_on());
    t.receive(audio);
    t.receive(turn_complete);
    EXPECT_FALSE(t.turns.interaction_goes_on());
}

}  // namespace
}  // namespace gemlive::dialogue::test
