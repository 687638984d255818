#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"

namespace gemlive::delivery {

// The words of docs/events.md, numbered as in gemlive_event.h.
enum class EventType : int32_t {
    connecting = 1,
    connected,
    disconnected,
    go_away,
    resumption_updated,
    speech_started,
    speech_stopped,
    input_transcript,
    turn_started,
    text,
    thought,
    output_transcript,
    audio,
    media,
    generation_complete,
    interrupted,
    turn_finished,
    playout_finished,
    tool_call,
    tool_calls_cancelled,
    reply_failed,
    usage,
    turn_metrics,
    grounding,
    code,
    url_context,
    interaction_status,
    waiting_for_input,
    stalled,
    dropped,
    not_applied,
    error,
    server_message,
    closed,
};

// "turn_started"; "unknown" for a number that is none of them.
const char *event_type_name(int32_t type) noexcept;

// One thing that happened. Immutable once it is in the queue.
struct Event {
    explicit Event(EventType type) : type(type) {}

    // Adds a field of docs/events.md; fields appear in JSON in this order.
    Event &set(const char *name, nlohmann::json value);
    // The field's value, or nullptr.
    const nlohmann::json *find(std::string_view name) const noexcept;
    // The field's text, or "" when it is none.
    const std::string &text_of(const char *name) const noexcept;
    int64_t number_of(const char *name, int64_t absent = 0) const noexcept;
    bool flag_of(const char *name) const noexcept;

    // The whole event as JSON; made at the first call, by any thread.
    const std::string &json() const;

    // A field of that JSON by its name: a text as it is, anything else as JSON; "" when there is none.
    const std::string &shown(std::string_view name) const;
    bool shows(std::string_view name) const { return shown_value(name); }
    // A field that is a number or a boolean, or `absent`.
    int64_t shown_int(std::string_view name, int64_t absent) const;
    double shown_double(std::string_view name, double absent) const;

    EventType type;
    uint64_t seq = 0;  // given at hand-out
    int64_t time_ms = 0;
    uint64_t session = 0;  // handle
    uint64_t connection = 0;
    uint64_t turn = 0;
    uint64_t request = 0;
    uint64_t utterance = 0;

    std::vector<int16_t> samples;  // audio
    int32_t sample_rate = 0;
    int32_t channels = 1;
    int64_t offset_frames = 0;
    std::vector<uint8_t> bytes;     // media
    std::string resumption_handle;  // resumption_updated; never in JSON

    Status code = Status::ok;        // error, closed: its "code"
    std::string arguments;           // tool_call: its "arguments", as the server wrote them
    bool call_has_server_id = true;  // tool_call: else the answer goes without an id

    std::shared_ptr<const std::string> server_message;

private:
    struct Field {
        const char *name;
        nlohmann::json value;
    };

    const nlohmann::json *shown_value(std::string_view name) const;

    std::vector<Field> fields_;
    mutable std::once_flag json_made_;
    mutable std::string json_;
    mutable std::once_flag common_made_;
    mutable nlohmann::json common_;
    mutable std::mutex shown_mutex_;
    mutable std::map<std::string, std::string, std::less<>> shown_;  // nodes stay where they are
};

using EventPtr = std::shared_ptr<const Event>;

}  // namespace gemlive::delivery
