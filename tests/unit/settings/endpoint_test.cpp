#include <gmock/gmock.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using ::testing::HasSubstr;

class EndpointTest : public MadeSettings {};

TEST_F(EndpointTest, BaseUrlGetsTheFlavoursPath)
{
    options.set("base_url", "wss://127.0.0.1:8443");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->endpoint.url,
              "wss://127.0.0.1:8443/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent");
}

TEST_F(EndpointTest, AffectiveDialogPicksThePreviewVersionAlsoToSwitchItOff)
{
    for (const bool on : {true, false}) {
        options.set("enable_affective_dialog", on);
        ASSERT_FALSE(make());
        EXPECT_THAT(settings->endpoint.url, HasSubstr(".v1alpha.")) << on;
    }
}

TEST_F(EndpointTest, ReservedHeadersAreRefusedInAnySpelling)
{
    for (const char *headers : {R"({"Host":"evil"})", R"({"sec-websocket-Key":"evil"})"}) {
        options.set_json("headers", headers);
        EXPECT_EQ(make().status, Status::invalid_argument) << headers;
    }
}

TEST_F(EndpointTest, LineEndsInAHeaderAreRefused)
{
    options.set("headers", {{"X-Gateway", "a\r\nHost: evil"}});
    EXPECT_EQ(make().status, Status::invalid_argument);
}

TEST_F(EndpointTest, ValuesOfOwnHeadersAreSecrets)
{
    options.set_json("headers", R"({"X-Gateway": "gateway-pass-1", "Authorization": "Bearer own-token-2"})");
    ASSERT_FALSE(make());
    EXPECT_EQ(Secrets::remove_from("refused: gateway-pass-1, own-token-2"), "refused: [secret], [secret]");
}

TEST_F(EndpointTest, AnOwnCredentialIsSeenInAnySpelling)
{
    options.set_json("headers", R"({"X-Gateway": "not one"})");
    ASSERT_FALSE(make());
    EXPECT_FALSE(settings->endpoint.has_own_credential);
    options.set_json("headers", R"({"X-Goog-Api-Key": "my-own-key"})");
    ASSERT_FALSE(make());
    EXPECT_TRUE(settings->endpoint.has_own_credential);
}

// v1 is what SDKs choose by themselves, by the same variable.
TEST_F(EndpointTest, AVersionThatDoesNotServeLiveIsNamed)
{
    options.set("api_version", "v1");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->endpoint.version_warning,
              "The option api_version is v1, where the Gemini API does not serve Live: take v1beta.");
    options.set("api_version", "v1beta");
    ::setenv("GOOGLE_GENAI_API_VERSION", "v1", 1);
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->endpoint.version_warning, "");
    options.unset("api_version");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->endpoint.version_warning,
              "The environment variable GOOGLE_GENAI_API_VERSION is v1, where the Gemini API does not serve Live: take v1beta.");
    options.set("vertexai", true);
    options.set("access_token", "t");
    options.set("project", "p");
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->endpoint.version_warning, "");
}

}  // namespace
}  // namespace gemlive::settings
