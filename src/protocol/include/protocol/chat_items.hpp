#pragma once

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/chat_item.hpp"

// The JSON of a chat context, as docs/chat-context.md has it.
namespace gemlive::protocol {

// A list of items, or an object whose member `items` is one. What is wrong is told with the item and the member, and
// what is allowed there. An item without an id gets one: "item-" and its place, counted from 1.
Error read_chat_items(const nlohmann::json &given, std::vector<ChatItem> &out);

nlohmann::ordered_json chat_item_json(const ChatItem &item);

}  // namespace gemlive::protocol
