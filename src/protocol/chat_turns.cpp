#include "protocol/chat_turns.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/base64.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;

constexpr std::string_view data_scheme = "data:";
constexpr std::string_view base64_mark = ";base64,";
constexpr std::array<std::string_view, 4> picture_types = {"image/jpeg", "image/png", "image/webp", "image/gif"};

struct DataUrl {
    std::string_view mime_type;
    std::string_view base64;
};

bool split_data_url(std::string_view url, DataUrl &out)
{
    const size_t mark = url.find(base64_mark);
    if (!url.starts_with(data_scheme) || mark == std::string_view::npos) {
        return false;
    }
    out.mime_type = url.substr(data_scheme.size(), mark - data_scheme.size());
    out.base64 = url.substr(mark + base64_mark.size());
    return true;
}

bool is_picture_type(std::string_view mime_type)
{
    return std::find(picture_types.begin(), picture_types.end(), mime_type) != picture_types.end();
}

json picture(const ChatPart &part)
{
    DataUrl data;
    if (split_data_url(part.text, data)) {
        return {{"inlineData", {{"mimeType", data.mime_type}, {"data", data.base64}}}};
    }
    const std::string mime_type = part.mime_type.empty() ? "image/jpeg" : part.mime_type;
    return {{"fileData", {{"mimeType", mime_type}, {"fileUri", part.text}}}};
}

class Calls {
public:
    explicit Calls(std::span<const ChatItem> items)
    {
        for (const ChatItem &item : items) {
            if (item.kind == ChatItemKind::function_call) {
                calls_.emplace(item.call, &item);
            } else if (item.kind == ChatItemKind::function_call_output) {
                answered_.insert(item.call);
            }
        }
    }

    // The output's, or a call's that nothing in the list answers.
    std::string words_of(const ChatItem &item) const
    {
        if (item.kind == ChatItemKind::function_call) {
            return answered_.contains(item.call) ? "" : "The function \"" + item.name + "\" was called with " +
                                                            item.arguments + ", and did not answer.";
        }
        const auto call = calls_.find(item.call);
        const std::string name = call == calls_.end() ? item.name : call->second->name;
        const std::string with = call == calls_.end() ? "" : ", called with " + call->second->arguments + ",";
        return "The function \"" + name + "\"" + with + (item.is_error ? " failed: " : " returned ") + item.output;
    }

private:
    std::unordered_map<std::string_view, const ChatItem *> calls_;
    std::unordered_set<std::string_view> answered_;
};

class Turns {
public:
    void add(const char *role, json part)
    {
        if (turns_.empty() || turns_.back()["role"] != role) {
            turns_.push_back({{"role", role}, {"parts", json::array()}});
        }
        turns_.back()["parts"].push_back(std::move(part));
    }

    void add_text(const char *role, const std::string &text)
    {
        if (!text.empty()) {  // a part without words is refused
            add(role, {{"text", text}});
        }
    }

    json take() { return std::move(turns_); }

private:
    json turns_ = json::array();
};

}  // namespace

std::string tagged_instructions(std::string_view instructions)
{
    return "<instructions>\n" + std::string(instructions) + "\n</instructions>";
}

Error check_chat_image(const ChatPart &part)
{
    DataUrl data;
    if (part.text.starts_with(data_scheme)) {
        if (!split_data_url(part.text, data) || !is_picture_type(data.mime_type)) {
            return {Status::invalid_argument, "a data URL begins with data:image/jpeg;base64, or that of image/png, "
                                              "image/webp or image/gif"};
        }
        std::vector<uint8_t> bytes(base64::decoded_size(data.base64));
        if (data.base64.empty() || !base64::decode(data.base64, bytes.data())) {
            return {Status::invalid_argument, "what follows base64, is no base64"};
        }
        return {};
    }
    const bool is_link = part.text.starts_with("https://") || part.text.starts_with("http://") ||
                         part.text.starts_with("gs://");
    return is_link ? Error() : Error(Status::invalid_argument, "a data:, https:, http: or gs: URL is wanted");
}

json chat_turns(std::span<const ChatItem> items)
{
    Turns turns;
    const Calls calls(items);
    for (const ChatItem &item : items) {
        if (item.kind != ChatItemKind::message) {
            turns.add_text("user", calls.words_of(item));
            continue;
        }
        const bool instructs = item.role == ChatRole::system || item.role == ChatRole::developer;
        const char *const role = item.role == ChatRole::assistant ? "model" : "user";
        for (const ChatPart &part : item.content) {
            if (part.kind == ChatPartKind::image) {
                turns.add(role, picture(part));
            } else {
                turns.add_text(role, instructs && !part.text.empty() ? tagged_instructions(part.text) : part.text);
            }
        }
    }
    return turns.take();
}

}  // namespace gemlive::protocol
