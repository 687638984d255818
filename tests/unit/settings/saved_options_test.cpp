#include "settings/saved_options.hpp"

#include <gmock/gmock.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::ordered_json;

class SavedOptionsTest : public MadeSettings {
protected:
    ordered_json saved(const std::string &handle = {})
    {
        const Error error = make();
        EXPECT_FALSE(error) << error.message;
        return saved_options(options, settings->service, handle);
    }
};

TEST_F(SavedOptionsTest, HoldsWhatWasChosenBesideWhatWasSet)
{
    ::setenv("GOOGLE_GENAI_USE_VERTEXAI", "true", 1);
    ::setenv("GOOGLE_CLOUD_PROJECT", "shop", 1);
    options.set("temperature", 0.5);
    EXPECT_EQ(saved(), (ordered_json{{"saved", "gemlive-1"},
                                     {"model", "gemini-live-2.5-flash-native-audio"},
                                     {"vertexai", true},
                                     {"project", "shop"},
                                     {"location", "us-central1"},
                                     {"temperature", 0.5}}));
}

TEST_F(SavedOptionsTest, HoldsNoCredentialAndNoWayToTheService)
{
    options.set("api_key", "the-key");
    options.set("headers", {{"Authorization", "Bearer the-key"}});
    options.set("base_url", "wss://127.0.0.1:1/the-key");
    options.set("ca_pem", "the-key");
    EXPECT_THAT(saved().dump(), ::testing::Not(::testing::HasSubstr("the-key")));
}

TEST_F(SavedOptionsTest, HandleIsTheNewestOrNone)
{
    options.set("vertexai", true);
    options.set("project", "shop");
    options.set("session_resumption", {{"handle", "first"}, {"transparent", true}});
    EXPECT_EQ(saved("newest")["session_resumption"], (ordered_json{{"handle", "newest"}, {"transparent", true}}));
    EXPECT_EQ(saved("")["session_resumption"], (ordered_json{{"transparent", true}}));
    options.set("session_resumption", nullptr);
    EXPECT_TRUE(saved("newest")["session_resumption"].is_null());
}

TEST_F(SavedOptionsTest, NewerFormIsRefused)
{
    EXPECT_THAT(options.set("saved", "gemlive-2").message, ::testing::HasSubstr("gemlive-1"));
}

TEST_F(SavedOptionsTest, LoadedTheyComeToTheSame)
{
    options.set_all(R"({"voice": "Kore", "tools": [{"name": "b"}, {"name": "a"}], "instructions": "Be brief."})");
    const ordered_json once = saved("h");
    options = Options();
    ASSERT_FALSE(options.set_all(once.dump()));
    EXPECT_EQ(saved("h"), once);
}

}  // namespace
}  // namespace gemlive::settings
