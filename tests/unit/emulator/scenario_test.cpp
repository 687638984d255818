#include "scenario.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gemlive::emulator {
namespace {

using ::testing::HasSubstr;

std::string error_of(const std::string &text)
{
    try {
        parse_scenario(text);
    } catch (const ScenarioError &error) {
        return error.what();
    }
    return {};
}

TEST(Scenario, ReadsShortAndLongForms)
{
    const Scenario scenario = parse_scenario(R"({
        "about": "both",
        "emulator": {"speed": 4, "default": "silent", "transcripts": ["Hello."]},
        "server": [
            {"on": "setup", "do": []},
            {"on": {"text": "Weather"}, "times": 0, "connection": 2,
             "do": [{"say": "One moment."}, {"call": {"name": "f", "args": {"a": 1}}}, "turn_complete",
                    {"raw": {"setupComplete": {}}}, {"usage": {"promptTokenCount": 1}}]},
            {"on": {"audio_samples": 16000}, "do": [{"close": {"code": 1011, "reason": "x"}}]}]})");
    EXPECT_EQ(scenario.about, "both");
    EXPECT_EQ(scenario.settings.speed, 4);
    EXPECT_FALSE(scenario.settings.answers);
    ASSERT_EQ(scenario.rules.size(), 3u);
    EXPECT_EQ(scenario.rules[0].times, 1);
    const Rule &rule = scenario.rules[1];
    EXPECT_EQ(rule.on.kind, "text");
    EXPECT_EQ(rule.on.match, "Weather");
    EXPECT_EQ(rule.connection, 2);
    EXPECT_EQ(rule.times, 0);
    ASSERT_EQ(rule.actions.size(), 5u);
    EXPECT_EQ(rule.actions[0].with["text"], "One moment.");
    EXPECT_EQ(rule.actions[1].with["calls"][0]["args"]["a"], 1);
    EXPECT_TRUE(rule.actions[3].with["message"].contains("setupComplete"));
    EXPECT_EQ(rule.actions[4].with["metadata"]["promptTokenCount"], 1);
    EXPECT_EQ(scenario.rules[2].on.number, 16000);
}

TEST(Scenario, SaysWhereItIsWrongAndWhatIsAllowed)
{
    EXPECT_THAT(error_of("nonsense"), HasSubstr("no JSON"));
    EXPECT_THAT(error_of(R"({"servers": []})"), HasSubstr("$.servers: is unknown; allowed here: about"));
    EXPECT_THAT(error_of(R"({"emulator": {"spede": 2}})"), HasSubstr("$.emulator.spede: is unknown"));
    EXPECT_THAT(error_of(R"({"emulator": {"speed": "fast"}})"), HasSubstr("$.emulator.speed: has to be a number"));
    EXPECT_THAT(error_of(R"({"emulator": {"profile": "9"}})"), HasSubstr("there are: "));
    EXPECT_THAT(error_of(R"({"emulator": {"default": "loud"}})"), HasSubstr("small_talk, silent"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "setup"}]})"), HasSubstr("$.server[0]: lacks \"do\""));
    EXPECT_THAT(error_of(R"({"server": [{"on": "sunrise", "do": []}]})"),
                HasSubstr("$.server[0].on: \"sunrise\" is no trigger; there are: activity_end"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [{"shout": "x"}]}]})"),
                HasSubstr("$.server[0].do[0]: \"shout\" is no action"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [{"say": 3}]}]})"),
                HasSubstr("$.server[0].do[0].say: has to be a text, is number"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": ["say"]}]})"), HasSubstr("needs a value"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [{"say": {"text": "x", "volume": 3}}]}]})"),
                HasSubstr("$.server[0].do[0].say.volume: is unknown"));
    EXPECT_THAT(error_of(R"({"server": [{"on": {"audio_samples": "many"}, "do": []}]})"),
                HasSubstr("$.server[0].on.audio_samples: has to be a whole number"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [{"call": {"args": {}}}]}]})"),
                HasSubstr("$.server[0].do[0].call[0]: lacks \"name\""));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [{"close": {"code": 99}}]}]})"),
                HasSubstr("between 1000 and 4999"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [{"refuse": 403}]}]})"),
                HasSubstr("\"on\": \"upgrade\""));
    EXPECT_THAT(error_of(R"({"server": [{"on": "upgrade", "do": [{"say": "x"}]}]})"),
                HasSubstr("before the upgrade"));
    EXPECT_THAT(error_of(R"({"server": [{"on": "text", "do": [], "connection": 0}]})"),
                HasSubstr("counts from 1"));
    EXPECT_THAT(error_of(R"({"client": [3]})"), HasSubstr("$.client[0]: has to be an object"));
    EXPECT_THAT(error_of(R"({"session": []})"), HasSubstr("$.session"));
}

TEST(Scenario, AllOfTheProjectLoad)
{
    const std::filesystem::path folder = GEMLIVE_SOURCE_DIR "/tests/scenarios";
    ASSERT_TRUE(std::filesystem::is_directory(folder));
    int files = 0;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json")
            continue;
        ++files;
        EXPECT_NO_THROW(load_scenario(entry.path().string())) << entry.path();
    }
    EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace gemlive::emulator
