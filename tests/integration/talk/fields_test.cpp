#include "fields.hpp"

#include <gtest/gtest.h>

using namespace gemlive::talk;

namespace {

const Field fields[] = {{"file", FieldType::text, true},
                        {"pace", FieldType::text, false, 0, 0, "realtime none"},
                        {"chunk_ms", FieldType::whole, false, 1, 1'000},
                        {"background", FieldType::truth},
                        {"event", FieldType::object}};

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
              "'fiel' is no field of x; allowed: file, pace, chunk_ms, background, event");
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
