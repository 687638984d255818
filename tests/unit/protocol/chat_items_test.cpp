#include "protocol/chat_items.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gemlive::protocol {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::vector<ChatItem> read(const char *text)
{
    std::vector<ChatItem> items;
    const Error error = read_chat_items(json::parse(text), items);
    EXPECT_FALSE(error) << error.message;
    return items;
}

std::string refusal(const char *text)
{
    std::vector<ChatItem> items;
    const Error error = read_chat_items(json::parse(text), items);
    EXPECT_EQ(error.status, Status::invalid_argument) << text;
    return error.message;
}

TEST(ChatItems, WhatComesOutGoesInAgainAndIsTheSame)
{
    const char *const text = R"([
        {"id": "a", "type": "message", "role": "user", "content": ["What is this?",
            {"type": "image_content", "image": "data:image/png;base64,AAAA"},
            {"type": "image_content", "image": "gs://pictures/1.png", "mime_type": "image/png"}]},
        {"id": "b", "type": "message", "role": "assistant", "content": [{"type": "audio_content", "transcript": "A cat."}],
            "interrupted": true},
        {"id": "c", "type": "function_call", "call_id": "1", "name": "look", "arguments": "{\"far\":true}"},
        {"id": "d", "type": "function_call_output", "call_id": "1", "name": "look", "output": {"seen": 1}, "is_error": false},
        {"id": "e", "type": "message", "role": "system", "content": ["Be brief."]}])";
    const std::vector<ChatItem> items = read(text);
    ASSERT_EQ(items.size(), 5u);
    json again = json::array();
    for (const ChatItem &item : items) {
        again.push_back(json::parse(chat_item_json(item).dump()));
    }
    EXPECT_EQ(again, json::parse(text));
}

TEST(ChatItems, ContextOfTheReferenceIsTakenAsItIs)
{
    const std::vector<ChatItem> items = read(R"({"items": [
        {"id": "item_1", "type": "message", "role": "developer", "content": ["Short."], "interrupted": false,
         "transcript_confidence": null, "extra": {}, "metrics": {}, "created_at": 1.5},
        {"id": "item_2", "type": "function_call", "call_id": "x", "arguments": "{}", "name": "f", "created_at": 2,
         "group_id": null},
        {"id": "item_3", "type": "function_call_output", "name": "f", "call_id": "x", "output": "42", "is_error": true}]})");
    ASSERT_EQ(items.size(), 3u);
    EXPECT_EQ(items[0].role, ChatRole::developer);
    EXPECT_EQ(items[2].output, R"("42")");
    EXPECT_TRUE(items[2].is_error);
}

TEST(ChatItems, ShortFormsAreFilledUp)
{
    const std::vector<ChatItem> items = read(R"([{"role": "model", "content": "Hello."}])");
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].id, "item-1");
    EXPECT_EQ(items[0].role, ChatRole::assistant);
    EXPECT_EQ(items[0].content.at(0).text, "Hello.");
}

TEST(ChatItems, WhatIsWrongIsToldWithItsPlaceAndWhatIsAllowed)
{
    EXPECT_THAT(refusal(R"("text")"), HasSubstr("a list of items"));
    EXPECT_THAT(refusal(R"([1])"), HasSubstr("item 1: an object"));
    EXPECT_THAT(refusal(R"([{"id": "a", "type": "handoff"}])"),
                HasSubstr("item 1 (\"a\"), type: it is \"handoff\"; allowed: message, function_call, function_call_output"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "robot", "content": []}])"), HasSubstr("role: it is \"robot\"; allowed: user"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user"}])"), HasSubstr("content: a text, or a list"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user", "content": [], "colour": 1}])"), HasSubstr("colour: no such member"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user", "content": ["x", {"type": "video"}]}])"),
                HasSubstr("content[1].type: allowed: text, audio_content, image_content"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user", "content": [{"type": "image_content",
                "image": "data:image/bmp;base64,AAAA"}]}])"), HasSubstr("content[0].image: a data URL begins with"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user", "content": [{"type": "image_content",
                "image": "data:image/png;base64,!"}]}])"), HasSubstr("no base64"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user", "content": [{"type": "image_content", "image": "cat.png"}]}])"),
                HasSubstr("a data:, https:, http: or gs: URL"));
    EXPECT_THAT(refusal(R"([{"id": "a", "type": "function_call", "call_id": "1", "name": "f", "arguments": "no"}])"),
                HasSubstr("arguments: an object"));
    EXPECT_THAT(refusal(R"([{"id": "a", "type": "function_call_output", "call_id": "1"}])"), HasSubstr("output: it is missing"));
    EXPECT_THAT(refusal(R"([{"id": "a", "type": "function_call_output", "output": 1}])"), HasSubstr("call_id: it is missing"));
    EXPECT_THAT(refusal(R"([{"id": "a", "role": "user", "content": "x"}, {"id": "a", "role": "user", "content": "y"}])"),
                HasSubstr("item 2, id: \"a\" is the id of an item before it"));
    EXPECT_THAT(refusal(R"([{"id": "", "role": "user", "content": "x"}])"), HasSubstr("id: it may not be empty"));
}

}  // namespace
}  // namespace gemlive::protocol
