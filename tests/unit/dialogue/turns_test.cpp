#include "dialogue/turns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Turns, StartWithTheFirstOutputAndEndOnce)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(words("Hello"));
    t.receive(R"({"serverContent":{"generationComplete":true}})");
    t.receive(turn_complete);
    t.receive(turn_complete);
    EXPECT_THAT(t.names(), ElementsAre("turn_started", "audio", "output_transcript", "generation_complete",
                                       "turn_finished", "turn_metrics"));
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::completed);
    EXPECT_EQ(t.last<TurnFinished>()->transcript, "Hello");
    EXPECT_EQ(t.last<TurnFinished>()->turn, 1u);
}

TEST(Turns, ControlFlagsAndEmptyMessagesStartNone)
{
    TurnsHarness t;
    for (const char *message :
         {"{}", R"({"serverContent":{}})", R"({"serverContent":{"outputTranscription":{}}})",
          R"({"serverContent":{"generationComplete":true}})", turn_complete, interrupted,
          R"({"serverContent":{"modelTurn":{"parts":[]}}})", R"({"sessionResumptionUpdate":{}})"}) {
        t.receive(message);
        EXPECT_THAT(t.names(), IsEmpty()) << message;
    }
}

TEST(Turns, OneMessageKeepsTheDocumentedOrder)
{
    TurnsHarness t;
    t.receive(R"({"usageMetadata":{"promptTokenCount":1,"responseTokenCount":2,"totalTokenCount":3},
        "toolCall":{"functionCalls":[{"id":"c","name":"f"}]},
        "serverContent":{"turnComplete":true,"generationComplete":true,"outputTranscription":{"text":"hi"},
        "groundingMetadata":{"a":1},"inputTranscription":{"text":"hello"},
        "modelTurn":{"parts":[{"text":"why","thought":true},{"text":"hi"}]}},
        "voiceActivity":{"type":"ACTIVITY_START","audioOffset":"0.2s"},
        "sessionResumptionUpdate":{"newHandle":"h","resumable":true}})");
    EXPECT_THAT(t.names(),
                ElementsAre("resumption_updated", "speech_started", "input_transcript", "turn_started", "thought",
                            "text", "grounding", "output_transcript", "tool_call", "generation_complete",
                            "input_transcript", "turn_finished", "usage", "turn_metrics"));
}

// T22
TEST(Turns, VoiceInTheMicrophoneDatesTheAnswerToIt)
{
    TurnsHarness t;
    t.now = 1000;
    t.turns.user_audio();
    t.turns.voice_heard(700);
    t.receive(audio);
    t.receive(turn_complete);
    EXPECT_EQ(t.last<TurnMetrics>()->first_byte_ms, 300);
    EXPECT_EQ(t.last<TurnMetrics>()->first_audio_ms, 300);

    t.now = 2000;  // nobody has spoken since
    t.turns.user_audio();
    t.turns.voice_heard(700);
    t.receive(audio);
    t.receive(turn_complete);
    EXPECT_EQ(t.last<TurnMetrics>()->first_byte_ms, std::nullopt);

    t.now = 3000;
    t.turns.voice_heard(2600);
    t.turns.start_activity(SpeechSource::manual, std::nullopt, t.now);
    t.turns.end_activity(SpeechSource::manual, std::nullopt, 2900);  // the application knows better
    t.receive(audio);
    t.receive(turn_complete);
    EXPECT_EQ(t.last<TurnMetrics>()->first_byte_ms, 100);
}

TEST(Turns, InterruptionEndsTheTurnAtTurnComplete)
{
    TurnsHarness t;
    t.receive(audio);
    t.take_names();
    t.receive(interrupted);
    EXPECT_THAT(t.take_names(), ElementsAre("interrupted"));
    t.receive(audio);  // late: dropped, counted
    EXPECT_THAT(t.take_names(), IsEmpty());
    t.receive(turn_complete);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::interrupted);
    EXPECT_EQ(t.last<Dropped>()->what, Loss::late_output);
    EXPECT_EQ(t.last<Dropped>()->amount, 1);
    t.take_names();
    t.receive(audio);
    EXPECT_THAT(t.take_names(), ElementsAre("turn_started", "audio"));
}

TEST(Turns, InterruptedTurnWithoutTurnCompleteEndsAfterTheGrace)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(interrupted);
    t.now = 2999;
    t.turns.on_time(t.now);
    EXPECT_EQ(t.count<TurnFinished>(), 0u);
    EXPECT_EQ(t.turns.next_deadline(), 3000);
    t.now = 3000;
    t.turns.on_time(t.now);
    EXPECT_EQ(t.count<TurnFinished>(), 1u);
    t.take_names();
    t.receive(turn_complete);  // of the turn that ended already
    EXPECT_THAT(t.take_names(), IsEmpty());
}

TEST(Turns, InterruptedAfterTheTurnFlushesButFinishesNothingTwice)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(turn_complete);
    t.take_names();
    t.receive(interrupted);
    EXPECT_EQ(t.last<Interrupted>()->turn, 1u);
    EXPECT_THAT(t.take_names(), ElementsAre("interrupted"));
    t.receive(turn_complete);
    EXPECT_THAT(t.take_names(), IsEmpty());
}

TEST(Turns, GenerationCompleteMayComeBeforeInterrupted)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(R"({"serverContent":{"generationComplete":true}})");
    t.receive(interrupted);
    t.receive(turn_complete);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::interrupted);
    EXPECT_EQ(t.count<TurnFinished>(), 1u);
}

TEST(Turns, ApplicationInterruptFinishesAtOnceAndDropsTheRest)
{
    TurnsHarness t;
    t.turns.interrupt(false, t.now);
    EXPECT_THAT(t.names(), IsEmpty());
    t.receive(audio);
    t.take_names();
    t.turns.interrupt(false, t.now);
    EXPECT_THAT(t.take_names(), ElementsAre("interrupted", "turn_finished", "turn_metrics"));
    t.receive(audio);
    EXPECT_THAT(t.take_names(), IsEmpty());
    t.receive(interrupted);
    EXPECT_THAT(t.take_names(), IsEmpty());
    t.receive(turn_complete);
    EXPECT_THAT(t.take_names(), ElementsAre("dropped"));
    t.receive(audio);
    EXPECT_THAT(t.take_names(), ElementsAre("turn_started", "audio"));
}

TEST(Turns, ToolCallIsInsideTheTurnAndCancelledOnce)
{
    TurnsHarness t;
    t.receive(call);
    EXPECT_THAT(t.take_names(), ElementsAre("turn_started", "tool_call"));
    EXPECT_TRUE(t.turns.has_open_calls());
    t.receive(R"({"toolCallCancellation":{"ids":["c1"]}})");
    EXPECT_EQ(t.last<ToolCallsCancelled>()->origin, Origin::server);
    t.take_names();
    t.turns.connection_lost(t.now);
    EXPECT_EQ(t.count<ToolCallsCancelled>(), 0u);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::lost);
}

TEST(Turns, CallWithoutIdGetsALocalOne)
{
    TurnsHarness t;
    t.receive(R"({"toolCall":{"functionCalls":[{"name":"f"},{"name":"g"}]}})");
    ASSERT_EQ(t.count<ToolCallOpened>(), 2u);
    const auto &first = std::get<ToolCallOpened>(t.kept()[1].effect);
    EXPECT_NE(first.call, std::get<ToolCallOpened>(t.kept()[2].effect).call);
    EXPECT_FALSE(first.has_server_id);
    EXPECT_EQ(t.kept()[1].text, "{}");
}

// The call stayed open for ever, and with it all later answers were held back.
TEST(Turns, CancellationThatNamesNoKnownCallMeansThoseWithoutIds)
{
    TurnsHarness t;
    t.receive(R"({"toolCall":{"functionCalls":[{"name":"f"}]}})");
    const std::string id = t.last<ToolCallOpened>()->call;
    t.receive(R"({"toolCallCancellation":{"ids":[]}})");
    ASSERT_TRUE(t.last<ToolCallsCancelled>());
    EXPECT_EQ(t.last<ToolCallsCancelled>()->calls, std::vector<std::string>{id});
}

TEST(Turns, LossCancelsCallsThenEndsTheTurn)
{
    TurnsHarness t;
    t.receive(call);
    t.take_names();
    t.turns.connection_lost(t.now);
    EXPECT_THAT(t.take_names(), ElementsAre("tool_calls_cancelled", "turn_finished", "turn_metrics"));
}

TEST(Turns, CallThatTheHandleCoversOutlivesTheConnection)
{
    TurnsHarness t;
    t.receive(call);
    t.receive(R"({"sessionResumptionUpdate":{"newHandle":"h1","resumable":true}})");
    t.turns.connection_lost(t.now);
    EXPECT_EQ(t.count<ToolCallsCancelled>(), 0u);
    EXPECT_TRUE(t.turns.has_open_calls());
    EXPECT_FALSE(t.turns.is_unknown_to_server("c1"));
    t.turns.tool_answered("c1", false, t.now);  // to the next server
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::tool);
}

TEST(Turns, CallThatIsNewerThanTheHandleIsUnknownToTheNextServer)
{
    TurnsHarness t;
    t.receive(R"({"sessionResumptionUpdate":{"newHandle":"h1","resumable":true}})");
    t.receive(call);
    EXPECT_FALSE(t.turns.is_unknown_to_server("c1"));
    t.turns.connection_lost(t.now);
    EXPECT_EQ(t.count<ToolCallsCancelled>(), 0u);
    EXPECT_TRUE(t.turns.is_unknown_to_server("c1"));
    t.receive(R"({"sessionResumptionUpdate":{"newHandle":"h2","resumable":true}})");
    EXPECT_TRUE(t.turns.is_unknown_to_server("c1")) << "the next server's handle knows no more of it";
    t.turns.tool_answered("c1", false, t.now);
    EXPECT_FALSE(t.turns.is_unknown_to_server("c1"));
    EXPECT_FALSE(t.turns.has_open_calls());
}

TEST(Turns, CallsEndWhenTheNextConnectionResumesNothing)
{
    TurnsHarness t;
    t.receive(call);
    t.receive(R"({"sessionResumptionUpdate":{"newHandle":"h1","resumable":true}})");
    t.turns.connection_lost(t.now);
    EXPECT_EQ(t.count<ToolCallsCancelled>(), 0u);
    t.turns.context_lost();
    EXPECT_EQ(t.last<ToolCallsCancelled>()->origin, Origin::connection);
    EXPECT_FALSE(t.turns.has_open_calls());
}

TEST(Turns, LeavingAfterAllWasGeneratedLosesNothing)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(R"({"serverContent":{"generationComplete":true}})");
    t.turns.connection_left(t.now);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::completed);
    t.receive(audio);
    t.turns.connection_left(t.now);
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::lost);
}

TEST(Turns, TriggerSaysWhoAsked)
{
    TurnsHarness t;
    const auto trigger = [&] {
        t.receive(audio);
        const Trigger found = t.last<TurnStarted>()->trigger;
        t.receive(turn_complete);
        return found;
    };
    EXPECT_EQ(trigger(), Trigger::server);
    t.turns.user_audio();
    EXPECT_EQ(trigger(), Trigger::user);
    EXPECT_EQ(trigger(), Trigger::server);
    t.turns.user_audio();
    t.turns.open_request(7, 0, t.now);
    EXPECT_EQ(trigger(), Trigger::user) << "a request that is not yet written has not been answered";
    t.turns.request_written(7, t.now);
    EXPECT_EQ(trigger(), Trigger::request);
    EXPECT_EQ(t.last<TurnStarted>()->request, 7u);
    t.turns.tool_answered("x", false, t.now);
    EXPECT_EQ(trigger(), Trigger::tool);
}

TEST(Turns, AnswerThatContinuesTheTurnTriggersNoLaterOne)
{
    TurnsHarness t;
    t.receive(call);
    t.turns.tool_answered("c1", false, t.now);
    t.receive(audio);
    t.receive(turn_complete);
    t.turns.user_audio();
    t.receive(audio);
    EXPECT_EQ(t.last<TurnStarted>()->trigger, Trigger::user);
}

TEST(Turns, ProgressOfAToolLeavesItsCallOpen)
{
    TurnsHarness t;
    t.receive(call);
    t.turns.tool_answered("c1", true, t.now);
    EXPECT_TRUE(t.turns.has_open_calls());
    t.turns.tool_answered("c1", false, t.now);
    EXPECT_FALSE(t.turns.has_open_calls());
}

TEST(Turns, WrittenRequestFailsWithItsConnectionAnUnwrittenOneWaits)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    t.turns.fail_written_request();
    EXPECT_TRUE(t.turns.has_open_request());
    t.turns.request_written(1, 0);
    t.turns.fail_written_request();
    EXPECT_EQ(t.last<ReplyFailed>()->reason, ReplyFailure::lost);
}

TEST(Turns, RequestThatGoesAgainHasItsTimeAnew)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    t.turns.request_written(1, 500);
    EXPECT_EQ(t.turns.written_request(), 1u);
    t.turns.connection_lost(600);
    t.turns.write_request_again();
    EXPECT_EQ(t.turns.written_request(), 0u);
    t.turns.on_time(60'000);
    EXPECT_TRUE(t.turns.has_open_request()) << "nobody was asked yet";
    t.turns.request_written(1, 60'000);
    EXPECT_EQ(t.turns.next_deadline(), 70'000);
}

TEST(Turns, NewerRequestSupersedesTheOlder)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    EXPECT_THAT(t.names(), IsEmpty());
    t.turns.open_request(2, 0, t.now);
    ASSERT_NE(t.last<ReplyFailed>(), nullptr);
    EXPECT_EQ(t.last<ReplyFailed>()->request, 1u);
    EXPECT_EQ(t.last<ReplyFailed>()->reason, ReplyFailure::superseded);
}

TEST(Turns, RequestTimesOutFromItsWrittenFrame)
{
    TurnsHarness t;
    t.turns.open_request(1, 0, t.now);
    EXPECT_EQ(t.turns.next_deadline(), std::nullopt);
    t.turns.request_written(1, 500);
    EXPECT_EQ(t.turns.next_deadline(), 10'500);
    t.turns.on_time(10'499);
    EXPECT_EQ(t.count<ReplyFailed>(), 0u);
    t.turns.on_time(10'500);
    ASSERT_EQ(t.count<ReplyFailed>(), 1u);
    EXPECT_FALSE(t.turns.has_open_request());
}

TEST(Turns, EndTellsEverythingStillOpenInOrder)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"inputTranscription":{"text":"hello"}}})");
    t.receive(call);
    t.turns.open_request(3, 0, t.now);
    t.take_names();
    t.turns.end(t.now);
    EXPECT_THAT(t.names(), ElementsAre("input_transcript", "tool_calls_cancelled", "turn_finished", "reply_failed"));
    EXPECT_EQ(t.last<TurnFinished>()->reason, TurnEnd::closed);
}

TEST(Turns, OddBytesAreCarriedWithinATurn)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm","data":"NBL/"}}]}}})");
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm","data":"fw=="}}]}}})");
    ASSERT_EQ(t.count<Audio>(), 2u);
    EXPECT_TRUE(t.last<Audio>()->continues_sample);
    EXPECT_EQ(t.last<Audio>()->frames, 1u);
    EXPECT_EQ(t.last<Audio>()->offset_frames, 1);
    t.receive(turn_complete);
    t.receive(audio);
    EXPECT_FALSE(t.last<Audio>()->continues_sample) << "half a sample belongs to its turn";
}

TEST(Turns, SilenceInTheMiddleIsReportedOnce)
{
    TurnsHarness t;
    t.receive(audio);
    t.turns.on_time(10'000);
    t.turns.on_time(20'000);
    EXPECT_EQ(t.count<Stalled>(), 1u);
    EXPECT_EQ(t.last<Stalled>()->silent_ms, 10'000);
}

TEST(Turns, SilenceWhileAToolRunsIsNoStall)
{
    TurnsHarness t;
    t.receive(call);
    t.turns.on_time(60'000);
    EXPECT_EQ(t.count<Stalled>(), 0u);
}

TEST(Turns, UnknownMembersBecomeServerMessages)
{
    TurnsHarness t;
    t.receive(R"({"futureThing":{"a":[1,{"b":null}]},"serverContent":{"newFlag":true}})");
    ASSERT_EQ(t.count<UnknownMember>(), 2u);
    EXPECT_EQ(std::get<UnknownMember>(t.kept()[0].effect).name, "futureThing");
    EXPECT_EQ(t.kept()[0].text, R"({"a":[1,{"b":null}]})");
}

TEST(Turns, PartsOfUnknownKindAreToldAndStartNone)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"futureKind":{"a":1}}]}}})");
    EXPECT_THAT(t.names(), ElementsAre("unknown_part"));
    EXPECT_EQ(t.kept()[0].text, R"({"a":1})");
    t.receive(audio);
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"text":"So"},{"futureKind":7}]}}})");
    EXPECT_EQ(t.last<UnknownPart>()->turn, 1u);
    t.receive(interrupted);
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"futureKind":8}]}}})");
    EXPECT_EQ(t.count<UnknownPart>(), 3u) << "nobody knows whether that belongs to what was cut";
}

TEST(Turns, UsageAddsUp)
{
    TurnsHarness t;
    for (int i = 0; i < 2; ++i) {
        t.receive(R"({"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":4,"totalTokenCount":14}})");
    }
    const UsageTotals &totals = *t.last<UsageCounted>()->totals;
    EXPECT_EQ(totals.prompt, 20);
    EXPECT_EQ(totals.response, 8);
    EXPECT_EQ(totals.total, 28);
}

TEST(Turns, HandleIsAnnouncedAndItsLossOnce)
{
    TurnsHarness t;
    t.receive(R"({"sessionResumptionUpdate":{"newHandle":"h1","resumable":true}})");
    EXPECT_EQ(t.shown<ResumptionUpdated>(), "h1");
    t.now = 70;
    t.receive(R"({"sessionResumptionUpdate":{}})");
    t.receive(R"({"sessionResumptionUpdate":{}})");
    EXPECT_EQ(t.count<ResumptionUpdated>(), 2u);
    EXPECT_EQ(t.last<ResumptionUpdated>()->age_ms, 70);
}

// T23
TEST(Turns, MetricsHaveTheTokensOfTheTurn)
{
    TurnsHarness t;
    t.receive(R"({"usageMetadata":{"promptTokenCount":2,"totalTokenCount":2}})");
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"text":"Yes"}]}},"usageMetadata":{"responseTokenCount":1,"totalTokenCount":1}})");
    t.receive(R"({"serverContent":{"turnComplete":true},"usageMetadata":{"promptTokenCount":5,"responseTokenCount":3,"thoughtsTokenCount":4,"totalTokenCount":12}})");
    ASSERT_TRUE(t.last<TurnMetrics>()->tokens);
    EXPECT_EQ(t.last<TurnMetrics>()->tokens->prompt, 7);
    EXPECT_EQ(t.last<TurnMetrics>()->tokens->response, 4);
    EXPECT_EQ(t.last<TurnMetrics>()->tokens->thoughts, 4);
    EXPECT_EQ(t.last<TurnMetrics>()->tokens->total, 15);
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"text":"Well"}]},"turnComplete":true}})");
    EXPECT_FALSE(t.last<TurnMetrics>()->tokens) << "unknown, and those before are told";
}

}  // namespace
}  // namespace gemlive::dialogue::test
