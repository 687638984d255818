#include "process.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

// All lines of a run of the script, which ends with the given code.
std::vector<Json> run(const Emulator &emulator, const std::string &script, int code,
                      std::vector<std::string> options = {})
{
    options.insert(options.begin(), {"--json", "--script", write_file(emulator.folder() / "script", script)});
    Process talk(emulator.talk(options), Process::Input::nothing);
    EXPECT_EQ(talk.wait(), code) << talk.output() << talk.errors();
    // Nothing else is on stdout: every line is JSON.
    const auto lines = talk.lines();
    EXPECT_EQ(static_cast<size_t>(std::count(talk.output().begin(), talk.output().end(), '\n')), lines.size());
    return lines;
}

}  // namespace

TEST(Script, ALineThatIsNotJsonIsAnsweredAndTheScriptGoesOn)
{
    const Emulator emulator;
    const auto lines = run(emulator, "nonsense\n\n[1]\n{\"do\":\"get_tools\"}\n", 1);
    const auto wrong = results(lines, "");
    ASSERT_EQ(wrong.size(), 2u);
    EXPECT_EQ(wrong[0]["status"], "GEMLIVE_ERROR_INVALID_ARGUMENT");
    EXPECT_EQ(wrong[0]["message"].get<std::string>().find("line 1 is not JSON"), 0u);
    EXPECT_EQ(wrong[1]["status"], "GEMLIVE_ERROR_INVALID_ARGUMENT");
    EXPECT_EQ(results(lines, "get_tools").at(0)["tools"], Json::array());
}

TEST(Script, EventsHaveNoGapsAndEndWithClosed)
{
    const Emulator emulator;
    const auto lines = run(emulator,
                           R"({"do":"send_text","text":"Hello"})"
                           "\n"
                           R"({"do":"wait","event":{"event":"turn_finished","reason":"completed"}})"
                           "\n",
                           0);
    EXPECT_EQ(results(lines, "send_text").at(0)["request"], "request-1");
    int64_t seq = 0;
    for (const Json &line : lines) {
        if (line.contains("event")) {
            EXPECT_EQ(line["seq"], ++seq);
        }
    }
    const auto finished = events(lines, "turn_finished");
    ASSERT_EQ(finished.size(), 1u);
    EXPECT_EQ(results(lines, "wait").at(0)["seq"], finished[0]["seq"]);
    EXPECT_EQ(lines.back()["event"], "closed");
}

TEST(Script, AWaitAfterClosedFailsAtOnce)
{
    const Emulator emulator;
    const auto lines = run(emulator,
                           R"({"do":"close"})"
                           "\n"
                           R"({"do":"wait","event":{"event":"closed"}})"
                           "\n"
                           R"({"do":"wait","event":{"event":"text"},"timeout_ms":86400000})"
                           "\n",
                           1);
    EXPECT_EQ(results(lines, "wait").at(0)["status"], "GEMLIVE_OK");
    EXPECT_EQ(results(lines, "wait").at(1)["status"], "GEMLIVE_ERROR_CLOSED");
}

TEST(Script, CommandsOfLaterVersionsAnswerUnsupported)
{
    const Emulator emulator;
    const auto lines =
        run(emulator,
            "{\"do\":\"pause\"}\n"
            "{\"do\":\"network_changed\"}\n{\"do\":\"no_such_command\"}\n",
            1);
    for (const char *name : {"pause", "network_changed"}) {
        EXPECT_EQ(results(lines, name).at(0)["status"], "GEMLIVE_ERROR_UNSUPPORTED") << name;
    }
    EXPECT_EQ(results(lines, "no_such_command").at(0)["status"], "GEMLIVE_ERROR_INVALID_ARGUMENT");
}

TEST(Script, ACloseStopsABackgroundPush)
{
    const Emulator emulator;
    const std::string tone = tone_file(emulator.folder() / "long.wav", 16000, 1, 2, 600'000);
    const auto lines = run(emulator,
                           R"({"do":"push_audio","background":true,"file":")" + tone + "\"}\n" +
                               R"({"do":"push_silence","ms":10})"
                               "\n"
                               R"({"do":"wait","event":{"event":"connected"}})"
                               "\n"
                               R"({"do":"close"})"
                               "\n"
                               R"({"do":"wait","event":{"event":"closed","reason":"requested"}})"
                               "\n",
                           1);
    EXPECT_EQ(results(lines, "push_audio").at(0)["status"], "GEMLIVE_OK");
    EXPECT_EQ(results(lines, "push_silence").at(0)["status"], "GEMLIVE_ERROR_INVALID_STATE");
    EXPECT_EQ(results(lines, "wait").at(1)["status"], "GEMLIVE_OK");
}

TEST(Script, TheEndOfInputWaitsForABackgroundPush)
{
    const Emulator emulator;
    const std::string tone = tone_file(emulator.folder() / "tone.wav", 16000, 1, 2, 1'000);
    run(emulator, R"({"do":"push_audio","background":true,"file":")" + tone + "\"}\n", 0);
    EXPECT_EQ(emulator.heard().size(), 16'000u);
}

TEST(Script, APictureIsTakenByWhatItsBytesSay)
{
    const Emulator emulator;
    const std::string jpeg =
        write_file(emulator.folder() / "picture.png", "\xFF\xD8\xFF\xE0 not much of a picture");
    const std::string text = write_file(emulator.folder() / "text.jpg", "no picture at all");
    const auto lines = run(emulator,
                           R"({"do":"wait","event":{"event":"connected"}})"
                           "\n"
                           R"({"do":"push_video","file":")" +
                               jpeg + "\"}\n" + R"({"do":"push_video","file":")" + text + "\"}\n" +
                               R"({"do":"push_video","file":"x","width":2,"height":2,"format":"rgb24"})"
                               "\n" R"({"do":"push_video","file":")" +
                               text + R"(","width":2,"height":2,"format":"rgb24"})"
                               "\n" R"({"do":"push_video","file":")" +
                               text + R"(","width":20,"height":2,"format":"rgb24"})"
                               "\n" R"({"do":"push_video","file":")" +
                               text + R"(","width":2,"height":2,"format":"rgb"})"
                               "\n",
                           1);
    const auto pushed = results(lines, "push_video");
    EXPECT_EQ(pushed.at(0)["status"], "GEMLIVE_OK") << pushed.at(0);
    EXPECT_EQ(pushed.at(1)["status"], "GEMLIVE_ERROR_INVALID_ARGUMENT");
    EXPECT_EQ(pushed.at(2)["message"], "cannot read 'x'");
    EXPECT_EQ(pushed.at(3)["status"], "GEMLIVE_OK") << pushed.at(3);
    EXPECT_EQ(pushed.at(4)["message"], "sizes[0] is 17; the rows of this plane take 120 bytes");
    EXPECT_EQ(pushed.at(5)["status"], "GEMLIVE_ERROR_INVALID_ARGUMENT");
}
