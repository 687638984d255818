#include <gmock/gmock.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using protocol::CredentialKind;
using ::testing::HasSubstr;

class ServiceTest : public MadeSettings {};

TEST_F(ServiceTest, MissingKeyIsNoErrorYetAndHasItsSentence)
{
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->service.credential_kind, CredentialKind::none);
    EXPECT_THAT(settings->service.no_credential, HasSubstr("GOOGLE_API_KEY"));
}

TEST_F(ServiceTest, KeyComesFromTheOptionThenTheEnvironmentInOrder)
{
    ::setenv("GEMINI_API_KEY", "third-key", 1);
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->service.credential->text(), "third-key");
    ::setenv("GOOGLE_API_KEY", " second-key\n", 1);
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->service.credential->text(), "second-key");
    options.set("api_key", "first-key");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->service.credential->text(), "first-key");
}

TEST_F(ServiceTest, ControlCharactersInACredentialAreRefused)
{
    options.set("api_key", "key\r\nX-Evil: 1");
    EXPECT_EQ(make().status, Status::invalid_argument);
}

TEST_F(ServiceTest, VertexNeedsAProjectAndNamesTheModelInFull)
{
    options.set("vertexai", true);
    EXPECT_THAT(make().message, HasSubstr("GOOGLE_CLOUD_PROJECT"));
    options.set("project", "p1");
    options.set("access_token", "ya29.token");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->service.credential_kind, CredentialKind::access_token);
    EXPECT_EQ(settings->service.model,
              "projects/p1/locations/us-central1/publishers/google/models/gemini-live-2.5-flash-native-audio");
    EXPECT_THAT(settings->endpoint.url, HasSubstr("us-central1-aiplatform.googleapis.com"));
}

// Models are switched off at short notice.
TEST_F(ServiceTest, TheNextDefaultModelIsForThoseWhoNamedNone)
{
    ASSERT_FALSE(Settings::make(options, settings, 1));
    EXPECT_EQ(settings->service.model, "models/gemini-3.8-live");
    EXPECT_EQ(settings->service.default_model, 1u);
    EXPECT_EQ(settings->service.capabilities.tool_behavior, protocol::ToolBehavior::non_blocking);
    options.set("model", "gemini-2.0-flash-live-001");
    ASSERT_FALSE(Settings::make(options, settings, 1));
    EXPECT_EQ(settings->service.model, "models/gemini-2.0-flash-live-001");
    EXPECT_FALSE(settings->service.default_model);
}

}  // namespace
}  // namespace gemlive::settings
