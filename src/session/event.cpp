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
    static const std::string *const nothing = new std::string;
    const nlohmann::json *const value = find(name);
    return value && value->is_string() ? *value->get_ptr<const std::string *>() : *nothing;
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

const std::string &Event::json() const
{
    std::call_once(json_made_, [this] {
        Json json;
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
        json_ = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    });
    return json_;
}

}  // namespace gemlive::session
