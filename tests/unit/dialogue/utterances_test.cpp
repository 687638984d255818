#include "dialogue/utterances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

std::string heard(const char *text)
{
    return std::string(R"({"serverContent":{"inputTranscription":{"text":")") + text + "\"}}}";
}

constexpr const char *reply = R"({"serverContent":{"modelTurn":{"parts":[{"text":"ok"}]}}})";
constexpr const char *turn_complete = R"({"serverContent":{"turnComplete":true}})";

const InputTranscript *final_transcript(TurnsHarness &t)
{
    const InputTranscript *const effect = t.last<InputTranscript>();
    return effect && effect->final ? effect : nullptr;
}

TEST(Utterances, PiecesJoinUntilTheGraceAfterTheAnswer)
{
    TurnsHarness t;
    t.receive(heard(" What"));
    t.receive(heard(" is"));
    t.receive(reply);
    t.receive(turn_complete);
    t.now = 900;
    t.receive(heard(" it?"));
    EXPECT_EQ(final_transcript(t), nullptr);
    t.turns.on_time(1000);
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->transcript, " What is it?");
    EXPECT_EQ(final_transcript(t)->piece, "");
    EXPECT_EQ(final_transcript(t)->utterance, 1u);
}

TEST(Utterances, TheServersFinishedCloses)
{
    TurnsHarness t;
    t.receive(heard("book"));
    t.receive(R"({"serverContent":{"inputTranscription":{"text":" a table","finished":true}}})");
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->piece, " a table");
    EXPECT_EQ(final_transcript(t)->transcript, "book a table");
}

TEST(Utterances, NextSpeechClosesTheOneBefore)
{
    TurnsHarness t;
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1s"}})");
    t.receive(heard("one"));
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"3s"}})");
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(t.last<SpeechStarted>()->utterance, 2u);
    EXPECT_EQ(t.last<SpeechStarted>()->offset_ms, 3000);
}

TEST(Utterances, InterruptionOfTheAnswerCloses)
{
    TurnsHarness t;
    t.receive(heard("tell me a story"));
    t.receive(reply);
    t.receive(R"({"serverContent":{"interrupted":true}})");
    ASSERT_NE(final_transcript(t), nullptr);
    t.receive(heard("stop"));  // what interrupted
    EXPECT_EQ(t.last<InputTranscript>()->utterance, 2u);
}

TEST(Utterances, TranscriptAfterTheAnswerBeganBelongsToIt)
{
    TurnsHarness t;
    t.turns.user_audio();
    t.receive(reply);
    t.receive(heard("late words"));
    t.receive(turn_complete);
    t.turns.on_time(1000);
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(t.count<TurnStarted>(), 1u);
}

TEST(Utterances, TranscriptAfterTheTurnReopensNothing)
{
    TurnsHarness t;
    t.turns.user_audio();
    t.receive(reply);
    t.receive(turn_complete);
    t.receive(heard("late words"));
    EXPECT_EQ(t.count<TurnStarted>(), 1u);
    t.turns.on_time(1000);
    EXPECT_NE(final_transcript(t), nullptr);
}

TEST(Utterances, InterimReplacesAndIsFollowedByTheFinal)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"interimInputTranscription":{"text":"book"}}})");
    t.receive(R"({"serverContent":{"interimInputTranscription":{"text":"book a table"}}})");
    EXPECT_TRUE(t.last<InputTranscript>()->interim);
    EXPECT_EQ(t.last<InputTranscript>()->transcript, "book a table");
    t.receive(R"({"serverContent":{"inputTranscription":{"text":"Book a table.","finished":true}}})");
    EXPECT_EQ(final_transcript(t)->transcript, "Book a table.");
    EXPECT_EQ(final_transcript(t)->utterance, 1u);
}

TEST(Utterances, WithoutTextOneClosesSilently)
{
    TurnsHarness t;
    t.turns.start_activity();
    t.turns.end_activity(10);
    t.turns.end(20);
    EXPECT_EQ(t.count<InputTranscript>(), 0u);
    EXPECT_EQ(t.last<SpeechStarted>()->source, SpeechSource::manual);
}

}  // namespace
}  // namespace gemlive::dialogue::test
