#include <gmock/gmock.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;

class SetupTest : public MadeSettings {
protected:
    json message(const std::string &handle = "") const { return json(settings->setup.message(handle)); }
};

TEST_F(SetupTest, DefaultSetupIsTheReferences)
{
    options.set("api_key", "a-good-key");
    ASSERT_FALSE(make());
    const json expected = json::parse(R"({"model":"models/gemini-2.5-flash-native-audio-preview-12-2025",
        "generationConfig":{"candidateCount":1,"responseModalities":["AUDIO"],
        "speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Puck"}}}},
        "sessionResumption":{},"inputAudioTranscription":{},"outputAudioTranscription":{},
        "contextWindowCompression":{"slidingWindow":{}}})");
    EXPECT_EQ(message(), expected);
    EXPECT_EQ(message("h1")["sessionResumption"], json({{"handle", "h1"}}));
}

TEST_F(SetupTest, HandleOfTheOptionIsTheFirstOneAndNotInTheMessage)
{
    options.set_json("session_resumption", R"({"handle":"of-yesterday"})");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->setup.first_handle, "of-yesterday");
    EXPECT_EQ(message()["sessionResumption"], json::object());
    options.set("session_resumption", nullptr);
    ASSERT_FALSE(make());
    EXPECT_FALSE(settings->setup.resumption);
    EXPECT_FALSE(message("h1").contains("sessionResumption"));
}

TEST_F(SetupTest, FunctionDeclarationsAreWrappedAndGetTheirBehavior)
{
    options.set_json("tools", R"([{"name":"f"},{"googleSearch":{}},{"name":"g","behavior":"BLOCKING"}])");
    options.set("tool_behavior", "NON_BLOCKING");
    ASSERT_FALSE(make());
    const json expected = json::parse(R"([{"googleSearch":{}},{"functionDeclarations":[
        {"name":"f","behavior":"NON_BLOCKING"},{"name":"g","behavior":"BLOCKING"}]}])");
    EXPECT_EQ(message()["tools"], expected);
    const protocol::ToolList &tools = settings->setup.tools;
    EXPECT_EQ(*tools.behavior_of("f"), "NON_BLOCKING");
    EXPECT_EQ(*tools.behavior_of("g"), "BLOCKING");
    EXPECT_EQ(tools.behavior_of("googleSearch"), nullptr);
}

TEST_F(SetupTest, ToolsAreKeptAsTheyWereGivenAndGoOutInTheirOrder)
{
    const std::string given = R"([{"name":"f","inputSchema":{"type":"object","properties":{"z":{"type":"string"},)"
                              R"("a":{"type":"integer"}}}}])";
    for (const bool all_at_once : {false, true}) {
        all_at_once ? options.set_all(R"({"tools":)" + given + "}") : options.set_json("tools", given);
        ASSERT_FALSE(make());
        EXPECT_EQ(settings->setup.tools.given().dump(), given);
        EXPECT_EQ(settings->setup.message("")["tools"].dump(),
                  R"([{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{)"
                  R"("z":{"type":"STRING"},"a":{"type":"INTEGER"}},"propertyOrdering":["z","a"]}}]}])");
    }
}

TEST_F(SetupTest, AToolThatTheServiceRefusesIsRefusedWithItsPlace)
{
    options.set_json("tools", R"([{"name":"f","parameters":{"type":"object","properties":{"a":{"$ref":"#"}}}}])");
    const Error error = make();
    EXPECT_EQ(error.status, Status::invalid_argument);
    EXPECT_NE(error.message.find("tools[0].parameters.properties.a.$ref"), std::string::npos) << error.message;
}

TEST_F(SetupTest, RawSetupIsMergedLastAndDeeply)
{
    options.set_json("setup", R"({"generationConfig":{"seed":7},"labels":{"team":"voice"},
        "tools":[{"function_declarations":[{"name":"h","behavior":"BLOCKING"}]}]})");
    ASSERT_FALSE(make());
    EXPECT_EQ(message()["generationConfig"]["seed"], 7);
    EXPECT_EQ(message()["generationConfig"]["candidateCount"], 1);
    EXPECT_EQ(message()["labels"]["team"], "voice");
    EXPECT_EQ(*settings->setup.tools.behavior_of("h"), "BLOCKING");
}

TEST_F(SetupTest, RawSetupMaySayHowSessionsAreResumed)
{
    options.set_json("setup", R"({"sessionResumption":null})");
    ASSERT_FALSE(make());
    EXPECT_FALSE(settings->setup.resumption);
    EXPECT_FALSE(settings->setup.message("h1").contains("sessionResumption"));
    options.set_json("setup", R"({"session_resumption":{"handle":"of-yesterday"}})");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->setup.first_handle, "of-yesterday");
    EXPECT_EQ(message()["sessionResumption"], json::object());
    EXPECT_EQ(message("h1")["sessionResumption"], json({{"handle", "h1"}}));
}

// It was merged, and threw when the first connection had brought a handle.
TEST_F(SetupTest, ResumptionThatIsNoObjectIsRefused)
{
    for (const char *setup : {R"({"sessionResumption":"yes"})", R"({"session_resumption":{"handle":5}})"}) {
        options.set_json("setup", setup);
        EXPECT_EQ(make().status, Status::invalid_argument) << setup;
    }
}

TEST_F(SetupTest, OddShapesAreAnsweredAndNeverThrown)
{
    for (const char *shape :
         {R"({"setup":{"generationConfig":5}})", R"({"setup":{"generationConfig":{"responseModalities":"AUDIO"}}})",
          R"({"setup":{"generationConfig":{"speechConfig":[1]}}})", R"({"setup":{"realtimeInputConfig":[]}})",
          R"({"setup":{"realtime_input_config":{"automatic_activity_detection":null}}})", R"({"setup":{"tools":{}}})",
          R"({"setup":{"tools":[{"function_declarations":{"name":"f"}}]}})", R"({"setup":{"model":{}}})",
          R"({"tools":[5,null,[],{"functionDeclarations":"f"}]})", R"({"tools":[{"functionDeclarations":[{"name":5}]}]})",
          R"({"tools":[{"name":{}}],"tool_behavior":"BLOCKING"})", R"({"modalities":[5,{}]})", R"({"modalities":[]})",
          R"({"session_resumption":{"handle":null}})", R"({"proactivity":{"proactiveAudio":{}}})",
          R"({"headers":{"a":5}})", R"({"headers":{"":"a"}})", R"({"model_table":{"rows":5}})"}) {
        Options given;
        ASSERT_FALSE(given.set_all(shape)) << shape;
        std::shared_ptr<const Settings> made;
        Error error;
        EXPECT_NO_THROW(error = Settings::make(given, made)) << shape;
        EXPECT_NE(!error, made == nullptr) << shape;
        if (made) {
            EXPECT_NO_THROW(made->setup.message("h1")) << shape;
            EXPECT_NO_THROW(made->capabilities_json()) << shape;
            EXPECT_NO_THROW(made->setup.tools.behavior_of("f")) << shape;
        }
    }
}

TEST_F(SetupTest, RawSetupNamesTheSameMemberInEitherSpelling)
{
    options.set_json("labels", R"({"cost_center":"1"})");
    options.set_json("setup", R"({"generation_config":{"candidate_count":null,"top_k":5},"labels":{"costCenter":"2"}})");
    ASSERT_FALSE(make());
    EXPECT_FALSE(message().contains("generation_config"));
    const json generation = message()["generationConfig"];
    EXPECT_FALSE(generation.contains("candidateCount"));
    EXPECT_EQ(generation["top_k"], 5);
    EXPECT_EQ(message()["labels"], json({{"cost_center", "1"}, {"costCenter", "2"}}));  // names of the user's own
}

TEST_F(SetupTest, TranscriptionsCanBeSwitchedOff)
{
    options.set("output_audio_transcription", nullptr);
    ASSERT_FALSE(make());
    EXPECT_FALSE(message().contains("outputAudioTranscription"));
    EXPECT_TRUE(message().contains("inputAudioTranscription"));
    EXPECT_TRUE(settings->setup.transcribes_user);
    options.set("input_audio_transcription", nullptr);
    ASSERT_FALSE(make());
    EXPECT_FALSE(settings->setup.transcribes_user);
}

TEST_F(SetupTest, CompressionIsOnSoThatNoSessionEndsAfterAQuarterOfAnHourAndCanBeSwitchedOff)
{
    ASSERT_FALSE(make());
    EXPECT_EQ(message()["contextWindowCompression"], json::parse(R"({"slidingWindow":{}})"));
    options.set("context_window_compression", nullptr);
    ASSERT_FALSE(make());
    EXPECT_FALSE(message().contains("contextWindowCompression"));
}

TEST_F(SetupTest, ADefaultIsNotSentToAModelThatRefusesIt)
{
    options.set_json("model_table", R"({"rows":[{"models":["no-compression"],
        "refuse":{"context_window_compression":"This model has no compression."}}]})");
    options.set("model", "no-compression");
    ASSERT_FALSE(make());
    EXPECT_FALSE(message().contains("contextWindowCompression"));
}

TEST_F(SetupTest, TextSessionsHaveNoDefaultVoice)
{
    options.set("model", "gemini-live-2.5-flash-preview");
    options.set_json("modalities", R"(["TEXT"])");
    ASSERT_FALSE(make());
    EXPECT_FALSE(message()["generationConfig"].contains("speechConfig"));
    EXPECT_FALSE(settings->capabilities_json()["audio_output"].get<bool>());
}

TEST_F(SetupTest, MistypedVadSettingIsNamed)
{
    options.set_json("realtime_input_config", R"({"automaticActivityDetection":{"disabled":"yes"}})");
    EXPECT_EQ(make().status, Status::invalid_argument);
}

TEST_F(SetupTest, ManualActivityIsReadInBothSpellings)
{
    options.set_json("realtime_input_config", R"({"automatic_activity_detection":{"disabled":true}})");
    ASSERT_FALSE(make());
    EXPECT_TRUE(settings->setup.manual_activity);
    EXPECT_FALSE(settings->capabilities_json()["turn_detection"].get<bool>());
}

}  // namespace
}  // namespace gemlive::settings
