// Ephemeral tokens: what is asked for, and what a session that shows one may do.

#include "tokens.hpp"

#include <gtest/gtest.h>

#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

constexpr const char *model = "models/gemini-2.5-flash-native-audio-preview-12-2025";
constexpr const char *constrained_url =
    "/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContentConstrained?access_token=";
const Tokens::WallTime noon =
    std::chrono::sys_days(std::chrono::year(2026) / std::chrono::November / 28) + std::chrono::hours(12);

struct TokenTheatre : Theatre {
    HttpAnswer ask(const std::string &body) { return tokens.create(body, timeline.now(), noon); }

    std::string token(const std::string &body)
    {
        const HttpAnswer answer = ask(body);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return Json::parse(answer.body)["name"].get<std::string>();
    }

    void connect_with(const std::string &name) { connect(constrained_url + name); }

    bool opens(const std::string &name, Json extra = Json::object())
    {
        connect_with(name);
        setup(model, std::move(extra));
        return count("setupComplete") == 1;
    }

    std::string refusal() const
    {
        return wire->close_code ? std::to_string(*wire->close_code) + " " + wire->close_reason : "";
    }
};

std::string message_of(const HttpAnswer &answer)
{
    const Json error = Json::parse(answer.body)["error"];
    return std::to_string(answer.status) + " " + error["status"].get<std::string>() + ": " +
           error["message"].get<std::string>();
}

constexpr const char *expired = "1007 API key expired. Please renew the API key.";

TEST(Tokens, OpenOneSessionUnlessMoreUsesWereAskedFor)
{
    TokenTheatre theatre;
    const std::string once = theatre.token("{}");
    EXPECT_TRUE(once.starts_with("auth_tokens/"));
    EXPECT_TRUE(theatre.opens(once));
    EXPECT_FALSE(theatre.opens(once));
    EXPECT_EQ(theatre.refusal(), expired);
    const std::string twice = theatre.token(R"({"uses": "2"})");
    EXPECT_TRUE(theatre.opens(twice) && theatre.opens(twice));
    EXPECT_FALSE(theatre.opens(twice));
    const std::string always = theatre.token(R"({"uses": 0})");
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(theatre.opens(always)) << i;
}

TEST(Tokens, ResumingCountsNeitherAsAUseNorAsAStart)
{
    TokenTheatre theatre;
    const std::string token = theatre.token("");
    ASSERT_TRUE(theatre.opens(token, {{"sessionResumption", Json::object()}}));
    const std::string handle = theatre.find("sessionResumptionUpdate")["newHandle"].get<std::string>();
    theatre.pass(120'000);  // a new session may only be started in the first minute
    EXPECT_TRUE(theatre.opens(token, {{"sessionResumption", {{"handle", handle}}}}));
}

TEST(Tokens, SessionsStartOnlyWithinTheirTime)
{
    TokenTheatre theatre;
    const std::string token = theatre.token(R"({"uses": 0, "newSessionExpireTime": "2026-11-28T12:00:30Z"})");
    EXPECT_TRUE(theatre.opens(token));
    theatre.pass(30'000);
    EXPECT_FALSE(theatre.opens(token));
    EXPECT_EQ(theatre.refusal(), expired);
}

TEST(Tokens, EndOfTheTokenEndsItsSession)
{
    TokenTheatre theatre;
    const std::string token = theatre.token(R"({"uses": 0, "expireTime": "2026-11-28T14:00:20.5+02:00"})");
    EXPECT_TRUE(theatre.opens(token));
    theatre.pass(19'000);
    EXPECT_EQ(theatre.refusal(), "");
    theatre.pass(1'000);
    EXPECT_EQ(theatre.refusal(), expired);
    EXPECT_FALSE(theatre.opens(token));
    EXPECT_EQ(theatre.refusal(), expired);
}

TEST(Tokens, TimesAreOfRfc3339AndAtMostTwentyHoursAhead)
{
    TokenTheatre theatre;
    for (const char *time : {"2026-11-29T08:00:00Z", "2026-11-28T12:01:00.123456789Z", "2026-11-28T07:00:00-05:30"})
        EXPECT_EQ(theatre.ask(std::string(R"({"expireTime": ")") + time + "\"}").status, 200) << time;
    for (const char *time : {"", "2026-11-28", "2026-11-28 12:00:00Z", "2026-13-01T00:00:00Z", "2026-11-28T12:00:00",
                             "2026-11-28T12:00:00.Z", "2026-11-28T12:00:00Zulu", "tomorrow"}) {
        const HttpAnswer answer = theatre.ask(std::string(R"({"expireTime": ")") + time + "\"}");
        EXPECT_EQ(message_of(answer), std::string("400 INVALID_ARGUMENT: Invalid value at 'auth_token.expire_time' "
                                                  "(type.googleapis.com/google.protobuf.Timestamp), \"") +
                                          time + "\"");
    }
    for (const char *member : {"expireTime", "newSessionExpireTime"})
        EXPECT_EQ(theatre.ask(std::string("{\"") + member + R"(": "2026-11-29T08:00:01Z"})").status, 400) << member;
}

TEST(Tokens, WhatTheServiceDoesNotKnowIsRefused)
{
    TokenTheatre theatre;
    EXPECT_EQ(message_of(theatre.ask(R"({"liveConnectConstraints": {}})")),
              "400 INVALID_ARGUMENT: Invalid JSON payload received. Unknown name \"liveConnectConstraints\": Cannot find "
              "field.");
    EXPECT_EQ(message_of(theatre.ask(R"({"bidiGenerateContentSetup": {"modle": "x"}})")),
              "400 INVALID_ARGUMENT: Invalid JSON payload received. Unknown name \"modle\" at "
              "'auth_token.bidi_generate_content_setup': Cannot find field.");
    EXPECT_EQ(message_of(theatre.ask(R"({"bidiGenerateContentSetup": {"model": "models/m", "generationConfig":
                  {"temperature": 1}}, "fieldMask": "model"})")),
              "400 INVALID_ARGUMENT: BidiGenerateContentSetup contains fields that are not specified in field_mask");
    EXPECT_EQ(theatre.ask(R"({"fieldMask": "generation_config.temperature"})").status, 400);
    EXPECT_EQ(theatre.ask(R"({"uses": -1})").status, 400);
    EXPECT_EQ(theatre.ask(R"({"uses": 1.5})").status, 400);
    EXPECT_EQ(theatre.ask("[1]").status, 400);
    EXPECT_EQ(theatre.ask("{").status, 400);
    EXPECT_EQ(theatre.ask(R"({"expire_time": "2026-11-28T12:01:00Z", "uses": null})").status, 200);
}

Json fixed_setup(Tokens &tokens, const std::string &body, Json setup)
{
    const HttpAnswer answer = tokens.create(body, Duration{}, noon);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string name = Json::parse(answer.body)["name"].get<std::string>();
    EXPECT_FALSE(tokens.admit(name, setup, Duration{}));
    return setup;
}

TEST(Tokens, FixAllOfTheSetupOrWhatTheirMaskNames)
{
    TokenTheatre theatre;
    const Json given = {{"model", "models/mine"},
                        {"generationConfig", {{"temperature", 1.5}, {"topK", 3}}},
                        {"sessionResumption", {{"handle", "h"}}}};
    EXPECT_EQ(fixed_setup(theatre.tokens, "{}", given), given);
    EXPECT_EQ(fixed_setup(theatre.tokens, R"({"bidiGenerateContentSetup": {"model": "models/theirs",
                  "session_resumption": {}}})", given),
              (Json{{"model", "models/theirs"}, {"sessionResumption", {{"handle", "h"}}}}));
    EXPECT_EQ(fixed_setup(theatre.tokens, R"({"bidiGenerateContentSetup": {"generationConfig": {"temperature": 0.5}},
                  "fieldMask": "generationConfig.temperature,generationConfig.topK"})", given),
              (Json{{"model", "models/mine"},
                    {"generationConfig", {{"temperature", 0.5}}},
                    {"sessionResumption", {{"handle", "h"}}}}));
    EXPECT_EQ(fixed_setup(theatre.tokens, R"({"fieldMask": "generationConfig,tools"})", given),
              (Json{{"model", "models/mine"}, {"sessionResumption", {{"handle", "h"}}}}));
}

TEST(Tokens, AModelThatTheTokenFixesIsTheSessions)
{
    TokenTheatre theatre;
    const std::string token = theatre.token(R"({"bidiGenerateContentSetup": {"model": "models/gemini-unknown-live"}})");
    EXPECT_FALSE(theatre.opens(token));
    EXPECT_EQ(theatre.wire->close_code, 1008);
}

TEST(Tokens, OthersTokensAreGoodButOnTheirMethodOnly)
{
    TokenTheatre theatre;
    EXPECT_TRUE(theatre.opens("auth_tokens%2Ffrom-elsewhere"));
    EXPECT_FALSE(theatre.opens("auth_tokens/an-invalid-one"));
    EXPECT_EQ(theatre.refusal(), "1007 API key not valid. Please pass a valid API key.");
}

TEST(Tokens, RequestsNeedAKey)
{
    const auto judge = [](const std::string &target, const std::string &key) {
        return judge_token_request(
            target, [&key](std::string_view name) { return name == "x-goog-api-key" ? key : std::string(); });
    };
    for (const char *target : {"/v1/auth_tokens", "/v1beta/auth_tokens?a=b", "/proxy/v1alpha/auth_tokens"})
        EXPECT_TRUE(is_token_request(target)) << target;
    EXPECT_FALSE(is_token_request("/v2/auth_tokens") || is_token_request(gemini_url));
    EXPECT_FALSE(judge("/v1/auth_tokens", "k") || judge("/v1/auth_tokens?key=k", ""));
    EXPECT_EQ(judge("/v1/auth_tokens", "").status, 403);
    EXPECT_EQ(judge("/v1/auth_tokens", "auth_tokens/x").status, 403);
    EXPECT_EQ(judge("/v1/auth_tokens", "my-invalid-key").status, 400);
}

}  // namespace
}  // namespace gemlive::emulator::test
