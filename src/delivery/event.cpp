#include "delivery/event.hpp"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace gemlive::delivery {
namespace {

constexpr const char *names[] = {
    "connecting", "connected", "disconnected", "go_away", "resumption_updated", "speech_started", "speech_stopped",
    "input_transcript", "turn_started", "text", "thought", "output_transcript", "audio", "media",
    "generation_complete", "interrupted", "turn_finished", "playout_finished", "tool_call", "tool_calls_cancelled",
    "reply_failed", "usage", "turn_metrics", "grounding", "code", "url_context", "interaction_status",
    "waiting_for_input", "stalled", "dropped", "not_applied", "error", "server_message", "closed",
};

const std::string &nothing()
{
    static const std::string *const text = new std::string;
    return *text;
}

std::string dump(const nlohmann::json &value)
{
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The fields that are members of Event and not among its fields_.
constexpr std::string_view common_names[] = {"event",     "seq",    "time_ms",     "connection", "turn",         "request",
                                             "utterance", "frames", "sample_rate", "channels",   "offset_frames"};

// One JSON object; names need no escaping.
class JsonObject {
public:
    template <typename Number>
    std::enable_if_t<std::is_integral_v<Number>> add(const char *name, Number value)
    {
        begin(name);
        text_ += std::to_string(value);
    }

    void add(const char *name, const char *word)
    {
        begin(name);
        ((text_ += '"') += word) += '"';
    }

    void add(const char *name, const nlohmann::json &value)
    {
        begin(name);
        text_ += dump(value);
    }

    void add_id(const char *name, uint64_t id)
    {
        if (id != 0) {
            begin(name);
            (((text_ += '"') += name) += '-') += std::to_string(id);
            text_ += '"';
        }
    }

    std::string finish()
    {
        text_ += '}';
        return std::move(text_);
    }

private:
    void begin(const char *name)
    {
        ((text_ += text_.empty() ? "{\"" : ",\"") += name) += "\":";
    }

    std::string text_;
};

}  // namespace

const char *event_type_name(int32_t type) noexcept
{
    return type >= 1 && type <= static_cast<int32_t>(std::size(names)) ? names[type - 1] : "unknown";
}

Event &Event::set(const char *name, nlohmann::json value)
{
    for (Field &field : fields_) {
        if (std::string_view(field.name) == name) {
            field.value = std::move(value);
            return *this;
        }
    }
    fields_.push_back({name, std::move(value)});
    return *this;
}

const nlohmann::json *Event::find(std::string_view name) const noexcept
{
    for (const Field &field : fields_) {
        if (field.name == name) {
            return &field.value;
        }
    }
    return nullptr;
}

const std::string &Event::text_of(const char *name) const noexcept
{
    const nlohmann::json *const value = find(name);
    return value && value->is_string() ? *value->get_ptr<const std::string *>() : nothing();
}

int64_t Event::number_of(const char *name, int64_t absent) const noexcept
{
    const nlohmann::json *const value = find(name);
    return value && value->is_number() ? value->get<int64_t>() : absent;
}

bool Event::flag_of(const char *name) const noexcept
{
    const nlohmann::json *const value = find(name);
    return value && value->is_boolean() && value->get<bool>();
}

// Written piece by piece: every event of every language shows itself so, and a tree would take twice the time.
const std::string &Event::json() const
{
    std::call_once(json_made_, [this] {
        JsonObject object;
        object.add("event", event_type_name(static_cast<int32_t>(type)));
        object.add("seq", seq);
        object.add("time_ms", time_ms);
        if (connection != 0) {
            object.add("connection", connection);
        }
        object.add_id("turn", turn);
        object.add_id("request", request);
        object.add_id("utterance", utterance);
        if (type == EventType::audio) {
            object.add("frames", samples.size() / static_cast<size_t>(channels));
            object.add("sample_rate", sample_rate);
            object.add("channels", channels);
            object.add("offset_frames", offset_frames);
        }
        for (const Field &field : fields_) {
            object.add(field.name, field.value);
        }
        json_ = object.finish();
    });
    return json_;
}

const nlohmann::json *Event::shown_value(std::string_view name) const
{
    if (const nlohmann::json *const value = find(name)) {
        return value;
    }
    if (std::find(std::begin(common_names), std::end(common_names), name) == std::end(common_names)) {
        return nullptr;
    }
    std::call_once(common_made_, [this] { common_ = nlohmann::json::parse(json()); });
    const auto found = common_.find(name);
    return found == common_.end() ? nullptr : &*found;
}

const std::string &Event::shown(std::string_view name) const
{
    const nlohmann::json *const value = shown_value(name);
    if (!value) {
        return nothing();
    }
    if (value->is_string()) {
        return value->get_ref<const std::string &>();
    }
    const std::lock_guard lock(shown_mutex_);
    const auto shown = shown_.find(name);
    return shown != shown_.end() ? shown->second : shown_.emplace(name, dump(*value)).first->second;
}

int64_t Event::shown_int(std::string_view name, int64_t absent) const
{
    const nlohmann::json *const value = shown_value(name);
    if (!value || !(value->is_number_integer() || value->is_boolean())) {
        return absent;
    }
    return value->is_boolean() ? value->get<bool>() : value->get<int64_t>();
}

double Event::shown_double(std::string_view name, double absent) const
{
    const nlohmann::json *const value = shown_value(name);
    return value && value->is_number() ? value->get<double>() : absent;
}

}  // namespace gemlive::delivery
