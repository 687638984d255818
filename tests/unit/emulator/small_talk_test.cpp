#include "small_talk.hpp"

#include <gtest/gtest.h>

namespace gemlive::emulator {
namespace {

TEST(SmallTalk, ArgumentsFitTheirSchema)
{
    EXPECT_EQ(arguments_for(Json::parse(R"({"name": "f"})")), Json::object());
    const Json function = Json::parse(R"({"parametersJsonSchema": {
        "type": "object",
        "required": ["e", "n", "l", "o", "s"],
        "properties": {
            "e": {"enum": ["b", "a"]},
            "n": {"type": "number", "maximum": -3},
            "skipped": {"type": "string"},
            "l": {"type": "array", "minItems": 2, "items": {"type": "boolean"}},
            "s": {"type": "string", "maxLength": 3},
            "o": {"$ref": "#/$defs/inner"}},
        "$defs": {"inner": {"type": "object", "properties": {"i": {"type": "integer"}}}}}})");
    const Json wanted = Json::parse(R"({"e": "b", "n": -3.0, "l": [true, true], "o": {"i": 1}, "s": "exa"})");
    EXPECT_EQ(nlohmann::json(arguments_for(function)), nlohmann::json(wanted));
}

TEST(SmallTalk, SpeaksOfAnyAnswer)
{
    EXPECT_EQ(spoken_response(Json::parse(R"({"output": "It rains"})")), "It rains");
    EXPECT_EQ(spoken_response(Json::parse(R"({"output": {"celsius": 21, "dry": true}})")),
              "celsius is 21, dry is yes");
    EXPECT_EQ(spoken_response(Json::parse(R"({"sky": ["blue", null]})")), "sky is blue, nothing");
    EXPECT_EQ(spoken_response(Json::parse(R"({"error": "no bulb"})")), "That did not work: no bulb");
    EXPECT_EQ(spoken_response(Json::object()), "");
}

}  // namespace
}  // namespace gemlive::emulator
