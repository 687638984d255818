#include "settings/settings.hpp"

#include <sstream>

#include <gmock/gmock.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;

class SettingsTest : public MadeSettings {
protected:
    // Settings of these options, with another value of the one named.
    std::shared_ptr<const Settings> changed(const Option &option)
    {
        Options other = options;
        EXPECT_FALSE(other.set(option.name, another_value(option))) << option.name;
        std::shared_ptr<const Settings> made;
        const Error error = Settings::make(other, made);
        EXPECT_FALSE(error) << option.name << ": " << error.message;
        return made;
    }

private:
    json another_value(const Option &option) const
    {
        if (std::string_view(option.name) == "image_encode_options") {
            return {{"quality", 1}};
        }
        if (option.type == OptionType::integer) {
            return static_cast<int64_t>(options.integer(option.name) == option.most ? option.least : option.most);
        }
        std::istringstream words(option.allowed);
        std::string word;
        while (words >> word && options.text(option.name) == word) {
        }
        return word;
    }
};

TEST_F(SettingsTest, FirstErrorOfTheOptionsIsTheAnswer)
{
    options.set("temperature", 5);
    options.set("no_such_option", 1);
    const Error error = make();
    EXPECT_EQ(error.status, Status::invalid_argument);
    EXPECT_THAT(error.message, ::testing::HasSubstr("temperature"));
}

// The option table says when a change takes effect, and the type of Settings makes it so: neither forgets a row.
TEST_F(SettingsTest, WhatTakesEffectAtOnceIsWhatTheOptionTableSays)
{
    ASSERT_FALSE(make());
    for (const Option &option : option_table()) {
        const bool plain = option.type == OptionType::integer || *option.allowed;
        if (option.effect != OptionEffect::in_place && !plain) {
            continue;
        }
        ASSERT_TRUE(plain || std::string_view(option.name) == "image_encode_options")
            << option.name << ": this test knows no other value for it";
        const auto newer = changed(option);
        ASSERT_TRUE(newer);
        const InPlace &before = *settings;
        const bool differs = !(before == InPlace(*newer));
        EXPECT_EQ(differs, option.effect == OptionEffect::in_place) << option.name;
    }
}

TEST_F(SettingsTest, ARunningSessionTakesOnlyWhatTakesEffectAtOnce)
{
    ASSERT_FALSE(make());
    options.set("stall_timeout_ms", 77);
    options.set("voice", "Kore");
    options.set("event_queue", 99);
    std::shared_ptr<const Settings> newer;
    ASSERT_FALSE(Settings::make(options, newer));
    const auto in_force = settings->with_in_place_of(*newer);
    EXPECT_EQ(in_force->stall_timeout_ms, 77);
    EXPECT_EQ(in_force->setup.message(""), settings->setup.message(""));
    EXPECT_EQ(in_force->event_queue, settings->event_queue);
}

TEST_F(SettingsTest, RetriesAreBoundedByTheirNumberOnlyIfOneIsSet)
{
    ASSERT_FALSE(make());
    EXPECT_FALSE(settings->max_retries);
    options.set("max_retries", 0);
    ASSERT_FALSE(make());
    EXPECT_EQ(settings->max_retries, 0);
}

}  // namespace
}  // namespace gemlive::settings
