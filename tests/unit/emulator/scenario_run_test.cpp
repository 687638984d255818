// Conversations that a scenario leads.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

using ::testing::HasSubstr;

constexpr const char *half_cascade = "models/gemini-live-2.5-flash-preview";
const Json transcripts = Json::parse(R"({"inputAudioTranscription": {}, "outputAudioTranscription": {}})");

TEST(ScenarioRun, RulesAnswerInPlaceOfSmallTalk)
{
    Theatre theatre(parse_scenario(R"({"server": [
        {"on": {"text": "weather"}, "do": [{"thought": "hm"}, {"say": "Rain."}]},
        {"on": "turn_complete", "do": [{"raw": {"futureThing": {"a": 1}}}]}]})"));
    theatre.connect();
    theatre.setup(half_cascade, transcripts);
    theatre.write("The WEATHER please");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.output_transcript(), "Rain.");
    EXPECT_EQ(theatre.count("thought"), 1u);
    EXPECT_EQ(theatre.story().back(), "futureThing");
    theatre.write("Something else");
    theatre.pass(60'000);
    EXPECT_THAT(theatre.output_transcript(), HasSubstr("Hello!"));
}

TEST(ScenarioRun, FailuresAreActions)
{
    const auto run = [](const std::string &action) {
        auto theatre =
            std::make_unique<Theatre>(parse_scenario(R"({"server": [{"on": "text", "do": [)" + action + "]}]}"));
        theatre->connect();
        theatre->setup(half_cascade);
        theatre->write("x");
        theatre->pass(5000);
        return theatre;
    };
    EXPECT_EQ(run(R"({"close": {"code": 1011, "reason": "Internal error encountered."}})")->wire->close_code,
              1011);
    EXPECT_EQ(run(R"({"close": 1005})")->wire->close_code, 1005);
    EXPECT_TRUE(run("\"reset\"")->wire->was_reset);
    EXPECT_TRUE(run("\"stall\"")->wire->stalled);
    EXPECT_TRUE(run("\"stop_reading\"")->wire->deaf);
    EXPECT_EQ(run(R"({"split": 7})")->wire->frame_bytes, 7u);
    EXPECT_EQ(run(R"({"raw": {"text": "no json"}})")->wire->texts.back(), "no json");
    const auto go_away = run(R"({"go_away": 1500})");
    EXPECT_EQ(go_away->find("goAway")["timeLeft"], "1.500s");
    EXPECT_EQ(go_away->wire->close_code, 1011);
    EXPECT_FALSE(run(R"({"go_away": {"time_left_ms": 1500, "close": false}})")->wire->close_code);
}

TEST(ScenarioRun, SetupCanBeIgnoredOrAnsweredLate)
{
    Theatre ignoring(parse_scenario(R"({"server": [{"on": "setup", "do": ["ignore_setup"]}]})"));
    ignoring.connect();
    ignoring.setup(half_cascade);
    ignoring.pass(60'000);
    EXPECT_TRUE(ignoring.wire->messages.empty());
    Theatre late(parse_scenario(R"({"server": [{"on": "setup", "do": [{"delay_ms": 5000}, "setup_complete"]}]})"));
    late.connect();
    late.setup(half_cascade);
    late.write("early");
    late.pass(3000);
    EXPECT_TRUE(late.wire->messages.empty());
    late.pass(60'000);
    EXPECT_EQ(late.story().front(), "setupComplete");
    EXPECT_EQ(late.story().back(), "turnComplete+usageMetadata");
}

TEST(ScenarioRun, CountersAndDelaysActAtTheirSample)
{
    Theatre theatre(parse_scenario(R"({"emulator": {"default": "silent"}, "server": [
        {"on": {"audio_samples": 1000}, "do": [
            {"delay_samples": 500}, {"delay_messages": 2}, {"text": "now"}]}]})"));
    theatre.connect();
    theatre.setup(half_cascade);
    theatre.push(std::vector<int16_t>(1400));
    theatre.push(std::vector<int16_t>(200));
    theatre.push(std::vector<int16_t>(10));
    theatre.pass(1000);
    EXPECT_EQ(theatre.count("text"), 0u);
    theatre.push(std::vector<int16_t>(10));
    EXPECT_EQ(theatre.count("text"), 1u);
}

TEST(ScenarioRun, AFailureCanStrikeInTheMiddleOfAReply)
{
    Theatre theatre(parse_scenario(R"({"server": [{"on": {"sent_audio_ms": 400}, "do": ["reset"]}]})"));
    theatre.connect();
    theatre.setup(half_cascade);
    theatre.write("x");
    theatre.pass(60'000);
    EXPECT_TRUE(theatre.wire->was_reset);
    size_t bytes = 0;
    for (const Json &message : theatre.wire->messages)
        bytes += message.value("/serverContent/modelTurn/parts/0/inlineData/data"_json_pointer, "").size() / 4 * 3;
    EXPECT_EQ(bytes, 9600u + 11520u) << "the chunk with which 400 ms were reached is the last";
}

}  // namespace
}  // namespace gemlive::emulator::test
