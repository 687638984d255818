#include "process.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace {

constexpr const char *tools = R"([{"functionDeclarations": [{"name": "get_weather", "parameters":
    {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}}}]}])";

}  // namespace

TEST(ByHand, AConversationOnATerminal)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--tools", write_file(emulator.folder() / "tools.json", tools)}),
                 Process::Input::terminal);
    ASSERT_TRUE(talk.read_until("connected")) << talk.output();
    // A mistyped letter is taken back before the line is sent.
    talk.write("Hellp\x7fo there\n");
    ASSERT_TRUE(talk.read_until("Hello there")) << talk.output();
    ASSERT_TRUE(talk.read_until("get_weather")) << talk.output();
    ASSERT_TRUE(talk.read_until("answer with /answer")) << talk.output();
    talk.write("/answer not json\n");
    ASSERT_TRUE(talk.read_until("is not JSON")) << talk.output();
    talk.write("/answer {\"sky\": \"blue\"}\n");
    ASSERT_TRUE(talk.read_until("-> {\"sky\":\"blue\"}")) << talk.output();
    ASSERT_TRUE(talk.read_until("sky is blue")) << talk.output();
    ASSERT_TRUE(talk.read_until("first audio after")) << talk.output();
    talk.write("/help\n");
    ASSERT_TRUE(talk.read_until("/interrupt")) << talk.output();
    talk.write("/quit\n");
    EXPECT_EQ(talk.wait(), 0) << talk.output();
    EXPECT_NE(talk.output().find("closed"), std::string::npos);
}

TEST(ByHand, AReplyIsStopped)
{
    const Emulator emulator(
        R"({"server": [{"on": {"text": "story"}, "do": [{"say":
            "Once upon a time there was a smith who lived by the river, and each day he lit the fire."}]}]})");
    Process talk(emulator.talk(), Process::Input::terminal);
    ASSERT_TRUE(talk.read_until("connected")) << talk.output();
    talk.write("a story\n");
    ASSERT_TRUE(talk.read_until("Once upon")) << talk.output();
    talk.write("/interrupt\n");
    ASSERT_TRUE(talk.read_until("you stopped it")) << talk.output();
    talk.write("\x04");
    EXPECT_EQ(talk.wait(), 0) << talk.output();
}

TEST(ByHand, ControlCClosesInOrder)
{
    const Emulator emulator;
    Process talk(emulator.talk(), Process::Input::terminal);
    ASSERT_TRUE(talk.read_until("connected")) << talk.output();
    talk.write("half a sent\x03");
    EXPECT_EQ(talk.wait(), 0) << talk.output();
    EXPECT_NE(talk.output().find("closed"), std::string::npos);
}
