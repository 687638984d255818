#include "protocol/chat_turns.hpp"

#include <gtest/gtest.h>

#include "protocol/chat_items.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;

json turns_of(const char *items)
{
    std::vector<ChatItem> read;
    const Error error = read_chat_items(json::parse(items), read);
    EXPECT_FALSE(error) << error.message;
    return chat_turns(read);
}

TEST(ChatTurns, NeighboursOfOneRoleAreOneTurn)
{
    EXPECT_EQ(turns_of(R"([{"role": "user", "content": "u1"}, {"role": "user", "content": ["u2a", "u2b"]},
                           {"role": "assistant", "content": "a1"}])"),
              json::parse(R"([{"role": "user", "parts": [{"text": "u1"}, {"text": "u2a"}, {"text": "u2b"}]},
                              {"role": "model", "parts": [{"text": "a1"}]}])"));
}

TEST(ChatTurns, SpokenWordsAreKeptAndEmptyPartsLeftOut)
{
    EXPECT_EQ(turns_of(R"([{"role": "user", "content": [{"type": "audio_content", "transcript": "Hello?"}]},
                           {"role": "assistant", "content": [{"type": "audio_content"}, ""]}])"),
              json::parse(R"([{"role": "user", "parts": [{"text": "Hello?"}]}])"));
}

TEST(ChatTurns, PicturesGoAsBytesOrAsLinks)
{
    EXPECT_EQ(turns_of(R"([{"role": "user", "content": [
                  {"type": "image_content", "image": "data:image/webp;base64,AAAA"},
                  {"type": "image_content", "image": "https://example.com/a"},
                  {"type": "image_content", "image": "gs://b/c.png", "mime_type": "image/png"}]}])"),
              json::parse(R"([{"role": "user", "parts": [
                  {"inlineData": {"mimeType": "image/webp", "data": "AAAA"}},
                  {"fileData": {"mimeType": "image/jpeg", "fileUri": "https://example.com/a"}},
                  {"fileData": {"mimeType": "image/png", "fileUri": "gs://b/c.png"}}]}])"));
}

TEST(ChatTurns, InstructionsAreMarkedAndNotTheUsersWords)
{
    EXPECT_EQ(turns_of(R"([{"role": "system", "content": "Be brief."}, {"role": "developer", "content": "In French."}])"),
              json::parse(R"([{"role": "user", "parts": [{"text": "<instructions>\nBe brief.\n</instructions>"},
                                                        {"text": "<instructions>\nIn French.\n</instructions>"}]}])"));
}

TEST(ChatTurns, CallsAndOutputsAreTold)
{
    EXPECT_EQ(turns_of(R"([{"type": "function_call", "call_id": "1", "name": "price", "arguments": {"item": "sword"}},
                           {"type": "function_call_output", "call_id": "1", "output": {"coins": 40}},
                           {"type": "function_call", "call_id": "2", "name": "clock"},
                           {"type": "function_call_output", "call_id": "3", "name": "stock", "output": "gone", "is_error": true}])"),
              json::parse(R"([{"role": "user", "parts": [
                  {"text": "The function \"price\", called with {\"item\":\"sword\"}, returned {\"coins\":40}"},
                  {"text": "The function \"clock\" was called with {}, and did not answer."},
                  {"text": "The function \"stock\" failed: \"gone\""}]}])"));
}

}  // namespace
}  // namespace gemlive::protocol
