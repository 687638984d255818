#include "fields.hpp"

#include <gtest/gtest.h>

using namespace gemlive::talk;

namespace {

const Field fields[] = {{"file", FieldType::text, true},
                        {"pace", FieldType::text, false, 0, 0, "realtime none"},
                        {"chunk_ms", FieldType::whole, false, 1, 1'000},
                        {"background", FieldType::truth},
                        {"event", FieldType::object},
                        {"text", FieldType::text, false, 0, 0, "", true}};

std::string wrong(const char *command)
{
    return check_fields(Json::parse(command), fields).value_or("");
}

}  // namespace

TEST(Fields, RightOnesPass)
{
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a"})"), "");
    EXPECT_EQ(
        wrong(R"({"do": "x", "file": "a", "pace": "none", "chunk_ms": 20.0, "background": true, "event": {}})"),
        "");
}

TEST(Fields, AnUnknownOneIsNamedWithTheAllowed)
{
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "fiel": 1})"),
              "'fiel' is no field of x; allowed: file, pace, chunk_ms, background, event, text, "
              "text_code_units");
}

TEST(Fields, AWrongTypeIsNamedWithTheAllowed)
{
    EXPECT_EQ(wrong(R"({"do": "x", "file": 1})"), "'file' has to be a string, not 1");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "pace": "fast"})"),
              R"('pace' has to be "realtime" or "none", not "fast")");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "chunk_ms": 0})"),
              "'chunk_ms' has to be a whole number from 1 to 1000, not 0");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "chunk_ms": 1.5})"),
              "'chunk_ms' has to be a whole number from 1 to 1000, not 1.5");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "background": 1})"),
              "'background' has to be true or false, not 1");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "event": []})"), "'event' has to be a JSON object, not []");
}

TEST(Fields, AMissingOneIsNamed)
{
    EXPECT_EQ(wrong(R"({"do": "x"})"), "'file' is missing: a string");
}

TEST(Fields, CodeUnitsTakeThePlaceOfAText)
{
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "text_code_units": [0, 65535]})"), "");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "text_code_units": [65536]})"),
              "'text_code_units' has to be a list of whole numbers from 0 to 65535, not [65536]");
    EXPECT_EQ(wrong(R"({"do": "x", "file": "a", "text": "", "text_code_units": []})"),
              "'text_code_units' and 'text' exclude each other");
    EXPECT_EQ(wrong(R"({"do": "x", "file_code_units": []})").find("'file_code_units' is no field of x"), 0u);
}

TEST(Fields, CodeUnitsBecomeUtf8AndALoneSurrogateItsThreeBytes)
{
    const auto text = [](const char *units) {
        return text_from_code_units(Json{{"text_code_units", Json::parse(units)}}, "text").value();
    };
    EXPECT_EQ(text("[97, 228, 8364, 55357, 56898]"), "a\u00e4\u20ac\U0001f642");
    EXPECT_EQ(text("[97, 0, 98]"), std::string("a\0b", 3));
    EXPECT_EQ(text("[55357, 98]"), "\xED\xA0\xBD" "b");
    EXPECT_EQ(text("[56898, 55357]"), "\xED\xB9\x82\xED\xA0\xBD");
    EXPECT_FALSE(text_from_code_units(Json::object(), "text"));
}
