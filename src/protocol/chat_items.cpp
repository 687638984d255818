#include "protocol/chat_items.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/json_text.hpp"
#include "protocol/chat_turns.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array role_names = {"user", "assistant", "system", "developer"};
constexpr std::array kind_names = {"message", "function_call", "function_call_output"};
constexpr std::array state_names = {"", "open", "answered", "cancelled"};

// Members that are taken and mean nothing here: those of a context that another library has written.
constexpr std::array common_members = {"id",   "type",    "since_handle", "created_at", "extra",
                                       "hash", "metrics", "group_id"};
constexpr std::array message_members = {"role", "content", "interrupted", "transcript_confidence"};
constexpr std::array call_members = {"call_id", "name", "arguments", "state"};
constexpr std::array output_members = {"call_id", "name", "output", "is_error"};
constexpr std::array part_members = {"type", "id", "text", "transcript", "image", "mime_type", "frame", "inference_width",
                                     "inference_height", "inference_detail"};

template <typename Names>
bool is_among(const Names &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <typename Names>
std::string list_of(const Names &names)
{
    std::string list;
    for (const char *const name : names) {
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    return list;
}

// One item, member by member.
class Reader {
public:
    Reader(const json &given, size_t number, ChatItem &item) : given_(given), item_(item), at_("item " + std::to_string(number))
    {
        item_.id = "item-" + std::to_string(number);
    }

    Error read()
    {
        if (!given_.is_object()) {
            return wrong("", "an object is wanted");
        }
        if (Error error = text("id", item_.id, false)) {
            return error;
        }
        if (item_.id.empty()) {
            return wrong("id", "it may not be empty");
        }
        at_ += " (\"" + item_.id + "\")";
        std::string type = "message";
        if (Error error = text("type", type, false)) {
            return error;
        }
        const auto kind = std::find(kind_names.begin(), kind_names.end(), type);
        if (kind == kind_names.end()) {
            return wrong("type", "it is \"" + type + "\"; allowed: " + list_of(kind_names));
        }
        item_.kind = static_cast<ChatItemKind>(kind - kind_names.begin());
        if (Error error = truth("since_handle", item_.since_handle)) {
            return error;
        }
        switch (item_.kind) {
        case ChatItemKind::message: return message();
        case ChatItemKind::function_call: return call();
        case ChatItemKind::function_call_output: return output();
        }
        return {};
    }

private:
    Error wrong(const std::string &member, const std::string &why) const
    {
        return {Status::invalid_argument, at_ + (member.empty() ? "" : ", " + member) + ": " + why};
    }

    template <typename Names>
    Error only(const Names &names) const
    {
        for (const auto &[name, value] : given_.items()) {
            if (!is_among(names, name) && !is_among(common_members, name)) {
                return wrong(name, "no such member; allowed: id, type, " + list_of(names));
            }
        }
        return {};
    }

    Error text(const char *name, std::string &out, bool needed) const
    {
        const auto found = given_.find(name);
        if (found == given_.end() || found->is_null()) {
            return needed ? wrong(name, "it is missing; a text is wanted") : Error();
        }
        if (!found->is_string()) {
            return wrong(name, "a text is wanted");
        }
        out = found->get<std::string>();
        return needed && out.empty() ? wrong(name, "it may not be empty") : Error();
    }

    Error truth(const char *name, bool &out) const
    {
        const auto found = given_.find(name);
        if (found == given_.end() || found->is_null()) {
            return {};
        }
        if (!found->is_boolean()) {
            return wrong(name, "true or false is wanted");
        }
        out = found->get<bool>();
        return {};
    }

    Error message()
    {
        if (Error error = only(message_members)) {
            return error;
        }
        std::string role;
        if (Error error = text("role", role, true)) {
            return error;
        }
        const std::string known = role == "model" ? "assistant" : role;
        const auto found = std::find(role_names.begin(), role_names.end(), known);
        if (found == role_names.end()) {
            return wrong("role", "it is \"" + role + "\"; allowed: " + list_of(role_names) + ", model");
        }
        item_.role = static_cast<ChatRole>(found - role_names.begin());
        if (Error error = truth("interrupted", item_.interrupted)) {
            return error;
        }
        const auto content = given_.find("content");
        if (content == given_.end() || !(content->is_array() || content->is_string())) {
            return wrong("content", "a text, or a list of texts and objects, is wanted");
        }
        if (content->is_string()) {
            return part(*content, "content");
        }
        for (size_t i = 0; i < content->size(); ++i) {
            if (Error error = part((*content)[i], "content[" + std::to_string(i) + "]")) {
                return error;
            }
        }
        return {};
    }

    Error part(const json &given, const std::string &place)
    {
        if (given.is_string()) {
            item_.content.push_back({ChatPartKind::text, given.get<std::string>(), ""});
            return {};
        }
        if (!given.is_object()) {
            return wrong(place, "a text or an object is wanted");
        }
        for (const auto &[name, value] : given.items()) {
            if (!is_among(part_members, name)) {
                return wrong(place + "." + name, "no such member; allowed: " + list_of(part_members));
            }
        }
        const json type = given.value("type", json());
        if (type == "image_content") {
            return image(given, place);
        }
        const bool is_audio = type == "audio_content";
        if (!is_audio && type != "text") {
            return wrong(place + ".type", "allowed: text, audio_content, image_content");
        }
        const char *const member = is_audio ? "transcript" : "text";
        const json words = given.value(member, json());
        if (!(words.is_string() || (is_audio && words.is_null()))) {
            return wrong(place + "." + member, "a text is wanted");
        }
        item_.content.push_back({is_audio ? ChatPartKind::audio : ChatPartKind::text,
                                 words.is_string() ? words.get<std::string>() : std::string(), ""});
        return {};
    }

    Error image(const json &given, const std::string &place)
    {
        const json url = given.value("image", json());
        if (!url.is_string()) {
            return wrong(place + ".image", "a text is wanted: a data:, https:, http: or gs: URL");
        }
        ChatPart part{ChatPartKind::image, url.get<std::string>(), ""};
        const json mime = given.value("mime_type", json());
        if (!(mime.is_null() || mime.is_string())) {
            return wrong(place + ".mime_type", "a text is wanted");
        }
        part.mime_type = mime.is_string() ? mime.get<std::string>() : std::string();
        if (Error error = check_chat_image(part)) {
            return wrong(place + ".image", error.message);
        }
        item_.content.push_back(std::move(part));
        return {};
    }

    Error call()
    {
        Error error = only(call_members);
        if (!error) {
            error = text("call_id", item_.call, true);
        }
        if (!error) {
            error = text("name", item_.name, true);
        }
        if (error) {
            return error;
        }
        const json arguments = given_.value("arguments", json::object());
        if (arguments.is_object()) {
            item_.arguments = arguments.dump(-1, ' ', false, json::error_handler_t::replace);
            return {};
        }
        if (arguments.is_string()) {
            item_.arguments = arguments.get<std::string>();
            if (parse_json<json>(item_.arguments).is_object()) {
                return {};
            }
        }
        return wrong("arguments", "an object is wanted, or the JSON text of one");
    }

    Error output()
    {
        Error error = only(output_members);
        if (!error) {
            error = text("call_id", item_.call, true);
        }
        if (!error) {
            error = text("name", item_.name, false);
        }
        if (!error) {
            error = truth("is_error", item_.is_error);
        }
        if (error) {
            return error;
        }
        const auto output = given_.find("output");
        if (output == given_.end()) {
            return wrong("output", "it is missing; any JSON value is wanted");
        }
        item_.output = output->dump(-1, ' ', false, json::error_handler_t::replace);
        return {};
    }

    const json &given_;
    ChatItem &item_;
    std::string at_;
};

}  // namespace

const char *chat_role_name(ChatRole role) noexcept
{
    return role_names[static_cast<size_t>(role)];
}

size_t size_of(const ChatItem &item) noexcept
{
    size_t size = item.id.size() + item.call.size() + item.name.size() + item.arguments.size() +
                  item.output.size();
    for (const ChatPart &part : item.content) {
        size += part.text.size();
    }
    return size;
}

Error read_chat_items(const json &given, std::vector<ChatItem> &out)
{
    const bool wrapped = given.is_object() && given.size() == 1 && given.contains("items");
    const json &list = wrapped ? given["items"] : given;
    if (!list.is_array()) {
        return {Status::invalid_argument, "a list of items is wanted, or an object whose only member is items"};
    }
    std::vector<ChatItem> items(list.size());
    std::set<std::string> ids;
    for (size_t i = 0; i < list.size(); ++i) {
        if (Error error = Reader(list[i], i + 1, items[i]).read()) {
            return error;
        }
        if (!ids.insert(items[i].id).second) {
            return {Status::invalid_argument,
                    "item " + std::to_string(i + 1) + ", id: \"" + items[i].id + "\" is the id of an item before it"};
        }
    }
    out = std::move(items);
    return {};
}

namespace {

ordered_json part_json(const ChatPart &part)
{
    switch (part.kind) {
    case ChatPartKind::text: return part.text;
    case ChatPartKind::audio: return {{"type", "audio_content"}, {"transcript", part.text}};
    case ChatPartKind::image: break;
    }
    ordered_json image = {{"type", "image_content"}, {"image", part.text}};
    if (!part.mime_type.empty()) {
        image["mime_type"] = part.mime_type;
    }
    return image;
}

}  // namespace

ordered_json chat_item_json(const ChatItem &item)
{
    ordered_json result = {{"id", item.id}, {"type", kind_names[static_cast<size_t>(item.kind)]}};
    switch (item.kind) {
    case ChatItemKind::message:
        result["role"] = chat_role_name(item.role);
        result["content"] = ordered_json::array();
        for (const ChatPart &part : item.content) {
            result["content"].push_back(part_json(part));
        }
        if (item.interrupted) {
            result["interrupted"] = true;
        }
        break;
    case ChatItemKind::function_call:
        result["call_id"] = item.call;
        result["name"] = item.name;
        result["arguments"] = item.arguments;
        if (item.state != CallState::unknown) {
            result["state"] = state_names[static_cast<size_t>(item.state)];
        }
        break;
    case ChatItemKind::function_call_output:
        result["call_id"] = item.call;
        result["name"] = item.name;
        result["output"] = parse_json<ordered_json>(item.output);
        result["is_error"] = item.is_error;
        break;
    }
    if (item.since_handle) {
        result["since_handle"] = true;
    }
    return result;
}

}  // namespace gemlive::protocol
