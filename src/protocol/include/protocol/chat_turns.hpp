#pragma once

#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/chat_item.hpp"

namespace gemlive::protocol {

// Words that are to steer the model, within a turn of the user.
std::string tagged_instructions(std::string_view instructions);

// Whether a picture is one that the service takes: a data URL of JPEG, PNG, WebP or GIF, or a link.
Error check_chat_image(const ChatPart &part);

// The turns of clientContent that say the same as the items. Items that follow one another with the same role are one
// turn. The service takes no calls in a history and no turns of the system on every product, so calls, their outputs and
// instructions are told in turns of the user.
nlohmann::json chat_turns(std::span<const ChatItem> items);

}  // namespace gemlive::protocol
