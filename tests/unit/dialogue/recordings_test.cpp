// Runs the turn rules over recordings of the real service and of the emulator, without a socket.
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "../protocol/shared_data.hpp"
#include "turns_harness.hpp"

namespace gemlive::dialogue::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

const json *member(const json &object, const char *camel, const char *snake)
{
    const auto found = object.find(object.contains(camel) ? camel : snake);
    return found == object.end() ? nullptr : &*found;
}

void play_client(TurnsHarness &t, const json &message)
{
    if (const json *input = member(message, "realtimeInput", "realtime_input")) {
        if (input->contains("audio") || member(*input, "mediaChunks", "media_chunks")) {
            t.turns.user_audio();
        }
    }
    if (const json *answer = member(message, "toolResponse", "tool_response")) {
        if (const json *responses = member(*answer, "functionResponses", "function_responses")) {
            for (const json &response : *responses) {
                t.turns.tool_answered(response.value("id", ""), false, t.now);
            }
        }
    }
}

struct Sum {
    int64_t samples = 0;
    std::string words;
    int64_t calls = 0;
};

// What facts.json, computed by position and without any code of ours, says of all turns together.
Sum sum_of(const json &facts)
{
    Sum sum;
    for (const json &turn : facts["turns"]) {
        sum.samples += turn["audio"]["samples"].get<int64_t>();
        sum.words += turn["output_transcript"].get<std::string>();
        sum.calls += static_cast<int64_t>(turn["function_calls"].size());
    }
    return sum;
}

void check(const fs::path &file, const json &facts)
{
    SCOPED_TRACE(file.filename().string());
    TurnsHarness t;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const json entry = json::parse(line);
        t.now += 10;
        if (entry["dir"] == "client") {
            t.now += 2000;  // people and programs take their time
            play_client(t, entry["json"]);
        } else {
            t.receive(entry["json"].dump());
            EXPECT_FALSE(t.error) << t.error.message;
        }
    }
    t.turns.end(t.now);

    std::map<uint64_t, int> started;
    std::map<uint64_t, int> finished;
    Sum sum;
    const auto runs = [&](uint64_t turn) { return started.contains(turn) && !finished.contains(turn); };
    for (const auto &[effect, text] : t.kept()) {
        if (const auto *start = std::get_if<TurnStarted>(&effect)) {
            EXPECT_EQ(start->turn, started.size() + 1) << "turns are numbered in order";
            ++started[start->turn];
        } else if (const auto *end = std::get_if<TurnFinished>(&effect)) {
            ++finished[end->turn];
        } else if (const auto *audio = std::get_if<Audio>(&effect)) {
            EXPECT_TRUE(runs(audio->turn));
            sum.samples += static_cast<int64_t>(audio->frames);
        } else if (const auto *words = std::get_if<OutputTranscript>(&effect)) {
            EXPECT_TRUE(runs(words->turn));
            sum.words += text;
        } else if (const auto *call = std::get_if<ToolCallOpened>(&effect)) {
            EXPECT_TRUE(runs(call->turn));
            ++sum.calls;
        } else if (const auto *written = std::get_if<Text>(&effect)) {
            EXPECT_TRUE(runs(written->turn));
        } else if (const auto *thought = std::get_if<Thought>(&effect)) {
            EXPECT_TRUE(runs(thought->turn));
        }
    }
    EXPECT_EQ(started, finished) << "one start and one end for each turn";
    for (const auto &[turn, times] : started) {
        EXPECT_EQ(times, 1) << "turn " << turn;
    }
    const Sum expected = sum_of(facts);
    EXPECT_EQ(sum.samples, expected.samples);
    EXPECT_EQ(sum.words, expected.words);
    EXPECT_EQ(sum.calls, expected.calls);
}

void check_all(const fs::path &folder)
{
    const json facts = protocol::test::load(folder / "facts.json");
    int files = 0;
    for (const auto &entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().stem().string();
        if (entry.path().extension() == ".jsonl" && facts.contains(name)) {
            check(entry.path(), facts[name]);
            ++files;
        }
    }
    EXPECT_GT(files, 0);
}

TEST(TurnsOnRecordings, EachTurnStartsAndEndsOnceAndNothingIsLost)
{
    const fs::path folder = testing::data_folder() / "recordings";
    GEMLIVE_REQUIRE_DATA(folder);
    check_all(folder);
}

TEST(TurnsOnEmulatorRecordings, EachTurnStartsAndEndsOnceAndNothingIsLost)
{
    check_all(fs::path(GEMLIVE_SOURCE_DIR) / "tests" / "recordings");
}

}  // namespace
}  // namespace gemlive::dialogue::test
