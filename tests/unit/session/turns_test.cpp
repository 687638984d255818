#include "session/turns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "turns_harness.hpp"

namespace gemlive::session::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char *audio =
    R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"AADoAxj8/38="}}]}}})";
constexpr const char *turn_complete = R"({"serverContent":{"turnComplete":true}})";
constexpr const char *interrupted = R"({"serverContent":{"interrupted":true}})";
constexpr const char *call = R"({"toolCall":{"functionCalls":[{"id":"c1","name":"price","args":{"item":"sword"}}]}})";

std::string words(const char *text)
{
    return std::string(R"({"serverContent":{"outputTranscription":{"text":")") + text + "\"}}}";
}

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
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "completed");
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("transcript"), "Hello");
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->turn, 1u);
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
                            "turn_finished", "usage", "turn_metrics"));
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
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "interrupted");
    EXPECT_EQ(t.last(delivery::EventType::dropped)->text_of("what"), "late_output");
    EXPECT_EQ(t.last(delivery::EventType::dropped)->number_of("amount"), 1);
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
    EXPECT_EQ(t.count(delivery::EventType::turn_finished), 0u);
    EXPECT_EQ(t.turns.next_deadline(), 3000);
    t.now = 3000;
    t.turns.on_time(t.now);
    EXPECT_EQ(t.count(delivery::EventType::turn_finished), 1u);
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
    EXPECT_EQ(t.last(delivery::EventType::interrupted)->turn, 1u);
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
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "interrupted");
    EXPECT_EQ(t.count(delivery::EventType::turn_finished), 1u);
}

TEST(Turns, ApplicationInterruptFinishesAtOnceAndDropsTheRest)
{
    TurnsHarness t;
    EXPECT_FALSE(t.turns.interrupt(false, t.now));
    t.receive(audio);
    t.take_names();
    EXPECT_TRUE(t.turns.interrupt(false, t.now));
    EXPECT_THAT(t.take_names(), ElementsAre("interrupted", "turn_finished", "turn_metrics"));
    t.receive(audio);
    EXPECT_THAT(t.take_names(), IsEmpty());
    t.receive(interrupted);
    EXPECT_THAT(t.take_names(), ElementsAre("dropped"));
    t.receive(turn_complete);
    EXPECT_THAT(t.take_names(), IsEmpty());
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
    EXPECT_EQ(t.last(delivery::EventType::tool_calls_cancelled)->text_of("origin"), "server");
    t.take_names();
    t.turns.connection_lost(t.now);
    EXPECT_EQ(t.count(delivery::EventType::tool_calls_cancelled), 0u);
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "lost");
}

TEST(Turns, CallWithoutIdGetsALocalOne)
{
    TurnsHarness t;
    t.receive(R"({"toolCall":{"functionCalls":[{"name":"f"},{"name":"g"}]}})");
    ASSERT_EQ(t.count(delivery::EventType::tool_call), 2u);
    EXPECT_NE(t.events[1]->text_of("call"), t.events[2]->text_of("call"));
    EXPECT_FALSE(t.events[1]->call_has_server_id);
    EXPECT_EQ(t.events[1]->arguments, "{}");
}

TEST(Turns, LossCancelsCallsThenEndsTheTurn)
{
    TurnsHarness t;
    t.receive(call);
    t.take_names();
    t.turns.connection_lost(t.now);
    EXPECT_THAT(t.take_names(), ElementsAre("tool_calls_cancelled", "turn_finished", "turn_metrics"));
}

TEST(Turns, LeavingAfterAllWasGeneratedLosesNothing)
{
    TurnsHarness t;
    t.receive(audio);
    t.receive(R"({"serverContent":{"generationComplete":true}})");
    t.turns.connection_left(t.now);
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "completed");
    t.receive(audio);
    t.turns.connection_left(t.now);
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "lost");
}

TEST(Turns, TriggerSaysWhoAsked)
{
    TurnsHarness t;
    const auto trigger = [&] {
        t.receive(audio);
        const std::string word = t.last(delivery::EventType::turn_started)->text_of("trigger");
        t.receive(turn_complete);
        return word;
    };
    EXPECT_EQ(trigger(), "server");
    t.turns.user_audio();
    EXPECT_EQ(trigger(), "user");
    EXPECT_EQ(trigger(), "server");
    t.turns.user_audio();
    t.turns.open_request(7, 0);
    EXPECT_EQ(trigger(), "user") << "a request that is not yet written has not been answered";
    t.turns.request_written(7, t.now);
    EXPECT_EQ(trigger(), "request");
    EXPECT_EQ(t.last(delivery::EventType::turn_started)->request, 7u);
    t.turns.tool_answered("x", false);
    EXPECT_EQ(trigger(), "tool");
}

TEST(Turns, AnswerThatContinuesTheTurnTriggersNoLaterOne)
{
    TurnsHarness t;
    t.receive(call);
    t.turns.tool_answered("c1", false);
    t.receive(audio);
    t.receive(turn_complete);
    t.turns.user_audio();
    t.receive(audio);
    EXPECT_EQ(t.last(delivery::EventType::turn_started)->text_of("trigger"), "user");
}

TEST(Turns, ProgressOfAToolLeavesItsCallOpen)
{
    TurnsHarness t;
    t.receive(call);
    t.turns.tool_answered("c1", true);
    EXPECT_TRUE(t.turns.has_open_calls());
    t.turns.tool_answered("c1", false);
    EXPECT_FALSE(t.turns.has_open_calls());
}

TEST(Turns, WrittenRequestFailsWithItsConnectionAnUnwrittenOneWaits)
{
    TurnsHarness t;
    t.turns.open_request(1, 0);
    t.turns.give_up_written_request();
    EXPECT_TRUE(t.turns.has_open_request());
    t.turns.request_written(1, 0);
    t.turns.give_up_written_request();
    EXPECT_EQ(t.last(delivery::EventType::reply_failed)->text_of("reason"), "lost");
}

TEST(Turns, NewerRequestSupersedesTheOlder)
{
    TurnsHarness t;
    EXPECT_EQ(t.turns.open_request(1, 0), 0u);
    EXPECT_EQ(t.turns.open_request(2, 0), 1u);
    ASSERT_NE(t.last(delivery::EventType::reply_failed), nullptr);
    EXPECT_EQ(t.last(delivery::EventType::reply_failed)->request, 1u);
    EXPECT_EQ(t.last(delivery::EventType::reply_failed)->text_of("reason"), "superseded");
}

TEST(Turns, RequestTimesOutFromItsWrittenFrame)
{
    TurnsHarness t;
    t.turns.open_request(1, 0);
    EXPECT_EQ(t.turns.next_deadline(), std::nullopt);
    t.turns.request_written(1, 500);
    t.turns.on_time(10'499);
    EXPECT_EQ(t.count(delivery::EventType::reply_failed), 0u);
    t.turns.on_time(10'500);
    ASSERT_EQ(t.count(delivery::EventType::reply_failed), 1u);
    EXPECT_FALSE(t.turns.has_open_request());
}

TEST(Turns, EndTellsEverythingStillOpenInOrder)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"inputTranscription":{"text":"hello"}}})");
    t.receive(call);
    t.turns.open_request(3, 0);
    t.take_names();
    t.turns.end(t.now);
    EXPECT_THAT(t.names(), ElementsAre("input_transcript", "tool_calls_cancelled", "turn_finished", "reply_failed"));
    EXPECT_EQ(t.last(delivery::EventType::turn_finished)->text_of("reason"), "closed");
}

TEST(Turns, OddBytesAreCarriedWithinATurn)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm","data":"NBL/"}}]}}})");
    t.receive(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm","data":"fw=="}}]}}})");
    ASSERT_EQ(t.count(delivery::EventType::audio), 2u);
    EXPECT_THAT(t.last(delivery::EventType::audio)->samples, ElementsAre(0x7FFF));
    EXPECT_EQ(t.last(delivery::EventType::audio)->offset_frames, 1);
}

TEST(Turns, SilenceInTheMiddleIsReportedOnce)
{
    TurnsHarness t;
    t.receive(audio);
    t.turns.on_time(10'000);
    t.turns.on_time(20'000);
    EXPECT_EQ(t.count(delivery::EventType::stalled), 1u);
    EXPECT_EQ(t.last(delivery::EventType::stalled)->number_of("silent_ms"), 10'000);
}

TEST(Turns, SilenceWhileAToolRunsIsNoStall)
{
    TurnsHarness t;
    t.receive(call);
    t.turns.on_time(60'000);
    EXPECT_EQ(t.count(delivery::EventType::stalled), 0u);
}

TEST(Turns, UnknownMembersBecomeServerMessages)
{
    TurnsHarness t;
    t.receive(R"({"futureThing":{"a":[1,{"b":null}]},"serverContent":{"newFlag":true}})");
    ASSERT_EQ(t.count(delivery::EventType::server_message), 2u);
    EXPECT_EQ(*t.events[0]->find("raw"), nlohmann::json::parse(R"({"futureThing":{"a":[1,{"b":null}]}})"));
}

TEST(Turns, UsageAddsUp)
{
    TurnsHarness t;
    for (int i = 0; i < 2; ++i) {
        t.receive(R"({"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":4,"totalTokenCount":14}})");
    }
    const nlohmann::json totals = *t.last(delivery::EventType::usage)->find("session_totals");
    EXPECT_EQ(totals["prompt_tokens"], 20);
    EXPECT_EQ(totals["response_tokens"], 8);
    EXPECT_EQ(totals["total_tokens"], 28);
}

TEST(Turns, HandleIsAnnouncedAndItsLossOnce)
{
    TurnsHarness t;
    t.receive(R"({"sessionResumptionUpdate":{"newHandle":"h1","resumable":true}})");
    EXPECT_EQ(t.last(delivery::EventType::resumption_updated)->resumption_handle, "h1");
    EXPECT_EQ(t.last(delivery::EventType::resumption_updated)->json().find("h1"), std::string::npos);
    t.now = 70;
    t.receive(R"({"sessionResumptionUpdate":{}})");
    t.receive(R"({"sessionResumptionUpdate":{}})");
    EXPECT_EQ(t.count(delivery::EventType::resumption_updated), 2u);
    EXPECT_EQ(t.last(delivery::EventType::resumption_updated)->number_of("age_ms"), 70);
}

}  // namespace
}  // namespace gemlive::session::test
