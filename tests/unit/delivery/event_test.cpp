#include "delivery/event.hpp"

#include <gtest/gtest.h>

namespace gemlive::delivery {
namespace {

TEST(Event, JsonHasIdsAsWordsAndFieldsInOrder)
{
    Event event(EventType::turn_started);
    event.seq = 7;
    event.time_ms = 12;
    event.connection = 1;
    event.turn = 2;
    event.request = 3;
    event.set("trigger", "request");
    EXPECT_EQ(event.json(), R"({"event":"turn_started","seq":7,"time_ms":12,"connection":1,"turn":"turn-2",)"
                            R"("request":"request-3","trigger":"request"})");
}

TEST(Event, AudioShowsItsShape)
{
    Event event(EventType::audio);
    event.samples.resize(480);
    event.sample_rate = 24000;
    event.offset_frames = 960;
    const auto json = nlohmann::json::parse(event.json());
    EXPECT_EQ(json["frames"], 480);
    EXPECT_EQ(json["sample_rate"], 24000);
    EXPECT_EQ(json["channels"], 1);
    EXPECT_EQ(json["offset_frames"], 960);
}

TEST(Event, TextThatIsNotUtf8StillGivesJson)
{
    Event event(EventType::text);
    event.set("text", std::string("a\xFF") + "b");
    EXPECT_TRUE(nlohmann::json::accept(event.json()));
}

TEST(Event, FieldsItDoesNotHaveAreNothing)
{
    const Event event(EventType::usage);
    EXPECT_EQ(event.text_of("text"), "");
    EXPECT_EQ(event.number_of("heard_ms", -1), -1);
    EXPECT_FALSE(event.flag_of("final"));
}

TEST(Event, EveryTypeHasAName)
{
    for (int32_t type = 1; type <= static_cast<int32_t>(EventType::closed); ++type) {
        EXPECT_STRNE(event_type_name(type), "unknown") << type;
    }
    EXPECT_STREQ(event_type_name(0), "unknown");
    EXPECT_STREQ(event_type_name(static_cast<int32_t>(EventType::closed) + 1), "unknown");
}

}  // namespace
}  // namespace gemlive::delivery
