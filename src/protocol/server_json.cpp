#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "json_reader.hpp"
#include "mime.hpp"
#include "protocol/decoder.hpp"
#include "raw_json.hpp"

namespace gemlive::protocol {
namespace {

using Range = std::pair<size_t, size_t>;  // offsets, end excluded

// Finds in the text what is not to be handed on, the audio and the resumption handle, so that everything else can
// be exactly as it was sent.
class WithheldFinder {
public:
    explicit WithheldFinder(std::string_view text) : text_(text) {}

    std::vector<Range> find(simdjson::ondemand::object &root)
    {
        each_member(root, [&](std::string_view key, Value &content) -> JsonError {
            if (is_named(key, "sessionResumptionUpdate")) {
                return tolerate(in_resumption(content));
            }
            return is_named(key, "serverContent") ? tolerate(in_content(content)) : simdjson::SUCCESS;
        });
        return std::move(found_);
    }

private:
    // What has another shape has no audio in it.
    static JsonError tolerate(JsonError error) { return is_shape_error(error) ? simdjson::SUCCESS : error; }

    // Whoever has the handle can take the conversation up: it is treated like a password.
    JsonError in_resumption(Value &update)
    {
        return each_member(update, [&](std::string_view key, Value &handle) -> JsonError {
            if (is_named(key, "newHandle")) {
                const std::string_view value = token(handle);
                if (value.front() == '{' || value.front() == '[') {
                    return simdjson::SUCCESS;  // nobody takes that for a handle
                }
                found_.push_back(member_of(value));
            }
            return simdjson::SUCCESS;
        });
    }

    JsonError in_content(Value &content)
    {
        return each_member(content, [&](std::string_view key, Value &turn) -> JsonError {
            return is_named(key, "modelTurn") ? tolerate(in_turn(turn)) : simdjson::SUCCESS;
        });
    }

    JsonError in_turn(Value &turn)
    {
        return each_member(turn, [&](std::string_view key, Value &parts) -> JsonError {
            if (!is_named(key, "parts")) {
                return simdjson::SUCCESS;
            }
            return tolerate(each_element(parts, [&](Value &part) { return tolerate(in_part(part)); }));
        });
    }

    JsonError in_part(Value &part)
    {
        return each_member(part, [&](std::string_view key, Value &blob) -> JsonError {
            return is_named(key, "inlineData") ? tolerate(in_blob(blob)) : simdjson::SUCCESS;
        });
    }

    JsonError in_blob(Value &blob)
    {
        std::string mime_type;
        std::string_view data;
        const JsonError error = each_member(blob, [&](std::string_view key, Value &member) -> JsonError {
            if (is_named(key, "mimeType")) {
                return read_text(member, mime_type);
            }
            if (is_named(key, "data")) {
                data = token(member);
                return data.front() == '"' ? simdjson::SUCCESS : wrong_shape;
            }
            return simdjson::SUCCESS;
        });
        if (!error && !data.empty() && is_pcm(mime_type)) {
            found_.push_back(member_of(data));
        }
        return error;
    }

    // From the quote of the member's key to the end of its value.
    Range member_of(std::string_view value) const
    {
        const auto before = [&](size_t at) { return text_.find_last_not_of(" \t\r\n", at - 1); };
        const size_t start = static_cast<size_t>(value.data() - text_.data());
        const size_t key_end = before(before(start));
        return {text_.rfind('"', key_end - 1), start + value.size()};
    }

    std::string_view text_;
    std::vector<Range> found_;
};

// `text` without those members and the commas that are then too many.
std::string without(const std::vector<Range> &members, std::string_view text)
{
    std::string kept;
    size_t at = 0;
    for (const auto &[start, end] : members) {
        kept.append(text, at, start - at);
        kept.resize(kept.find_last_not_of(" \t\r\n") + 1);
        at = text.find_first_not_of(" \t\r\n", end);
        if (text[at] == ',') {
            ++at;
        } else if (kept.back() == ',') {
            kept.pop_back();
        }
    }
    kept.append(text, at);
    return kept;
}

}  // namespace

std::string_view without_audio(std::string_view text, const ServerMessage &message, std::string &kept)
{
    kept.clear();
    size_t at = 0;
    for (const Part &part : message.content.parts) {
        // Elsewhere than in the text it is only where a character of it was escaped.
        const bool in_text = std::less_equal<>()(text.data() + at, part.data.data()) &&
                             std::less<>()(part.data.data(), text.data() + text.size());
        if (part.kind == PartKind::audio && in_text) {
            const auto begin = static_cast<size_t>(part.data.data() - text.data());
            kept.append(text, at, begin - at);
            at = begin + part.data.size();
        }
    }
    return at == 0 ? text : std::string_view(kept.append(text, at));
}

std::string server_json(std::string_view message, bool withhold)
{
    const simdjson::padded_string padded(without_byte_order_mark(message));
    const std::string_view text(padded.data(), padded.size());
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object root;
    Repairs repairs;
    if (parser.iterate(padded).get(document) || document.get_object().get(root) || check_raw(root, repairs) ||
        document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return {};
    }
    if (!repairs.huge_numbers.empty()) {
        return server_json(quote_huge_numbers(text, repairs), withhold);
    }
    std::string shown;
    if (!withhold) {
        return compact(text, repairs, shown) ? std::string() : shown;
    }
    if (root.reset().error()) {
        return {};
    }
    const std::string kept = without(WithheldFinder(text).find(root), text);
    return compact(kept, repairs, shown) ? std::string() : shown;
}

}  // namespace gemlive::protocol
