#include "session/configuration.hpp"

#include <cstdlib>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

using ::testing::HasSubstr;

class TargetTest : public ::testing::Test {
protected:
    TargetTest()
    {
        for (const char *name : {"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GEMINI_BASE_URL"}) {
            ::unsetenv(name);
        }
    }

    Error make() { return Configuration::make(options, made); }

    // What a dial would be told.
    Error ask(auth::Credential &credential)
    {
        boost::asio::io_context io;
        Error result;
        const auto story = [&]() -> boost::asio::awaitable<void> {
            auth::Way way{io, made.target->tls, Clock::now() + std::chrono::seconds(5), nullptr};
            result = co_await made.target->credentials->ask(way, credential);
        };
        boost::asio::co_spawn(io, story, boost::asio::detached);
        io.run();
        return result;
    }

    settings::Options options;
    Configuration made;
};

TEST_F(TargetTest, KeyGoesIntoItsHeader)
{
    options.set("api_key", "a-good-key");
    ASSERT_FALSE(make());
    auth::Credential credential;
    ASSERT_FALSE(ask(credential));
    EXPECT_EQ(credential.header, "x-goog-api-key");
    EXPECT_EQ(credential.value.text(), "a-good-key");
}

TEST_F(TargetTest, MissingKeyIsToldWhenDialling)
{
    ASSERT_FALSE(make());
    auth::Credential credential;
    const Error error = ask(credential);
    EXPECT_EQ(error.status, Status::auth);
    EXPECT_THAT(error.message, HasSubstr("GOOGLE_API_KEY"));
}

TEST_F(TargetTest, AnOwnCredentialNeedsNoOther)
{
    options.set_json("headers", R"({"X-Goog-Api-Key": "my-own-key"})");
    ASSERT_FALSE(make());
    auth::Credential credential;
    EXPECT_FALSE(ask(credential));
    EXPECT_EQ(credential.header, "");
}

TEST_F(TargetTest, UrlIsTheEndpoints)
{
    options.set("base_url", "wss://127.0.0.1:8443");
    ASSERT_FALSE(make());
    EXPECT_EQ(made.target->url.port, 8443);
    EXPECT_EQ(made.target->url.target,
              "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent");
}

TEST_F(TargetTest, PlaintextStaysOnLoopback)
{
    options.set("base_url", "ws://example.com");
    EXPECT_THAT(make().message, HasSubstr("allow_plaintext"));
    options.set("base_url", "ws://127.0.0.1:1");
    EXPECT_FALSE(make());
}

TEST_F(TargetTest, TrustIsSharedUnlessChangesNameAnother)
{
    ASSERT_FALSE(make());
    settings::Options changes;
    changes.set("voice", "Kore");
    Configuration other;
    ASSERT_FALSE(made.with(changes, other));
    EXPECT_EQ(other.target->tls, made.target->tls);
    changes.set("ca_dir", "/");
    ASSERT_FALSE(made.with(changes, other));
    EXPECT_NE(other.target->tls, made.target->tls);
}

}  // namespace
}  // namespace gemlive::session
