#include "base/json_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gemlive {
namespace {

using nlohmann::json;

std::string nested(size_t levels)
{
    std::string text;
    for (size_t i = 0; i < levels; ++i) {
        text += i % 2 == 0 ? "[" : "{\"a\":";
    }
    text += "1";
    for (size_t i = levels; i-- > 0;) {
        text += i % 2 == 0 ? "]" : "}";
    }
    return text;
}

TEST(JsonText, CountsLevels)
{
    EXPECT_FALSE(has_too_many_levels(""));
    EXPECT_FALSE(has_too_many_levels(nested(100)));
    EXPECT_TRUE(has_too_many_levels(nested(101)));
    EXPECT_FALSE(has_too_many_levels("[" + nested(99) + "," + nested(99) + "]"));
    EXPECT_TRUE(has_too_many_levels(std::string(200'000, '[')));
    EXPECT_TRUE(has_too_many_levels("]]]]" + std::string(101, '{')));
}

TEST(JsonText, BracketsInStringsAreNone)
{
    const std::string brackets(200, '[');
    EXPECT_FALSE(has_too_many_levels("[\"" + brackets + "\"]"));
    EXPECT_FALSE(has_too_many_levels("[\"\\\"" + brackets + "\"]"));
    EXPECT_TRUE(has_too_many_levels("[\"\\\\\"" + brackets + "\"]"));
    EXPECT_FALSE(has_too_many_levels("[\"" + brackets));  // no end
    EXPECT_FALSE(has_too_many_levels("[\"" + brackets + "\\"));
}

TEST(JsonText, TheErrorNamesTheArgumentAndWhatIsAllowed)
{
    json out = "untouched";
    EXPECT_EQ(parse_json(nested(200'000), "option tools", out).message,
              "option tools has more than 100 levels of objects and arrays; allowed are 100");
    EXPECT_EQ(parse_json("[1,", "option tools", out).message, "option tools is not valid JSON");
    EXPECT_EQ(out, "untouched");
    EXPECT_FALSE(parse_json(nested(100), "option tools", out));
    EXPECT_EQ(out.dump(), nested(100));
}

TEST(JsonText, WithoutAReasonBothAreDiscarded)
{
    EXPECT_TRUE(parse_json<json>(nested(200'000)).is_discarded());
    EXPECT_TRUE(parse_json<json>("x").is_discarded());
    EXPECT_EQ(parse_json<json>("[1]"), json({1}));
}

}  // namespace
}  // namespace gemlive
