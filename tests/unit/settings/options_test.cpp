#include "settings/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gemlive::settings {
namespace {

using ::testing::HasSubstr;

TEST(Options, UnknownNameIsRefusedWithTheNearest)
{
    Options options;
    const Error error = options.set_text("temprature", "0.5");
    EXPECT_EQ(error.status, Status::invalid_argument);
    EXPECT_THAT(error.message, HasSubstr("\"temperature\""));
}

TEST(Options, ValuesOutOfRangeNameTheRange)
{
    Options options;
    const Error error = options.set("temperature", 3);
    EXPECT_THAT(error.message, HasSubstr("temperature is 3; allowed is 0 to 2"));
    EXPECT_FALSE(options.is_set("temperature"));
}

TEST(Options, FirstErrorStays)
{
    Options options;
    options.set("temperature", 3);
    options.set("nonsense", 1);
    options.set("temperature", 1);
    EXPECT_THAT(options.first_error().message, HasSubstr("temperature"));
}

TEST(Options, TextIsReadAsTheOptionsType)
{
    Options options;
    EXPECT_FALSE(options.set_text("temperature", "0.7"));
    EXPECT_FALSE(options.set_text("vertexai", "true"));
    EXPECT_FALSE(options.set_text("voice", "Kore"));
    EXPECT_FALSE(options.set_text("tools", R"([{"googleSearch":{}}])"));
    EXPECT_EQ(options.get("temperature"), 0.7);
    EXPECT_TRUE(options.boolean("vertexai"));
    EXPECT_EQ(options.text("voice"), "Kore");
    EXPECT_TRUE(options.set_text("max_retries", "many"));
}

TEST(Options, JsonSetsAllOrNothing)
{
    Options options;
    EXPECT_TRUE(options.set_all(R"({"voice":"Kore","temperature":9})"));
    EXPECT_FALSE(options.is_set("voice"));
    EXPECT_FALSE(options.set_all(R"({"voice":"Kore","temperature":1})"));
    EXPECT_EQ(options.text("voice"), "Kore");
    EXPECT_TRUE(options.set_all("[]"));
}

TEST(Options, NullIsOffWhereThatDiffersFromAbsent)
{
    Options options;
    EXPECT_TRUE(options.get("input_audio_transcription").is_object());
    EXPECT_FALSE(options.set_json("input_audio_transcription", "null"));
    EXPECT_TRUE(options.is_off("input_audio_transcription"));
    EXPECT_FALSE(options.set_json("temperature", "null"));
    EXPECT_FALSE(options.is_off("temperature"));
}

TEST(Options, SessionOptionsLieOnTopOfTheModels)
{
    Options model;
    model.set("voice", "Kore");
    model.set("temperature", 1);
    Options changes;
    changes.set("voice", "Puck");
    const Options both = model.merged(changes);
    EXPECT_EQ(both.text("voice"), "Puck");
    EXPECT_EQ(both.integer("temperature"), 1);
}

TEST(Options, WordsAreChecked)
{
    Options options;
    EXPECT_THAT(options.set("audio_events", "sometimes").message, HasSubstr("auto on off"));
    EXPECT_FALSE(options.set("audio_events", "off"));
}

TEST(Options, TextHasToBeUtf8)
{
    Options options;
    EXPECT_EQ(options.set_text("instructions", "\xC3(").status, Status::invalid_argument);
}

TEST(OptionTable, NamesAreUniqueAndDefaultsAllowed)
{
    for (const Option &option : option_table()) {
        EXPECT_EQ(find_option(option.name), &option) << option.name;
        if (*option.default_json) {
            Options options;
            EXPECT_FALSE(options.set_json(option.name, option.default_json)) << option.name;
        }
    }
}

}  // namespace
}  // namespace gemlive::settings
