#include "dialogue/utterances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "messages.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

constexpr const char *reply = R"({"serverContent":{"modelTurn":{"parts":[{"text":"ok"}]}}})";

const InputTranscript *final_transcript(TurnsHarness &t)
{
    const InputTranscript *const effect = t.last<InputTranscript>();
    return effect && effect->final ? effect : nullptr;
}

TEST(Utterances, WordsAreFinalAtTheEndOfTheAnswerAtTheLatest)
{
    TurnsHarness t;
    t.receive(heard("What"));
    t.receive(heard(" is it?"));
    t.receive(reply);
    EXPECT_EQ(final_transcript(t), nullptr);
    t.receive(turn_complete);
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->transcript, "What is it?");
    EXPECT_EQ(final_transcript(t)->piece, "");
    EXPECT_EQ(final_transcript(t)->utterance, 1u);
}

TEST(Utterances, WordsAreFinalSoonAfterTheAnswerBegan)
{
    TurnsHarness t;
    t.receive(heard("What is"));
    t.now = 500;
    t.receive(reply);
    t.now = 900;
    t.receive(heard(" it?"));
    t.wait_until(1499);
    EXPECT_EQ(final_transcript(t), nullptr);
    t.wait_until(1500);
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->transcript, "What is it?");
}

TEST(Utterances, WordsAreFinalSoonAfterTheSpeech)
{
    TurnsHarness t;
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1s"}})");
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_END","audioOffset":"2s"}})");
    t.wait_until(5000);
    EXPECT_EQ(t.count<InputTranscript>(), 0u) << "not before there are words";
    t.receive(heard("one"));
    t.wait_until(5900);
    t.receive(heard(" two"));
    t.wait_until(6899);
    EXPECT_EQ(final_transcript(t), nullptr);
    t.wait_until(6900);
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->transcript, "one two");
}

TEST(Utterances, WhatComesLaterCorrects)
{
    TurnsHarness t;
    t.receive(heard("What is"));
    t.receive(reply);
    t.receive(turn_complete);
    t.now = 900;
    t.receive(heard(" it?"));
    const InputTranscript *late = t.last<InputTranscript>();
    EXPECT_TRUE(late->correction);
    EXPECT_FALSE(late->final) << "there is one final transcript of an utterance";
    EXPECT_EQ(late->utterance, 1u);
    EXPECT_EQ(late->piece, " it?");
    EXPECT_EQ(late->transcript, "What is it?");
    t.wait_until(3000);
    t.receive(heard("And now?"));
    EXPECT_EQ(t.last<InputTranscript>()->utterance, 2u);
    EXPECT_FALSE(t.last<InputTranscript>()->correction);
}

TEST(Utterances, WhereSpeechIsSignalledOnlyTheNextSpeechIsAnother)
{
    TurnsHarness t;
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1s"}})");
    t.receive(heard("one"));
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_END","audioOffset":"2s"}})");
    t.wait_until(1000);
    ASSERT_NE(final_transcript(t), nullptr);
    t.now = 2500;
    t.receive(heard(" two"));
    EXPECT_TRUE(t.last<InputTranscript>()->correction);
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"4s"}})");
    t.receive(heard("three"));
    EXPECT_EQ(t.last<InputTranscript>()->utterance, 2u);
    EXPECT_EQ(t.last<InputTranscript>()->transcript, "three");
}

// U12
TEST(Utterances, VoiceInTheMicrophoneBeginsAndEndsOneWhereTheServerSaysNothing)
{
    TurnsHarness t;
    t.turns.voice_started(120, t.now = 200);
    t.turns.voice_stopped(900, t.now = 1500);
    t.turns.voice_started(1700, t.now = 1800);  // he goes on
    t.receive(heard("What is"));
    t.turns.voice_stopped(2500, t.now = 3100);
    t.receive(heard(" it?"));
    EXPECT_EQ(t.names(), (std::vector<std::string>{"speech_started", "speech_stopped", "speech_started", "input_transcript",
                                                   "speech_stopped", "input_transcript"}));
    EXPECT_EQ(t.last<SpeechStarted>()->source, SpeechSource::local);
    EXPECT_EQ(t.last<SpeechStarted>()->utterance, 1u);
    EXPECT_EQ(t.last<SpeechStarted>()->offset_ms, 1700);
    EXPECT_EQ(t.last<SpeechStopped>()->utterance, 1u);
    t.wait_until(4100);
    ASSERT_NE(final_transcript(t), nullptr) << "U7";
    EXPECT_EQ(final_transcript(t)->transcript, "What is it?");
    t.receive(reply);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 1u);
}

TEST(Utterances, VoiceWithoutWordsIsForgottenByTheNext)
{
    TurnsHarness t;
    t.turns.voice_started(100, t.now = 200);
    t.turns.voice_stopped(200, t.now = 900);
    t.turns.voice_started(2000, t.now = 2100);
    EXPECT_EQ(t.last<SpeechStarted>()->utterance, 2u);
    t.receive(heard("Hello"));
    EXPECT_EQ(t.last<InputTranscript>()->utterance, 2u);
}

TEST(Utterances, LateWordsOfTheQuestionAreNotThoseOfTheVoiceThatInterrupts)
{
    TurnsHarness t;
    t.turns.user_audio();
    t.turns.voice_started(100, t.now = 200);
    t.turns.voice_stopped(900, t.now = 1500);
    t.receive(reply);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 1u);
    t.turns.voice_started(1700, t.now = 1800);
    EXPECT_EQ(t.last<SpeechStarted>()->utterance, 2u);
    t.receive(heard("What is it?"));
    EXPECT_EQ(t.last<InputTranscript>()->utterance, 1u);
    t.receive(R"({"serverContent":{"interrupted":true}})");
    EXPECT_EQ(final_transcript(t)->utterance, 1u);
    t.receive(heard("Stop."));
    EXPECT_EQ(t.last<InputTranscript>()->utterance, 2u);
    t.turns.voice_stopped(2500, t.now = 3100);
    EXPECT_EQ(t.last<SpeechStopped>()->utterance, 2u);
    t.receive(turn_complete);
    t.receive(reply);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 2u);
}

// U11
TEST(Utterances, WhatTheServerTellsTooIsToldOnce)
{
    const char *const start = R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1s"}})";
    const char *const end = R"({"voiceActivity":{"type":"ACTIVITY_END","audioOffset":"2s"}})";
    using Names = std::vector<std::string>;
    TurnsHarness t;
    t.turns.voice_started(1000, t.now = 1100);
    t.receive(start);
    t.turns.voice_stopped(2000, t.now = 2600);  // from here on the server tells
    EXPECT_EQ(t.take_names(), Names{"speech_started"});
    t.receive(end);
    EXPECT_EQ(t.last<SpeechStopped>()->source, SpeechSource::server);
    EXPECT_EQ(t.take_names(), Names{"speech_stopped"});
    t.turns.voice_started(4000, t.now = 4100);
    EXPECT_EQ(t.take_names(), Names{});
    t.receive(start);
    EXPECT_EQ(t.take_names(), Names{"speech_started"});
    t.turns.connection_lost(t.now);  // the next server may tell nothing
    t.turns.voice_started(6000, t.now = 6100);
    EXPECT_EQ(t.take_names(), Names{"speech_started"});
    t.turns.voice_stopped(7000, t.now = 7600);
    t.receive(start);
    t.receive(end);
    EXPECT_EQ(t.take_names(), Names{"speech_stopped"});
}

TEST(Utterances, ServerThatIsExpectedToTellIsWaitedForUntilItAnswersWithoutASign)
{
    TurnRules rules;
    rules.server_tells_speech = true;
    TurnsHarness t(rules);
    t.turns.user_audio();
    t.turns.voice_started(1000, t.now = 1100);
    t.turns.voice_stopped(2000, t.now = 2600);
    EXPECT_EQ(t.names(), std::vector<std::string>{});
    t.receive(reply);
    t.receive(turn_complete);
    t.wait_until(4000);
    t.take_names();
    t.turns.voice_started(4000, t.now = 4100);
    EXPECT_EQ(t.take_names(), std::vector<std::string>{"speech_started"});
}

// U10
TEST(Utterances, SpeechWhoseEndWasLostWithItsConnectionIsOverThere)
{
    TurnsHarness t;
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1s"}})");
    EXPECT_TRUE(t.turns.user_speaks());
    t.turns.connection_lost(t.now);
    EXPECT_FALSE(t.turns.user_speaks());
    t.turns.start_activity(SpeechSource::manual, std::nullopt, t.now);
    t.turns.connection_lost(t.now);
    EXPECT_TRUE(t.turns.user_speaks()) << "the application has not ended it";
}

TEST(Utterances, InterimWordsThatAreNeverReplacedAreKept)
{
    TurnsHarness t;
    t.receive(heard("Book"));
    t.receive(R"({"serverContent":{"interimInputTranscription":{"text":" a table"}}})");
    EXPECT_EQ(t.last<InputTranscript>()->transcript, "Book a table");
    t.receive(reply);
    t.receive(turn_complete);
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->transcript, "Book a table");
    t.receive(R"({"serverContent":{"interimInputTranscription":{"text":"only guessed"}}})");
    t.turns.end(t.now);
    EXPECT_TRUE(t.last<InputTranscript>()->correction) << "what came soon after the end of the answer";
    EXPECT_EQ(t.last<InputTranscript>()->transcript, "Bookonly guessed");
}

TEST(Utterances, FinishedWithoutTextKeepsTheInterimWords)
{
    TurnsHarness t;
    t.receive(R"({"serverContent":{"interimInputTranscription":{"text":"a table"}}})");
    t.receive(R"({"serverContent":{"inputTranscription":{"finished":true}}})");
    ASSERT_NE(final_transcript(t), nullptr);
    EXPECT_EQ(final_transcript(t)->transcript, "a table");
}

TEST(Utterances, LeadingBlanksAreDropped)
{
    TurnsHarness t;
    t.receive(heard("  "));
    EXPECT_EQ(t.count<InputTranscript>(), 0u);
    t.receive(heard(" What"));
    EXPECT_EQ(t.last<InputTranscript>()->piece, "What");
    t.receive(heard(" is it?"));
    EXPECT_EQ(t.last<InputTranscript>()->piece, " is it?");
    EXPECT_EQ(t.last<InputTranscript>()->transcript, "What is it?");
    t.receive(R"({"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"4s"}})");
    t.receive(R"({"serverContent":{"interimInputTranscription":{"text":" next"}}})");
    EXPECT_EQ(t.last<InputTranscript>()->transcript, "next");
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

TEST(Utterances, WordsAfterATurnThatNobodySpokeForAreNew)
{
    TurnsHarness t;
    t.receive(reply);
    t.receive(turn_complete);
    t.receive(heard("Who is there?"));
    t.receive(reply);
    EXPECT_EQ(t.last<TurnStarted>()->utterance, 1u);
}

// The time counts from the piece before, not from the end of the transcript.
TEST(Utterances, LateTranscriptThatComesInPiecesStaysOne)
{
    TurnsHarness t;
    t.turns.user_audio();
    t.receive(heard("a"));
    t.receive(audio);
    t.receive(turn_complete);
    const uint64_t utterance = t.last<InputTranscript>()->utterance;
    for (const int64_t now : {400, 800, 1200}) {
        t.now = now;
        t.turns.on_time(now);
        t.receive(heard("b"));
        EXPECT_EQ(t.last<InputTranscript>()->utterance, utterance) << now;
    }
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
    t.turns.start_activity(SpeechSource::manual, std::nullopt, t.now);
    t.turns.end_activity(SpeechSource::manual, std::nullopt, 10);
    t.turns.end(20);
    EXPECT_EQ(t.count<InputTranscript>(), 0u);
    EXPECT_EQ(t.last<SpeechStarted>()->source, SpeechSource::manual);
}

}  // namespace
}  // namespace gemlive::dialogue::test
