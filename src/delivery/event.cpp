#include "delivery/event.hpp"

#include <iterator>
#include <type_traits>
#include <utility>

#include "json_text.hpp"

namespace gemlive::delivery {
namespace {

constexpr const char *names[] = {
    "connecting", "connected", "disconnected", "go_away", "resumption_updated", "speech_started", "speech_stopped",
    "input_transcript", "turn_started", "text", "thought", "output_transcript", "audio", "media",
    "generation_complete", "interrupted", "turn_finished", "playout_finished", "tool_call", "tool_calls_cancelled",
    "reply_failed", "usage", "turn_metrics", "grounding", "code", "url_context", "interaction_status",
    "waiting_for_input", "stalled", "dropped", "not_applied", "error", "server_message", "closed",
};

// "turn-3": how ids of ours look in JSON.
struct Id {
    Word word;
    uint64_t number;
};

template <typename T>
constexpr bool is_whole = std::is_same_v<T, bool> || std::is_integral_v<T>;

void write(std::string &out, const Id &id)
{
    ((out += id.word) += '-') += std::to_string(id.number);
}

template <typename T>
void write(std::string &out, const T &value)
{
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        out += std::to_string(value);
    } else if constexpr (std::is_same_v<T, double>) {
        append_json_number(out, value);
    } else {
        value.write_json(out);
    }
}

// How a field looks within JSON: texts and ids with quotes, JSON as it is.
template <typename T>
void write_member(std::string &out, const T &value)
{
    if constexpr (std::is_same_v<T, Word> || std::is_same_v<T, std::string>) {
        append_json_string(out, value);
    } else if constexpr (std::is_same_v<T, Id>) {
        out += '"';
        write(out, value);
        out += '"';
    } else if constexpr (std::is_same_v<T, Json>) {
        out += value.text;
    } else {
        write(out, value);
    }
}

template <typename T>
constexpr bool is_text = std::is_same_v<T, Word> || std::is_same_v<T, std::string> || std::is_same_v<T, Json>;

std::string_view text_of(Word word)
{
    return word;
}

std::string_view text_of(const std::string &text)
{
    return text;
}

std::string_view text_of(const Json &json)
{
    return json.text;
}

// Calls `found` with the value of the field of a name. For the visitor of for_each_field.
template <typename Found>
class Finder {
public:
    Finder(std::string_view name, Found found) : name_(name), found_(std::move(found)) {}

    template <typename T>
    void operator()(const char *name, const T &value)
    {
        if (name_ == name) {
            found_(value);
        }
    }

private:
    std::string_view name_;
    Found found_;
};

}  // namespace

const char *event_type_name(int32_t type) noexcept
{
    return type >= 1 && type <= static_cast<int32_t>(std::size(names)) ? names[type - 1] : "unknown";
}

// Visits every field that is there, the common ones first, as visit(name, value).
template <typename Visit>
void Event::for_each_field(Visit &&visit) const
{
    visit("event", event_type_name(static_cast<int32_t>(type)));
    visit("seq", seq);
    visit("time_ms", time_ms);
    if (connection != 0) {
        visit("connection", connection);
    }
    const auto visit_id = [&](const char *name, uint64_t id) {
        if (id != 0) {
            visit(name, Id{name, id});
        }
    };
    visit_id("turn", turn);
    visit_id("request", request);
    visit_id("utterance", utterance);
    const auto visit_present = [&]<typename T>(const char *name, const T &value) {
        if constexpr (requires { value.has_value(); }) {
            if (value) {
                visit(name, *value);
            }
        } else {
            visit(name, value);
        }
    };
    std::visit([&](const auto &fields) { fields.for_each_field(visit_present); }, payload);
}

// Written piece by piece: every event of every language shows itself so, and a tree would take twice the time.
const std::string &Event::json() const
{
    return json_.get([this] {
        std::string text;
        {
            JsonObject object(text);
            for_each_field([&](const char *name, const auto &value) { write_member(object.member(name), value); });
        }
        return text;
    });
}

Event::ShownTexts Event::make_shown_texts() const
{
    ShownTexts texts;
    for_each_field([&]<typename T>(const char *name, const T &value) {
        if constexpr (!is_text<T>) {
            write(texts.emplace_back(name, std::string()).second, value);
        }
    });
    return texts;
}

std::string_view Event::shown(std::string_view name) const
{
    std::string_view result = "";
    for_each_field(Finder(name, [&]<typename T>(const T &value) {
        if constexpr (is_text<T>) {
            result = text_of(value);
        } else {
            for (const auto &[field, text] : shown_texts_.get([this] { return make_shown_texts(); })) {
                if (name == field) {
                    result = text;
                }
            }
        }
    }));
    return result;
}

bool Event::shows(std::string_view name) const
{
    bool found = false;
    for_each_field(Finder(name, [&](const auto &) { found = true; }));
    return found;
}

int64_t Event::shown_int(std::string_view name, int64_t absent) const
{
    int64_t result = absent;
    for_each_field(Finder(name, [&]<typename T>(const T &value) {
        if constexpr (is_whole<T>) {
            result = static_cast<int64_t>(value);
        }
    }));
    return result;
}

double Event::shown_double(std::string_view name, double absent) const
{
    double result = absent;
    for_each_field(Finder(name, [&]<typename T>(const T &value) {
        if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
            result = static_cast<double>(value);
        }
    }));
    return result;
}

size_t Event::memory() const
{
    size_t bytes = sizeof(Event) + (server_message ? server_message->memory() : 0);
    if (const auto *audio = as<Audio>()) {
        return bytes + audio->frames * static_cast<size_t>(audio->channels) * sizeof(int16_t);
    }
    if (const auto *media = as<Media>()) {
        bytes += media->bytes.size();
    }
    if (const auto *cancelled = as<ToolCallsCancelled>()) {
        for (const std::string &id : cancelled->calls.ids) {
            bytes += sizeof id + id.size();
        }
    }
    for_each_field([&]<typename T>(const char *, const T &value) {
        if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Json>) {
            bytes += text_of(value).size();
        }
    });
    return bytes;
}

}  // namespace gemlive::delivery
