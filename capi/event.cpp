#include <gemlive/gemlive_event.h>

#include "guard.hpp"
#include "handles.hpp"

using namespace gemlive;
using namespace gemlive::capi;
using delivery::Audio;
using delivery::Event;
using delivery::Media;
using delivery::ToolCallsCancelled;

namespace {

// The text, with a NUL behind it, lives as long as the event does, so the pin need not.
template <typename Get>
const char *text_of(const gemlive_event *handle, size_t *length, Get &&get) noexcept
{
    const std::string_view text = guarded_or(std::string_view(""), [&] {
        const Pinned<EventObject> object(handle);
        return object ? std::string_view(get(*object->event)) : std::string_view("");
    });
    if (length) {
        *length = text.size();
    }
    return text.data();
}

const char *field(const gemlive_event *handle, size_t *length, const char *name) noexcept
{
    return text_of(handle, length, [name](const Event &event) { return event.shown(name); });
}

template <typename Value, typename Get>
Value value_of(const gemlive_event *handle, Value dead, Get &&get) noexcept
{
    return guarded_or(dead, [&]() -> Value {
        const Pinned<EventObject> object(handle);
        return object ? static_cast<Value>(get(*object->event)) : dead;
    });
}

// The payload of that kind, or nullptr.
template <typename Payload>
const Payload *payload_of(const gemlive_event *handle) noexcept
{
    return value_of<const Payload *>(handle, nullptr, [](const Event &e) { return e.as<Payload>(); });
}

}  // namespace

int32_t gemlive_event_type(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) { return static_cast<int32_t>(e.type); });
}

const char *gemlive_event_type_name(int32_t type)
{
    return delivery::event_type_name(type);
}

gemlive_session *gemlive_event_session(const gemlive_event *event)
{
    return handle_of<SessionObject>(value_of<uint64_t>(event, 0, [](const Event &e) { return e.session; }));
}

uint64_t gemlive_event_seq(const gemlive_event *event)
{
    return value_of<uint64_t>(event, 0, [](const Event &e) { return e.seq; });
}

int64_t gemlive_event_time_ms(const gemlive_event *event)
{
    return value_of<int64_t>(event, 0, [](const Event &e) { return e.time_ms; });
}

uint64_t gemlive_event_connection(const gemlive_event *event)
{
    return value_of<uint64_t>(event, 0, [](const Event &e) { return e.connection; });
}

uint64_t gemlive_event_turn(const gemlive_event *event)
{
    return value_of<uint64_t>(event, 0, [](const Event &e) { return e.turn; });
}

uint64_t gemlive_event_request(const gemlive_event *event)
{
    return value_of<uint64_t>(event, 0, [](const Event &e) { return e.request; });
}

uint64_t gemlive_event_utterance(const gemlive_event *event)
{
    return value_of<uint64_t>(event, 0, [](const Event &e) { return e.utterance; });
}

const char *gemlive_event_text(const gemlive_event *event, size_t *length)
{
    return field(event, length, "text");
}

const char *gemlive_event_transcript(const gemlive_event *event, size_t *length)
{
    return field(event, length, "transcript");
}

int32_t gemlive_event_is_final(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) { return e.shown_int("final", 0); });
}

const int16_t *gemlive_event_audio_s16(const gemlive_event *event, size_t *frames)
{
    const Audio *const audio = payload_of<Audio>(event);
    if (frames) {
        *frames = audio ? audio->frames : 0;
    }
    return audio && audio->frames > 0 ? audio->samples : nullptr;
}

int32_t gemlive_event_sample_rate(const gemlive_event *event)
{
    const Audio *const audio = payload_of<Audio>(event);
    return audio ? static_cast<int32_t>(audio->sample_rate) : 0;
}

int32_t gemlive_event_channels(const gemlive_event *event)
{
    const Audio *const audio = payload_of<Audio>(event);
    return audio ? static_cast<int32_t>(audio->channels) : 0;
}

int64_t gemlive_event_offset_frames(const gemlive_event *event)
{
    const Audio *const audio = payload_of<Audio>(event);
    return audio ? audio->offset_frames : 0;
}

const uint8_t *gemlive_event_bytes(const gemlive_event *event, size_t *size)
{
    const Media *const media = payload_of<Media>(event);
    if (size) {
        *size = media ? media->bytes.size() : 0;
    }
    return media && !media->bytes.empty() ? media->bytes.data() : nullptr;
}

const char *gemlive_event_mime_type(const gemlive_event *event, size_t *length)
{
    return field(event, length, "mime_type");
}

const char *gemlive_event_call(const gemlive_event *event, size_t *length)
{
    return field(event, length, "call");
}

const char *gemlive_event_name(const gemlive_event *event, size_t *length)
{
    return field(event, length, "name");
}

const char *gemlive_event_arguments(const gemlive_event *event, size_t *length)
{
    return field(event, length, "arguments");
}

size_t gemlive_event_call_count(const gemlive_event *event)
{
    const ToolCallsCancelled *const cancelled = payload_of<ToolCallsCancelled>(event);
    return cancelled ? cancelled->calls.ids.size() : 0;
}

const char *gemlive_event_call_at(const gemlive_event *event, size_t index, size_t *length)
{
    return text_of(event, length, [index](const Event &e) -> std::string_view {
        const auto *const cancelled = e.as<ToolCallsCancelled>();
        return cancelled && index < cancelled->calls.ids.size() ? std::string_view(cancelled->calls.ids[index]) : "";
    });
}

const char *gemlive_event_cause(const gemlive_event *event, size_t *length)
{
    return field(event, length, "cause");
}

const char *gemlive_event_close_reason(const gemlive_event *event, size_t *length)
{
    return field(event, length, "close_reason");
}

const char *gemlive_event_resumption_handle(const gemlive_event *event, size_t *length)
{
    return text_of(event, length, [](const Event &e) -> std::string_view {
        const auto *const update = e.as<delivery::ResumptionUpdated>();
        return update ? std::string_view(update->handle) : "";
    });
}

const char *gemlive_event_reason(const gemlive_event *event, size_t *length)
{
    return field(event, length, "reason");
}

int32_t gemlive_event_code(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) {
        const auto *const failed = e.as<delivery::Failed>();
        const auto *const closed = e.as<delivery::Closed>();
        const auto *const lost = e.as<delivery::Disconnected>();
        return static_cast<int32_t>(failed ? failed->code : closed ? closed->code : lost ? lost->code : Status::ok);
    });
}

const char *gemlive_event_message(const gemlive_event *event, size_t *length)
{
    return field(event, length, "message");
}

int32_t gemlive_event_is_fatal(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) { return e.shown_int("fatal", 0); });
}

int32_t gemlive_event_is_retryable(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) { return e.shown_int("retryable", 0); });
}

int32_t gemlive_event_close_code(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) { return e.shown_int("close_code", 0); });
}

int32_t gemlive_event_http_status(const gemlive_event *event)
{
    return value_of<int32_t>(event, 0, [](const Event &e) { return e.shown_int("http_status", 0); });
}

int64_t gemlive_event_heard_ms(const gemlive_event *event)
{
    return value_of<int64_t>(event, -1, [](const Event &e) { return e.shown_int("heard_ms", -1); });
}

int64_t gemlive_event_generated_ms(const gemlive_event *event)
{
    return value_of<int64_t>(event, 0, [](const Event &e) { return e.shown_int("generated_ms", 0); });
}

const char *gemlive_event_field(const gemlive_event *event, const char *name, size_t *length)
{
    return name ? field(event, length, name) : text_of(event, length, [](const Event &) { return ""; });
}

int32_t gemlive_event_has_field(const gemlive_event *event, const char *name)
{
    return value_of<int32_t>(event, 0, [name](const Event &e) { return name && e.shows(name); });
}

int64_t gemlive_event_field_int(const gemlive_event *event, const char *name, int64_t absent)
{
    return value_of<int64_t>(event, absent, [&](const Event &e) { return name ? e.shown_int(name, absent) : absent; });
}

double gemlive_event_field_double(const gemlive_event *event, const char *name, double absent)
{
    return value_of<double>(event, absent, [&](const Event &e) { return name ? e.shown_double(name, absent) : absent; });
}

const char *gemlive_event_json(const gemlive_event *event, size_t *length)
{
    return text_of(event, length, [](const Event &e) { return std::string_view(e.json()); });
}

const char *gemlive_event_server_message(const gemlive_event *event, size_t *length)
{
    return text_of(event, length, [](const Event &e) {
        return e.server_message ? std::string_view(e.server_message->json()) : std::string_view("");
    });
}

gemlive_event *gemlive_event_retain(const gemlive_event *event)
{
    return guarded_or<gemlive_event *>(nullptr, [&]() -> gemlive_event * {
        const Pinned<EventObject> object(event);
        if (!object) {
            fail(Status::invalid_handle, "event is NULL, released, or a handle of another kind");
            return nullptr;
        }
        auto copy = std::make_unique<EventObject>();
        copy->event = object->event;
        return make_handle(std::move(copy));
    });
}

void gemlive_event_release(gemlive_event *event)
{
    destroy(event, false);
}
