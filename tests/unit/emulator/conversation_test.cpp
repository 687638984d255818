#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char *half_cascade = "models/gemini-live-2.5-flash-preview";
constexpr const char *native = "models/gemini-2.5-flash-native-audio-preview-12-2025";
constexpr const char *flash_31 = "models/gemini-3.1-flash-live-preview";
constexpr const char *live_38 = "models/gemini-3.8-live";
constexpr const char *on_vertex = "projects/p/locations/l/publishers/google/models/gemini-live-2.5-flash";

const Json transcripts = Json::parse(R"({"inputAudioTranscription": {}, "outputAudioTranscription": {}})");

Json with_tool(const char *behavior = nullptr)
{
    Json extra = transcripts;
    Json function = Json::parse(R"({"name": "get_weather", "description": "d", "parameters": {"type": "OBJECT",
        "properties": {"city": {"type": "STRING"}, "days": {"type": "INTEGER", "minimum": 2}},
        "required": ["city", "days"]}})");
    if (behavior != nullptr)
        function["behavior"] = behavior;
    extra["tools"][0]["functionDeclarations"][0] = function;
    return extra;
}

Json tool_answer(const std::string &id, const char *more = "{}")
{
    Json response = Json::parse(more);
    response["id"] = id;
    response["name"] = "get_weather";
    response["response"]["output"] = "It is sunny";
    Json message;
    message["toolResponse"]["functionResponses"][0] = response;
    return message;
}

std::string call_id(const Theatre &theatre)
{
    return theatre.find("toolCall")["functionCalls"][0].value("id", "");
}

TEST(Conversation, IsSilentUnasked)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade);
    theatre.push(std::vector<int16_t>(16000 * 5));
    theatre.pass(60'000);
    EXPECT_THAT(theatre.story(), ElementsAre("setupComplete"));
    EXPECT_EQ(theatre.wire->texts[0], "{\n  \"setupComplete\": {}\n}\n");
    EXPECT_TRUE(theatre.wire->binaries[0]);
}

TEST(Conversation, AnswersTextWithAGreeting)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, transcripts);
    theatre.write("Do you sell swords?");
    theatre.pass(60'000);
    EXPECT_THAT(theatre.output_transcript(), StartsWith("Hello!"));
    EXPECT_EQ(theatre.story().back(), "turnComplete+usageMetadata");
    EXPECT_EQ(theatre.count("generationComplete"), 1u);
    theatre.write("And shields?");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 2u);
}

TEST(Conversation, TurnCompleteComesWhenPlaybackWouldEnd)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade);
    theatre.write("hi");
    theatre.pass(300);
    EXPECT_EQ(theatre.count("generationComplete"), 0u);
    int64_t audio_ms = 0;
    int64_t generated_at = 0;
    for (int64_t ms = 0; ms < 60'000 && theatre.count("turnComplete+usageMetadata") == 0; ms += 10) {
        theatre.pass(10);
        if (generated_at == 0 && theatre.count("generationComplete") == 1)
            generated_at = ms;
    }
    for (const Json &message : theatre.wire->messages) {
        const auto data = message.value("/serverContent/modelTurn/parts/0/inlineData/data"_json_pointer, "");
        audio_ms += static_cast<int64_t>(data.size() / 4 * 3 / 48);
    }
    ASSERT_GT(audio_ms, 1000);
    EXPECT_LT(generated_at, audio_ms / 3);
    EXPECT_NEAR(static_cast<double>(theatre.timeline.now().count()) / 1000,
                1000.0 + 250 + static_cast<double>(audio_ms), 100);
}

TEST(Conversation, ChunksAreThoseOfTheFamily)
{
    const auto sizes = [](const char *model, const char *url) {
        Theatre theatre;
        theatre.connect(url);
        theatre.setup(model);
        theatre.write("hi");
        theatre.pass(60'000);
        std::vector<size_t> bytes;
        for (const Json &message : theatre.wire->messages) {
            const auto data = message.value("/serverContent/modelTurn/parts/0/inlineData/data"_json_pointer, "");
            if (!data.empty())
                bytes.push_back(data.size() / 4 * 3 -
                                static_cast<size_t>(std::count(data.begin(), data.end(), '=')));
        }
        bytes.resize(3);
        return bytes;
    };
    EXPECT_THAT(sizes(half_cascade, gemini_url), ElementsAre(9600, 11520, 11520));
    EXPECT_THAT(sizes(on_vertex, vertex_url), ElementsAre(11114, 11520, 15360));
    EXPECT_THAT(sizes(live_38, gemini_url), ElementsAre(2, 9600, 11520));
}

TEST(Conversation, TextSessionsGetTextParts)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, Json::parse(R"({"generationConfig": {"responseModalities": ["TEXT"]}})"));
    theatre.write("hi");
    theatre.pass(10'000);
    EXPECT_EQ(theatre.count("audio"), 0u);
    EXPECT_GT(theatre.count("text"), 0u);
}

TEST(Conversation, Shapes38)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(live_38, transcripts);
    theatre.write("hi");
    theatre.pass(60'000);
    const auto story = theatre.story();
    ASSERT_GT(story.size(), 6u);
    EXPECT_EQ(std::vector<std::string>(story.begin(), story.begin() + 6),
              (std::vector<std::string>{"setupComplete", "sessionResumptionUpdate", "{}", "empty", "{}",
                                        "audio+outputTranscription"}));
    const Json turn = theatre.wire->messages[5]["serverContent"]["modelTurn"];
    EXPECT_EQ(turn.begin().key(), "parts");
    EXPECT_EQ(turn["role"], "model");
    EXPECT_EQ(turn["parts"][0]["inlineData"]["mimeType"], "audio/pcm;rate=24000");
}

TEST(Conversation, ShapesVertex)
{
    Theatre theatre;
    theatre.connect(vertex_url);
    theatre.setup(on_vertex, transcripts);
    theatre.write("hi");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.wire->messages[0]["setupComplete"]["sessionId"].get<std::string>().size(), 36u);
    EXPECT_EQ(theatre.wire->messages[1], Json::parse(R"({"serverContent": {"outputTranscription": {}}})"));
    const auto story = theatre.story();
    const auto audio = std::find(story.begin(), story.end(), "audio");
    EXPECT_EQ(std::count(audio, story.end(), "outputTranscription"), 0);
    EXPECT_EQ(story.back(), "turnComplete+groundingMetadata+usageMetadata");
    const Json usage = theatre.wire->messages.back()["usageMetadata"];
    EXPECT_TRUE(usage.contains("candidatesTokenCount"));
    EXPECT_FALSE(usage.contains("responseTokenCount"));
}

TEST(Conversation, NativeAudioThinksFirst)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(native, transcripts);
    theatre.write("hi");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.story()[1], "thought");
    EXPECT_GT(theatre.wire->messages.back()["usageMetadata"]["thoughtsTokenCount"].get<int>(), 0);
}

TEST(Conversation, CallsTheFirstFunctionOnceAndSpeaksOfTheAnswer)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(native, with_tool());
    theatre.write("What is the weather?");
    theatre.pass(60'000);
    const Json call = theatre.find("toolCall")["functionCalls"][0];
    EXPECT_EQ(call["name"], "get_weather");
    EXPECT_TRUE(call["args"]["city"].is_string());
    EXPECT_EQ(call["args"]["days"], 2);
    EXPECT_THAT(call.value("id", ""), StartsWith("function-call-"));
    EXPECT_EQ(theatre.count("generationComplete"), 0u) << "a blocking call holds the turn";
    theatre.client(tool_answer(call_id(theatre)));
    theatre.pass(60'000);
    EXPECT_THAT(theatre.output_transcript(), StartsWith("Hello!"));
    EXPECT_THAT(theatre.output_transcript(), HasSubstr("sunny"));
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 1u);
    theatre.write("Thanks");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.count("toolCall"), 1u);
}

TEST(Conversation, OnVertexACallHasATurnOfItsOwn)
{
    Theatre theatre;
    theatre.connect(vertex_url);
    theatre.setup(on_vertex, with_tool());
    theatre.write("What is the weather?");
    theatre.pass(60'000);
    EXPECT_THAT(theatre.story(), ElementsAre("setupComplete", "toolCall", "generationComplete",
                                             "turnComplete+groundingMetadata+usageMetadata"));
    theatre.client(tool_answer(call_id(theatre)));
    theatre.pass(60'000);
    EXPECT_EQ(theatre.count("turnComplete+groundingMetadata+usageMetadata"), 2u);
    EXPECT_THAT(theatre.output_transcript(), HasSubstr("sunny"));
}

TEST(Conversation, ANonBlockingCallKeepsTheTurnOpen)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(native, with_tool("NON_BLOCKING"));
    theatre.write("What is the weather?");
    theatre.pass(60'000);
    EXPECT_THAT(theatre.output_transcript(), StartsWith("Hello!"));
    EXPECT_EQ(theatre.count("generationComplete"), 1u);
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 0u);
    theatre.client(tool_answer(call_id(theatre)));
    theatre.pass(60'000);
    EXPECT_THAT(theatre.output_transcript(), HasSubstr("sunny"));
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 1u);
}

TEST(Conversation, AnAnswerMayInterruptOrBeSilent)
{
    for (const char *scheduling : {"INTERRUPT", "SILENT"}) {
        Theatre theatre;
        theatre.connect();
        theatre.setup(native, with_tool("NON_BLOCKING"));
        theatre.write("What is the weather?");
        theatre.pass(400);
        theatre.client(
            tool_answer(call_id(theatre), (std::string(R"({"scheduling": ")") + scheduling + "\"}").c_str()));
        theatre.pass(60'000);
        const bool interrupts = std::string(scheduling) == "INTERRUPT";
        EXPECT_EQ(theatre.count("interrupted"), interrupts ? 1u : 0u);
        EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), interrupts ? 2u : 1u);
        EXPECT_EQ(theatre.output_transcript().find("sunny") != std::string::npos, interrupts);
    }
}

TEST(Conversation, InputInterruptsAndCancelsCalls)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(native, with_tool());
    theatre.write("What is the weather?");
    theatre.pass(1000);
    const std::string id = call_id(theatre);
    theatre.write("Never mind");
    EXPECT_THAT(theatre.story(), Contains("interrupted"));
    const auto story = theatre.story();
    const auto at = std::find(story.begin(), story.end(), "toolCallCancellation");
    ASSERT_NE(at, story.end());
    EXPECT_EQ(*(at + 1), "interrupted");
    EXPECT_EQ(*(at + 2), "turnComplete+usageMetadata");
    EXPECT_EQ(theatre.find("toolCallCancellation")["ids"][0], id);
    theatre.client(tool_answer(id));
    theatre.pass(60'000);
    EXPECT_EQ(theatre.output_transcript().find("sunny"), std::string::npos);
}

TEST(Conversation, InterruptedSpeechStops)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade, transcripts);
    theatre.write("Tell me a long story");
    theatre.pass(500);
    Json stop;
    stop["clientContent"]["turnComplete"] = false;
    theatre.client(stop);
    const size_t messages = theatre.wire->messages.size();
    EXPECT_EQ(theatre.story().back(), "turnComplete+usageMetadata");
    theatre.pass(60'000);
    EXPECT_EQ(theatre.wire->messages.size(), messages);
    EXPECT_EQ(theatre.count("generationComplete"), 0u);
}

TEST(Conversation, NoInterruptionQueuesTheNextTurn)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade,
                  Json::parse(R"({"realtimeInputConfig": {"activityHandling": "NO_INTERRUPTION"}})"));
    theatre.write("One");
    theatre.pass(500);
    theatre.write("Two");
    theatre.pass(120'000);
    EXPECT_EQ(theatre.count("interrupted"), 0u);
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 2u);
}

TEST(Conversation, HearsSpeechAndSaysSo)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(live_38, transcripts);
    theatre.push(synthesise("Hello, is anybody there today?", "rms"), output_rate);
    theatre.push(std::vector<int16_t>(16000));
    theatre.pass(60'000);
    const auto story = theatre.story();
    std::vector<std::string> signs;
    for (const std::string &word : story) {
        if (word == "voiceActivity" || word == "inputTranscription")
            signs.push_back(word);
    }
    EXPECT_THAT(signs, ElementsAre("voiceActivity", "inputTranscription", "voiceActivity"));
    EXPECT_THAT(theatre.output_transcript(), StartsWith("Hello!"));
    int audio = 0;
    for (const Json &detail :
         theatre.wire->messages[theatre.wire->messages.size() - 2]["usageMetadata"]["promptTokensDetails"])
        audio += detail["modality"] == "AUDIO" ? detail["tokenCount"].get<int>() : 0;
    EXPECT_GT(audio, 20);
    EXPECT_LT(audio, 75);
}

TEST(Conversation, ManualActivityIsHeardWithoutDetection)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade,
                  Json::parse(R"({"realtimeInputConfig": {"automaticActivityDetection": {"disabled": true}}})"));
    theatre.client(Json::parse(R"({"realtimeInput": {"activityStart": {}}})"));
    theatre.push(std::vector<int16_t>(16000));
    theatre.client(Json::parse(R"({"realtimeInput": {"activityEnd": {}}})"));
    theatre.pass(60'000);
    EXPECT_EQ(theatre.count("turnComplete+usageMetadata"), 1u);
    const Json usage = theatre.wire->messages.back()["usageMetadata"];
    EXPECT_EQ(usage["promptTokensDetails"][0]["tokenCount"], 25) << "25 tokens for a second of audio";
    EXPECT_EQ(usage["totalTokenCount"],
              usage["promptTokenCount"].get<int>() + usage["responseTokenCount"].get<int>());
}

TEST(Conversation, ResumesWithWhatItKnewAndRefusesOtherHandles)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(flash_31, Json::parse(R"({"sessionResumption": {}, "outputAudioTranscription": {}})"));
    theatre.write("hi");
    theatre.pass(60'000);
    std::string handle;
    for (const Json &message : theatre.wire->messages)
        handle = message.value("/sessionResumptionUpdate/newHandle"_json_pointer, handle);
    Json extra = Json::parse(R"({"outputAudioTranscription": {}})");
    extra["sessionResumption"]["handle"] = handle;
    theatre.connect();
    theatre.setup(flash_31, extra);
    theatre.write("Still there?");
    theatre.pass(60'000);
    EXPECT_FALSE(theatre.output_transcript().starts_with("Hello!")) << "it has greeted before";
    theatre.connect();
    theatre.setup(flash_31, extra);
    EXPECT_EQ(theatre.wire->close_code, 1008) << "used";
    extra["sessionResumption"]["handle"] = "who knows";
    theatre.connect();
    theatre.setup(flash_31, extra);
    EXPECT_EQ(theatre.wire->close_code, 1008);
    EXPECT_EQ(theatre.wire->close_reason, "Requested entity was not found.");
}

TEST(Conversation, AnOldHandleExpires)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(flash_31, Json::parse(R"({"sessionResumption": {}})"));
    Json extra = Json::object();
    extra["sessionResumption"]["handle"] = theatre.find("sessionResumptionUpdate")["newHandle"];
    theatre.pass(3 * 3600 * 1000);
    theatre.connect();
    theatre.setup(flash_31, extra);
    EXPECT_EQ(theatre.wire->close_code, 1008);
}

TEST(Conversation, SaysGoAwayBeforeTheConnectionEnds)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade);
    theatre.pass(540'000);
    EXPECT_EQ(theatre.find("goAway")["timeLeft"], "60s");
    EXPECT_FALSE(theatre.wire->close_code);
    theatre.pass(61'000);
    EXPECT_EQ(theatre.wire->close_code, 1011);
}

TEST(Conversation, ContextUpdateChangesTools)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup(half_cascade);
    theatre.client(Json::parse(
        R"({"contextUpdate": {"tools": {"tools": [
            {"functionDeclarations": [{"name": "ping", "description": "d"}]}]}}})"));
    theatre.write("hi");
    theatre.pass(1000);
    EXPECT_EQ(theatre.find("toolCall")["functionCalls"][0]["name"], "ping");
}

TEST(Conversation, ABadKeyIsToldAfterTheUpgrade)
{
    Theatre theatre;
    theatre.wire = std::make_unique<TapeWire>();
    const Endpoint endpoint = read_endpoint(gemini_url, [](std::string_view name) {
        return std::string(name == "x-goog-api-key" ? "an invalid one" : "");
    });
    theatre.conversation = std::make_shared<Conversation>(theatre.services, *theatre.wire, endpoint, 1, nullptr);
    theatre.conversation->start();
    theatre.setup(half_cascade);
    EXPECT_EQ(theatre.wire->close_code, 1007);
    EXPECT_EQ(theatre.wire->close_reason, "API key not valid. Please pass a valid API key.");
}

}  // namespace
}  // namespace gemlive::emulator::test
