#include "session/profile.hpp"

#include <cstdlib>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ProfileTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        for (const char *name :
             {"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_CLOUD_PROJECT",
              "GOOGLE_CLOUD_LOCATION", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL", "GOOGLE_GENAI_API_VERSION"}) {
            ::unsetenv(name);
        }
    }

    Error make() { return Profile::make(options, profile); }

    // What a dial would be told.
    Error ask(auth::Credential &credential)
    {
        boost::asio::io_context io;
        Error result;
        const auto story = [&]() -> boost::asio::awaitable<void> {
            result = co_await profile.credentials->ask(credential);
        };
        boost::asio::co_spawn(io, story, boost::asio::detached);
        io.run();
        return result;
    }

    settings::Options options;
    Profile profile;
};

TEST_F(ProfileTest, DefaultSetupIsTheReferences)
{
    options.set("api_key", "a-good-key");
    ASSERT_FALSE(make());
    const json expected = json::parse(R"({"model":"models/gemini-2.5-flash-native-audio-preview-12-2025",
        "generationConfig":{"candidateCount":1,"responseModalities":["AUDIO"],
        "speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Puck"}}}},
        "sessionResumption":{},"inputAudioTranscription":{},"outputAudioTranscription":{},
        "contextWindowCompression":{"slidingWindow":{}}})");
    EXPECT_EQ(profile.setup_with(""), expected);
    EXPECT_EQ(profile.setup_with("h1")["sessionResumption"], json({{"handle", "h1"}}));
}

TEST_F(ProfileTest, MissingKeyIsToldWhenDialling)
{
    ASSERT_FALSE(make());
    auth::Credential credential;
    const Error error = ask(credential);
    EXPECT_EQ(error.status, Status::auth);
    EXPECT_THAT(error.message, HasSubstr("GOOGLE_API_KEY"));
}

TEST_F(ProfileTest, KeyComesFromTheEnvironmentInOrder)
{
    ::setenv("GEMINI_API_KEY", "second-key", 1);
    ASSERT_FALSE(make());
    auth::Credential credential;
    ASSERT_FALSE(ask(credential));
    EXPECT_EQ(credential.header, "x-goog-api-key");
    EXPECT_EQ(credential.value.text(), "second-key");
    ::setenv("GOOGLE_API_KEY", " first-key\n", 1);
    ASSERT_FALSE(make());
    ASSERT_FALSE(ask(credential));
    EXPECT_EQ(credential.value.text(), "first-key");
}

TEST_F(ProfileTest, FunctionDeclarationsAreWrappedAndGetTheirBehavior)
{
    options.set_json("tools", R"([{"name":"f"},{"googleSearch":{}},{"name":"g","behavior":"BLOCKING"}])");
    options.set("tool_behavior", "NON_BLOCKING");
    ASSERT_FALSE(make());
    const json expected = json::parse(R"([{"googleSearch":{}},{"functionDeclarations":[
        {"name":"f","behavior":"NON_BLOCKING"},{"name":"g","behavior":"BLOCKING"}]}])");
    EXPECT_EQ(profile.setup["tools"], expected);
    EXPECT_EQ(profile.tools, expected);
    EXPECT_EQ(profile.behavior_of("f"), "NON_BLOCKING");
    EXPECT_EQ(profile.behavior_of("g"), "BLOCKING");
    EXPECT_EQ(profile.behavior_of("googleSearch"), "");
}

TEST_F(ProfileTest, RawSetupIsMergedLastAndDeeply)
{
    options.set_json("setup", R"({"generationConfig":{"seed":7},"labels":{"team":"voice"}})");
    ASSERT_FALSE(make());
    EXPECT_EQ(profile.setup["generationConfig"]["seed"], 7);
    EXPECT_EQ(profile.setup["generationConfig"]["candidateCount"], 1);
    EXPECT_EQ(profile.setup["labels"]["team"], "voice");
}

TEST_F(ProfileTest, TranscriptionsCanBeSwitchedOff)
{
    options.set_json("output_audio_transcription", "null");
    ASSERT_FALSE(make());
    EXPECT_FALSE(profile.setup.contains("outputAudioTranscription"));
    EXPECT_TRUE(profile.setup.contains("inputAudioTranscription"));
}

TEST_F(ProfileTest, CompressionIsOnSoThatNoSessionEndsAfterAQuarterOfAnHourAndCanBeSwitchedOff)
{
    ASSERT_FALSE(make());
    EXPECT_EQ(profile.setup["contextWindowCompression"], json::parse(R"({"slidingWindow":{}})"));
    options.set_json("context_window_compression", "null");
    ASSERT_FALSE(make());
    EXPECT_FALSE(profile.setup.contains("contextWindowCompression"));
}

TEST_F(ProfileTest, ADefaultIsNotSentToAModelThatRefusesIt)
{
    options.set_json("model_table", R"({"rows":[{"models":["no-compression"],
        "refuse":{"context_window_compression":"This model has no compression."}}]})");
    options.set("model", "no-compression");
    ASSERT_FALSE(make());
    EXPECT_FALSE(profile.setup.contains("contextWindowCompression"));
}

TEST_F(ProfileTest, TextSessionsHaveNoDefaultVoice)
{
    options.set("model", "gemini-live-2.5-flash-preview");
    options.set_json("modalities", R"(["TEXT"])");
    ASSERT_FALSE(make());
    EXPECT_FALSE(profile.setup["generationConfig"].contains("speechConfig"));
    EXPECT_FALSE(profile.capabilities_json()["audio_output"].get<bool>());
}

TEST_F(ProfileTest, VertexNeedsAProjectAndNamesTheModelInFull)
{
    options.set("vertexai", true);
    EXPECT_THAT(make().message, HasSubstr("GOOGLE_CLOUD_PROJECT"));
    options.set("project", "p1");
    options.set("access_token", "ya29.token");
    ASSERT_FALSE(make());
    EXPECT_EQ(profile.model,
              "projects/p1/locations/us-central1/publishers/google/models/gemini-live-2.5-flash-native-audio");
    EXPECT_EQ(profile.url.host, "us-central1-aiplatform.googleapis.com");
}

TEST_F(ProfileTest, BaseUrlGetsTheFlavoursPath)
{
    options.set("base_url", "wss://127.0.0.1:8443");
    ASSERT_FALSE(make());
    EXPECT_EQ(profile.url.port, 8443);
    EXPECT_EQ(profile.url.target, "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent");
}

TEST_F(ProfileTest, PlaintextStaysOnLoopback)
{
    options.set("base_url", "ws://example.com");
    EXPECT_THAT(make().message, HasSubstr("allow_plaintext"));
    options.set("base_url", "ws://127.0.0.1:1");
    EXPECT_FALSE(make());
}

TEST_F(ProfileTest, AffectiveDialogPicksThePreviewVersionAlsoToSwitchItOff)
{
    for (const bool on : {true, false}) {
        options.set("enable_affective_dialog", on);
        ASSERT_FALSE(make());
        EXPECT_THAT(profile.url.target, HasSubstr(".v1alpha.")) << on;
    }
}

TEST_F(ProfileTest, ReservedHeadersAreRefused)
{
    options.set_json("headers", R"({"Host":"evil"})");
    EXPECT_EQ(make().status, Status::invalid_argument);
}

TEST_F(ProfileTest, ValuesOfOwnHeadersAreSecrets)
{
    options.set_json("headers", R"({"X-Gateway": "gateway-pass-1", "Authorization": "Bearer own-token-2"})");
    ASSERT_FALSE(make());
    EXPECT_EQ(Secrets::remove_from("refused: gateway-pass-1, own-token-2"), "refused: [secret], [secret]");
}

TEST_F(ProfileTest, AnOwnCredentialIsSeenInAnySpelling)
{
    options.set_json("headers", R"({"X-Goog-Api-Key": "my-own-key"})");
    ASSERT_FALSE(make());
    auth::Credential credential;
    EXPECT_FALSE(ask(credential));
    EXPECT_EQ(credential.header, "");
}

TEST_F(ProfileTest, MistypedVadSettingIsNamed)
{
    options.set_json("realtime_input_config", R"({"automaticActivityDetection":{"disabled":"yes"}})");
    EXPECT_EQ(make().status, Status::invalid_argument);
}

TEST_F(ProfileTest, ManualActivityIsReadInBothSpellings)
{
    options.set_json("realtime_input_config", R"({"automatic_activity_detection":{"disabled":true}})");
    ASSERT_FALSE(make());
    EXPECT_TRUE(profile.manual_activity);
    EXPECT_FALSE(profile.capabilities_json()["turn_detection"].get<bool>());
}

}  // namespace
}  // namespace gemlive::session
