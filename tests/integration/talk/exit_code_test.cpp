#include "process.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace {

int talk_alone(std::vector<std::string> arguments, std::string &errors,
               const std::vector<std::string> &environment = {})
{
    arguments.insert(arguments.begin(), GEMLIVE_BIN_DIR "/gemlive-talk");
    Process talk(arguments, Process::Input::nothing, environment);
    const int code = talk.wait();
    errors = talk.errors();
    EXPECT_EQ(talk.output().find("secret"), std::string::npos);
    EXPECT_EQ(errors.find("secret"), std::string::npos);
    return code;
}

}  // namespace

TEST(ExitCode, UsageErrorsAreTwoWithOneSentence)
{
    std::string errors;
    const std::vector<std::vector<std::string>> wrong = {{"--bogus"},
                                                         {"--in", "mic"},
                                                         {"--out", "speaker"},
                                                         {"--proxy", "http://127.0.0.1:1"},
                                                         {"--in", "/no/such/file.wav"},
                                                         {"--out", "/no/such/folder/out.wav"},
                                                         {"--script", "/no/such/script"},
                                                         {"--scenario", "/no/such/scenario"},
                                                         {"--tools", "/no/such/tools"},
                                                         {"--option", "no_such_option=1"},
                                                         {"--option", "temperature=hot"},
                                                         {"--url", "not a url"},
                                                         {"--ca-file", "/no/such/ca.pem"}};
    for (const auto &arguments : wrong) {
        EXPECT_EQ(talk_alone(arguments, errors), 2) << arguments.front();
        EXPECT_EQ(errors.rfind("gemlive-talk: ", 0), 0u) << errors;
        EXPECT_EQ(errors.find('\n'), errors.size() - 1) << errors;
    }
}

TEST(ExitCode, CheckJudgesALogWithoutTalking)
{
    const std::filesystem::path folder = testing::TempDir();
    const std::string scenario = write_file(folder / "check.json", R"({"expect": [{"event": "turn_finished"}]})");
    const std::string requested = R"({"event": "closed", "reason": "requested"})";
    const std::vector<std::pair<std::string, int>> logs = {
        {R"({"event": "turn_finished"})" "\n" + requested + "\n", 0},
        {requested + "\n", 1},                                     // what is expected has not come
        {R"({"event": "turn_finished"})" "\n", 1},                  // it did not close
        {R"({"event": "turn_finished"})" "\n" R"({"event": "closed", "reason": "fatal"})" "\n", 3},
        {"nonsense\n", 2}};
    std::string errors;
    for (const auto &[log, code] : logs) {
        const std::string file = write_file(folder / "check.log", log);
        EXPECT_EQ(talk_alone({"--scenario", scenario, "--check", file}, errors), code) << log << errors;
        EXPECT_EQ(errors.empty(), code == 0) << errors;
    }
    EXPECT_EQ(talk_alone({"--check", "x.log"}, errors), 2);
    EXPECT_NE(errors.find("needs --scenario"), std::string::npos) << errors;
}

TEST(ExitCode, HelpIsOnStdout)
{
    Process talk({GEMLIVE_BIN_DIR "/gemlive-talk", "--help"}, Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 0);
    for (const char *option :
         {"--url",      "--ca-file", "--api-key",  "--token",  "--access-token", "--vertex",   "--project",
          "--location", "--proxy",   "--model",    "--voice",  "--instructions", "--language", "--modality",
          "--tools",    "--setup",   "--option",   "--in",     "--out",          "--record",   "--play-rate",
          "--json",     "--script",  "--scenario", "--timeout"}) {
        EXPECT_NE(talk.output().find(option), std::string::npos) << option;
    }
}

TEST(ExitCode, AMissingKeyClosesUnasked)
{
    std::string errors;
    EXPECT_EQ(talk_alone({"--json", "--url", "wss://127.0.0.1:1"}, errors), 3);
}

TEST(ExitCode, ARefusedKeyClosesUnaskedAndIsNotShown)
{
    const Emulator emulator;
    std::string errors;
    EXPECT_EQ(talk_alone({"--json", "--url", emulator.url(), "--ca-file", (emulator.folder() / "ca.pem").string(),
                          "--api-key", "invalid-secret", "--script",
                          write_file(emulator.folder() / "s", R"({"do":"wait","event":{"event":"connected"}})")},
                         errors),
              3);
}

TEST(ExitCode, TheKeyIsTakenFromTheEnvironment)
{
    const Emulator emulator;
    std::string errors;
    EXPECT_EQ(talk_alone({"--json", "--url", emulator.url(), "--ca-file", (emulator.folder() / "ca.pem").string(),
                          "--script",
                          write_file(emulator.folder() / "s", R"({"do":"wait","event":{"event":"connected"}})")},
                         errors, {"GOOGLE_API_KEY=some-secret"}),
              0)
        << errors;
}

TEST(ExitCode, AFailedWaitIsOneAndEndsTheScript)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--json", "--script", "-"}), Process::Input::pipe);
    talk.write(R"({"do":"wait","event":{"event":"closed"},"timeout_ms":1})"
               "\n"
               R"({"do":"get_tools"})"
               "\n");
    talk.close_input();
    EXPECT_EQ(talk.wait(), 1);
    EXPECT_EQ(results(talk.lines(), "wait").at(0)["status"], "GEMLIVE_ERROR_TIMEOUT");
    EXPECT_TRUE(results(talk.lines(), "get_tools").empty());
    EXPECT_EQ(talk.lines().back()["event"], "closed");
    EXPECT_EQ(talk.lines().back()["reason"], "requested");
}

TEST(ExitCode, AFailedCommandIsOneButTheScriptGoesOn)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--json", "--script", "-"}), Process::Input::pipe);
    talk.write("{\"do\":\"pause\"}\n{\"do\":\"get_tools\"}\n");
    talk.close_input();
    EXPECT_EQ(talk.wait(), 1);
    EXPECT_EQ(results(talk.lines(), "pause").at(0)["status"], "GEMLIVE_ERROR_UNSUPPORTED");
    EXPECT_EQ(results(talk.lines(), "get_tools").at(0)["status"], "GEMLIVE_OK");
}

TEST(ExitCode, TheProgramsTimeoutClosesInOrder)
{
    const Emulator emulator;
    Process talk(emulator.talk({"--json", "--script", "-", "--timeout", "0.5"}), Process::Input::pipe);
    talk.write("{\"do\":\"wait\",\"event\":{\"event\":\"never\"},\"timeout_ms\":86400000}\n");
    EXPECT_EQ(talk.wait(), 1);
    EXPECT_EQ(results(talk.lines(), "wait").at(0)["status"], "GEMLIVE_ERROR_CANCELLED");
    EXPECT_EQ(talk.lines().back()["event"], "closed");
    EXPECT_EQ(talk.lines().back()["reason"], "requested");
}

TEST(ExitCode, ASignalClosesInOrderAndLeavesAWholeSoundFile)
{
    const Emulator emulator;
    const std::string out = (emulator.folder() / "out.wav").string();
    Process talk(emulator.talk({"--json", "--script", "-", "--out", out}), Process::Input::pipe);
    ASSERT_TRUE(talk.read_until("\"connected\"")) << talk.errors();
    talk.signal(SIGTERM);
    EXPECT_EQ(talk.wait(), 1);
    EXPECT_EQ(talk.lines().back()["event"], "closed");
    EXPECT_GE(std::filesystem::file_size(out), 44u);
}

TEST(ExitCode, NobodyReadingTheOutputEndsTheProgram)
{
    const Emulator emulator;
    std::string command;
    for (const std::string &argument : emulator.talk({"--json", "--script", "-"})) {
        command += "'" + argument + "' ";
    }
    Process shell({"/bin/sh", "-c", "{ " + command + "; echo \"code $?\" >&2; } | true"}, Process::Input::pipe);
    shell.wait();
    EXPECT_NE(shell.errors().find("code 1"), std::string::npos) << shell.errors();
}
