#include "session/event.hpp"

#include <cstring>
#include <iterator>

namespace gemlive::session {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char *names[] = {
    "connecting", "connected", "disconnected", "go_away", "resumption_updated", "speech_started", "speech_stopped",
    "input_transcript", "turn_started", "text", "thought", "output_transcript", "audio", "media",
    "generation_complete", "interrupted", "turn_finished", "playout_finished", "tool_call", "tool_calls_cancelled",
    "reply_failed", "usage", "turn_metrics", "grounding", "code", "url_context", "interaction_status",
    "waiting_for_input", "stalled", "dropped", "not_applied", "error", "server_message", "closed",
};

void put_id(Json &json, const char *name, uint64_t id)
{
    if (id != 0) {
        json[name] = std::string(name) + "-" + std::to_string(id);
    }
}

const std::string &nothing()
{
    static const std::string *const text = new std::string;
    return *text;
}

template <typename Value>
std::string dump(const Value &json)
{
    return json.dump(-1, ' ', false, Value::error_handler_t::replace);
}

}  // namespace

const char *event_type_name(int32_t type) noexcept
{
    return type >= 1 && type <= static_cast<int32_t>(std::size(names)) ? names[type - 1] : "unknown";
}

Event &Event::set(const char *name, nlohmann::json value)
{
    fields_.push_back({name, std::move(value)});
    return *this;
}

const nlohmann::json *Event::find(const char *name) const noexcept
{
    for (const Field &field : fields_) {
        if (std::strcmp(field.name, name) == 0) {
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

const Json &Event::object() const
{
    std::call_once(object_made_, [this] {
        Json &json = object_;
        json["event"] = event_type_name(static_cast<int32_t>(type));
        json["seq"] = seq;
        json["time_ms"] = time_ms;
        if (connection != 0) {
            json["connection"] = connection;
        }
        put_id(json, "turn", turn);
        put_id(json, "request", request);
        put_id(json, "utterance", utterance);
        if (type == EventType::audio) {
            json["frames"] = samples.size() / static_cast<size_t>(channels);
            json["sample_rate"] = sample_rate;
            json["channels"] = channels;
            json["offset_frames"] = offset_frames;
        }
        for (const Field &field : fields_) {
            json[field.name] = field.value;
        }
    });
    return object_;
}

const std::string &Event::json() const
{
    std::call_once(json_made_, [this] { json_ = dump(object()); });
    return json_;
}

const std::string &Event::shown(std::string_view name) const
{
    const auto found = object().find(name);
    if (found == object().end()) {
        return nothing();
    }
    if (found->is_string()) {
        return found->get_ref<const std::string &>();
    }
    const std::lock_guard lock(shown_mutex_);
    const auto shown = shown_.find(name);
    return shown != shown_.end() ? shown->second : shown_.emplace(name, dump(*found)).first->second;
}

int64_t Event::shown_int(std::string_view name, int64_t absent) const
{
    const auto found = object().find(name);
    if (found == object().end() || !(found->is_number_integer() || found->is_boolean())) {
        return absent;
    }
    return found->is_boolean() ? found->get<bool>() : found->get<int64_t>();
}

double Event::shown_double(std::string_view name, double absent) const
{
    const auto found = object().find(name);
    return found != object().end() && found->is_number() ? found->get<double>() : absent;
}

}  // namespace gemlive::session
