#include "process.hpp"

#include <gtest/gtest.h>

TEST(Conversation, AFileIsSpokenAndItsAnswerAwaited)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--json", "--in", speech_file()}), Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 0) << talk.errors();
    const auto finished = events(talk.lines(), "turn_finished");
    ASSERT_EQ(finished.size(), 1u) << talk.output();
    EXPECT_EQ(finished[0]["reason"], "completed");
    EXPECT_EQ(talk.lines().back()["reason"], "requested");
}

TEST(Conversation, ASilentServerIsWaitedForNoLongerThanTheReplyTimeout)
{
    const Emulator emulator(R"({"emulator": {"default": "silent"}, "server": []})");
    const std::string tone = tone_file(emulator.folder() / "tone.wav", 16000, 1, 2, 100);
    Process talk(emulator.talk({"--json", "--in", tone, "--option", "reply_timeout_ms=300"}),
                 Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 1);
    EXPECT_NE(talk.errors().find("no turn answered"), std::string::npos) << talk.errors();
    EXPECT_EQ(talk.lines().back()["reason"], "requested");
}

TEST(Conversation, WithoutVadTheFileIsOneActivity)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--json", "--in", speech_file(), "--option",
                                R"(realtime_input_config={"automaticActivityDetection":{"disabled":true}})"}),
                 Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 0) << talk.errors();
    EXPECT_EQ(events(talk.lines(), "speech_started").at(0)["source"], "manual");
    EXPECT_EQ(events(talk.lines(), "turn_finished").at(0)["reason"], "completed");
}

TEST(Conversation, PipedTextIsAnsweredForPeople)
{
    const Emulator emulator(
        R"({"server": [{"on": {"text": "swords"}, "do": [{"say": "I have three swords."}]}]})");
    Process talk(emulator.talk(), Process::Input::pipe);
    talk.write("Do you sell swords?\n");
    talk.close_input();
    EXPECT_EQ(talk.wait(), 0) << talk.errors();
    EXPECT_NE(talk.output().find("you    Do you sell swords?"), std::string::npos) << talk.output();
    EXPECT_NE(talk.output().find("model  I have three swords."), std::string::npos) << talk.output();
    EXPECT_EQ(talk.output().find('\033'), std::string::npos) << "colours are for terminals";
}

TEST(Conversation, ATypedLineIsARequestInJson)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--json"}), Process::Input::pipe);
    talk.write("Hello\n");
    ASSERT_TRUE(talk.read_until("\"turn_finished\"")) << talk.errors();
    talk.close_input();
    EXPECT_EQ(talk.wait(), 0) << talk.errors();
    EXPECT_EQ(results(talk.lines(), "send_text").at(0)["request"], "request-1");
}

TEST(Conversation, TheSessionsOwnEndEndsTheProgram)
{
    const Emulator emulator(
        R"({"server": [{"on": {"text": "bye"}, "do": [{"close": {"code": 1008, "reason": "no more"}}]},
        {"on": "upgrade", "times": 0, "connection": 2, "do": [{"refuse": 403}]}]})");
    Process talk(emulator.talk({"--json", "--option", "max_retries=0"}), Process::Input::pipe);
    talk.write("bye\n");
    EXPECT_EQ(talk.wait(), 3) << talk.output();
    EXPECT_NE(talk.lines().back()["reason"], "requested");
}
