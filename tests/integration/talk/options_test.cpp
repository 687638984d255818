#include "options.hpp"

#include <gtest/gtest.h>

using namespace gemlive::talk;

namespace {

std::string refusal(const std::vector<std::string> &arguments)
{
    try {
        parse_options(arguments);
    } catch (const UsageError &error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST(Options, ValuesFollowOrAreJoined)
{
    const Options options =
        parse_options({"--url", "wss://a", "--model=m", "--option", "temperature=0.5", "--json", "--play-rate",
                       "48000", "--timeout", "1.5", "--modality", "text"});
    ASSERT_EQ(options.library.size(), 4u);
    EXPECT_EQ(options.library[0].name, "base_url");
    EXPECT_EQ(options.library[1].value, "m");
    EXPECT_EQ(options.library[2].name, "temperature");
    EXPECT_EQ(options.library[2].value, "0.5");
    EXPECT_EQ(options.library[3].value, R"(["TEXT"])");
    EXPECT_TRUE(options.json);
    EXPECT_EQ(options.play_rate, 48000);
    EXPECT_EQ(options.timeout_s, 1.5);
}

TEST(Options, AnOptionsValueMayHoldEqualsSigns)
{
    const Options options = parse_options({"--option=headers={\"a\": \"b=c\"}"});
    EXPECT_EQ(options.library[0].name, "headers");
    EXPECT_EQ(options.library[0].value, "{\"a\": \"b=c\"}");
}

TEST(Options, WhatIsNotUnderstoodIsRefusedByName)
{
    EXPECT_NE(refusal({"--bogus"}).find("'--bogus' is no option"), std::string::npos);
    EXPECT_EQ(refusal({"--model"}), "--model needs a value");
    EXPECT_NE(refusal({"--play-rate", "12"}).find("--play-rate takes a whole number"), std::string::npos);
    EXPECT_NE(refusal({"--play-rate", "24k"}).find("--play-rate takes a whole number"), std::string::npos);
    EXPECT_NE(refusal({"--timeout", "0"}).find("--timeout takes seconds"), std::string::npos);
    EXPECT_NE(refusal({"--timeout", "nan"}).find("--timeout takes seconds"), std::string::npos);
    EXPECT_NE(refusal({"--option", "x"}).find("NAME=VALUE"), std::string::npos);
    EXPECT_NE(refusal({"--modality", "video"}).find("audio or text"), std::string::npos);
    EXPECT_NE(refusal({"--script", "a", "--scenario", "b"}).find("exclude each other"), std::string::npos);
    EXPECT_NE(refusal({"--api-key", "abc", "--token", "def"}).find("exclude each other"), std::string::npos);
}

TEST(Options, WhatThisVersionLacksIsSaidClearly)
{
    EXPECT_NE(refusal({"--in", "mic"}).find("no sound devices"), std::string::npos);
    EXPECT_NE(refusal({"--out", "speaker"}).find("no sound devices"), std::string::npos);
    EXPECT_NE(refusal({"--proxy", "http://p"}).find("proxies come later"), std::string::npos);
}

TEST(Options, ManualActivityIsSeenInBothSpellings)
{
    EXPECT_FALSE(manual_activity(parse_options({})));
    EXPECT_TRUE(manual_activity(
        parse_options({"--option", R"(realtime_input_config={"automaticActivityDetection":{"disabled":true}})"})));
    EXPECT_TRUE(manual_activity(parse_options(
        {"--option", R"(realtime_input_config={"automatic_activity_detection":{"disabled":true}})"})));
    EXPECT_FALSE(manual_activity(parse_options(
        {"--option", R"(realtime_input_config={"automaticActivityDetection":{"disabled":false}})"})));
}

TEST(Options, SecretsAreOverwrittenInTheArguments)
{
    std::string arguments[] = {"talk", "--api-key", "very-secret", "--token=also-secret", "--model", "m"};
    char *argv[6];
    for (size_t at = 0; at < 6; ++at) {
        argv[at] = arguments[at].data();
    }
    hide_secrets(6, argv);
    EXPECT_STREQ(argv[2], "***********");
    EXPECT_STREQ(argv[3], "--token=***********");
    EXPECT_STREQ(argv[5], "m");
}
