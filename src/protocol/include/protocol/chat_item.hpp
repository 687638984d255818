#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gemlive::protocol {

enum class ChatRole : uint8_t { user, assistant, system, developer };
enum class ChatPartKind : uint8_t { text, audio, image };
enum class ChatItemKind : uint8_t { message, function_call, function_call_output };
enum class CallState : uint8_t { unknown, open, answered, cancelled };

struct ChatPart {
    bool operator==(const ChatPart &) const = default;

    ChatPartKind kind = ChatPartKind::text;
    std::string text;       // the words; of an image its URL: data:, https:, http: or gs:
    std::string mime_type;  // of an image that is not a data URL
};

// One item of a conversation, as it is kept, shown and told to another server.
struct ChatItem {
    bool operator==(const ChatItem &) const = default;

    std::string id;
    ChatItemKind kind = ChatItemKind::message;
    bool since_handle = false;  // of a saved session: its resumption handle does not cover it

    // Of a message.
    ChatRole role = ChatRole::user;
    std::vector<ChatPart> content;
    bool interrupted = false;

    // Of a call and its output.
    std::string call;
    std::string name;
    std::string arguments;  // JSON text, an object
    CallState state = CallState::unknown;
    std::string output;     // JSON text
    bool is_error = false;
};

const char *chat_role_name(ChatRole role) noexcept;
// Bytes of all its texts.
size_t size_of(const ChatItem &item) noexcept;

}  // namespace gemlive::protocol
