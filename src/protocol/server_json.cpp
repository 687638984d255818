#include <simdjson.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "json_reader.hpp"
#include "mime.hpp"
#include "protocol/decoder.hpp"

namespace gemlive::protocol {
namespace {

using Range = std::pair<size_t, size_t>;  // offsets, end excluded

// Finds in the text what is not to be handed on, the audio and the resumption handle, so that everything else can be
// exactly as it was sent.
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
                if (value.front() != '"') {
                    return wrong_shape;
                }
                const size_t start = static_cast<size_t>(value.data() - text_.data());
                found_.push_back(with_key_and_comma({start, start + value.size()}));
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
        Range data{0, 0};
        const JsonError error = each_member(blob, [&](std::string_view key, Value &member) -> JsonError {
            if (is_named(key, "mimeType")) {
                return read_text(member, mime_type);
            }
            if (is_named(key, "data")) {
                const std::string_view value = token(member);
                if (value.front() != '"') {
                    return wrong_shape;
                }
                const size_t start = static_cast<size_t>(value.data() - text_.data());
                data = {start, start + value.size()};
            }
            return simdjson::SUCCESS;
        });
        if (!error && data.second > 0 && is_pcm(mime_type)) {
            found_.push_back(with_key_and_comma(data));
        }
        return error;
    }

    Range with_key_and_comma(Range value) const
    {
        const auto before = [&](size_t at) { return text_.find_last_not_of(" \t\r\n", at - 1); };
        const size_t colon = before(value.first);
        const size_t key_end = before(colon);
        size_t start = text_.rfind('"', key_end - 1);
        size_t end = value.second;
        const size_t previous = before(start);
        if (text_[previous] == ',') {
            start = previous;
        } else {
            const size_t next = text_.find_first_not_of(" \t\r\n", end);
            end = text_[next] == ',' ? next + 1 : end;
        }
        return {start, end};
    }

    std::string_view text_;
    std::vector<Range> found_;
};

}  // namespace

std::string server_json(std::string_view message, bool withhold)
{
    const simdjson::padded_string padded(message);
    const std::string_view text(padded.data(), padded.size());
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object root;
    if (parser.iterate(padded).get(document) || document.get_object().get(root)) {
        return {};
    }
    std::string kept;
    size_t at = 0;
    if (withhold) {
        for (const auto &[start, end] : WithheldFinder(text).find(root)) {
            kept.append(text, at, start - at);
            at = end;
        }
    }
    kept.append(text, at);
    if (!nlohmann::json::accept(kept)) {
        return {};
    }
    std::string compact(kept.size() + simdjson::SIMDJSON_PADDING, '\0');
    size_t size = 0;
    if (simdjson::minify(kept.data(), kept.size(), compact.data(), size)) {
        return {};
    }
    compact.resize(size);
    return compact;
}

}  // namespace gemlive::protocol
