// Models that speak or write while they listen: live translation, live transcription.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char *translator = "models/gemini-3.5-live-translate-preview";
constexpr const char *transcriber = "models/gemini-3.5-transcribe-live";

const Json translate_setup = Json::parse(R"({"inputAudioTranscription": {}, "outputAudioTranscription": {},
    "generationConfig": {"responseModalities": ["AUDIO"], "translationConfig": {"targetLanguageCode": "es"}}})");
const Json transcribe_setup = Json::parse(R"({"inputAudioTranscription": {},
    "generationConfig": {"responseModalities": ["TEXT"]},
    "realtimeInputConfig": {"interimTranscriptTimestampEnabled": true}})");

Scenario heard_as(const std::string &transcript)
{
    return parse_scenario(R"({"emulator": {"transcripts": [")" + transcript + R"("]}})");
}

void speak(Theatre &theatre, int silence_ms)
{
    theatre.push(synthesise("Please book a table for two people this evening.", "slt"), output_rate);
    if (silence_ms > 0)
        theatre.push(std::vector<int16_t>(static_cast<size_t>(silence_ms) * 16));
}

TEST(Translation, TranscriptsNameTheirLanguages)
{
    Theatre theatre(heard_as("Please book a table."));
    theatre.connect();
    theatre.setup(translator, translate_setup);
    speak(theatre, 1000);
    theatre.pass(60'000);
    std::string input;
    for (const Json &message : theatre.wire->messages) {
        const Json content = message.value("serverContent", Json::object());
        if (content.contains("inputTranscription")) {
            input += content["inputTranscription"]["text"].get<std::string>();
            EXPECT_EQ(content["inputTranscription"]["languageCode"], "en");
        }
        if (content.contains("outputTranscription")) {
            EXPECT_EQ(content["outputTranscription"]["languageCode"], "es");
        }
    }
    EXPECT_EQ(input, " Please book a table.");
    EXPECT_EQ(theatre.output_transcript(), "Please book a table.");
    EXPECT_THAT(theatre.story(), Contains("audio"));
    EXPECT_EQ(theatre.count("generationComplete"), 0u);
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 0u);
    EXPECT_EQ(theatre.story().back(), "sessionResumptionUpdate");
}

TEST(Translation, TokensAreToldForEachSecondOfAudio)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(translator, translate_setup);
    for (int i = 0; i < 70; ++i)
        theatre.push(std::vector<int16_t>(800));
    EXPECT_EQ(theatre.count("empty+usageMetadata"), 3u) << "in three and a half seconds";
    const Json usage = theatre.find("usageMetadata");
    EXPECT_EQ(usage["promptTokenCount"], 25);
    EXPECT_EQ(usage["totalTokenCount"], 25);
    EXPECT_EQ(usage["promptTokensDetails"][0]["modality"], "TEXT");
    EXPECT_GT(usage["promptTokensDetails"][0]["tokenCount"], 25) << "details do not sum up to the count";
}

TEST(Translation, SpeaksOnWhileTheUserDoes)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(translator, translate_setup);
    speak(theatre, 1000);
    theatre.pass(300);
    speak(theatre, 1000);
    theatre.pass(60'000);
    EXPECT_EQ(theatre.count("interrupted"), 0u);
    EXPECT_THAT(theatre.output_transcript(), StartsWith("That was "));
}

TEST(Translation, TakesNoToolsAndNoInstructions)
{
    for (const char *extra : {R"({"tools": [{"functionDeclarations": [{"name": "f"}]}]})",
                              R"({"systemInstruction": {"parts": [{"text": "Be brief."}]}})"}) {
        Theatre theatre;
        theatre.connect();
        theatre.setup(translator, Json::parse(extra));
        EXPECT_EQ(theatre.wire->close_code, 1007);
    }
}

TEST(Transcription, HypothesesGrowAndTheFinalTextFollowsTheStreamsEnd)
{
    const std::string said = "Please book a table for two people this evening.";
    Theatre theatre(heard_as(said));
    theatre.connect();
    theatre.setup(transcriber, transcribe_setup);
    speak(theatre, 0);
    std::vector<std::string> interim;
    for (const Json &message : theatre.wire->messages) {
        const Json hypothesis = message.value("/serverContent/interimInputTranscription"_json_pointer, Json());
        if (hypothesis.is_object()) {
            interim.push_back(hypothesis["text"]);
            EXPECT_TRUE(hypothesis.contains("startOffset") && hypothesis.contains("endOffset"));
        }
    }
    ASSERT_GE(interim.size(), 3u);
    for (size_t i = 1; i < interim.size(); ++i)
        EXPECT_THAT(interim[i], StartsWith(interim[i - 1]));
    EXPECT_LT(interim.front().size(), interim.back().size());
    EXPECT_THAT(theatre.story(), Contains("empty+voiceActivity"));
    EXPECT_EQ(theatre.count("inputTranscription"), 0u);

    const size_t before = theatre.wire->messages.size();
    theatre.client(Json::parse(R"({"realtimeInput": {"audioStreamEnd": true}})"));
    theatre.pass(300);
    EXPECT_EQ(theatre.wire->messages.size(), before);
    theatre.pass(1000);
    ASSERT_EQ(theatre.wire->messages.size(), before + 3);
    EXPECT_EQ(theatre.wire->messages[before]["serverContent"]["inputTranscription"]["text"], said);
    EXPECT_EQ(theatre.wire->messages[before + 1].dump(), R"({"serverContent":{"generationComplete":true}})");
    EXPECT_EQ(theatre.wire->messages[before + 2]["voiceActivity"]["type"], "ACTIVITY_END");
    EXPECT_EQ(theatre.wire->messages[before + 2]["serverContent"], Json::object());
}

TEST(Transcription, TheNextUtteranceFollows)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(transcriber, transcribe_setup);
    for (int i = 0; i < 2; ++i) {
        speak(theatre, 0);
        theatre.client(Json::parse(R"({"realtimeInput": {"audioStreamEnd": true}})"));
        theatre.pass(60'000);
    }
    EXPECT_EQ(theatre.count("inputTranscription"), 2u);
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 0u);
    EXPECT_THAT(theatre.story(), Not(Contains("audio")));
}

TEST(Transcription, WritesTextOnly)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(transcriber, Json::parse(R"({"generationConfig": {"responseModalities": ["AUDIO"]}})"));
    EXPECT_EQ(theatre.wire->close_code, 1007);
}

}  // namespace
}  // namespace gemlive::emulator::test
