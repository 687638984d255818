#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "delivery/lazy.hpp"
#include "delivery/payload.hpp"

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

// The server's message that led to an event: what is shown of it is made for who asks, and for nobody else.
class ServerText {
public:
    using Show = std::string (*)(std::string_view message);  // "" when the message cannot be shown

    // `message` has to live as long as this.
    ServerText(std::string_view message, Show show) : message_(message), show_(show) {}

    const std::string &json() const
    {
        return json_.get([this] { return show_(message_); });
    }
    size_t memory() const noexcept { return message_.size(); }

private:
    const std::string_view message_;
    const Show show_;
    Lazy<std::string> json_;
};

// With a copy of the message, in one allocation.
std::shared_ptr<const ServerText> make_server_text(std::string_view message, ServerText::Show show);

// One thing that happened. Immutable once it is in the queue.
struct Event {
    explicit Event(EventType type, Payload payload = {}) : type(type), payload(std::move(payload)) {}

    // The whole event as JSON; made at the first call, by any thread.
    const std::string &json() const;

    // A field of that JSON by its name: a text as it is, anything else as JSON; "" when there is none. A NUL follows,
    // and it stays where it is as long as the event lives.
    std::string_view shown(std::string_view name) const;
    bool shows(std::string_view name) const;
    // A field that is a whole number or a boolean, or `absent`.
    int64_t shown_int(std::string_view name, int64_t absent) const;
    // A field that is a number, or `absent`.
    double shown_double(std::string_view name, double absent) const;

    template <typename T>
    const T *as() const noexcept
    {
        return std::get_if<T>(&payload);
    }

    // What it holds, in bytes: near enough for the bound of a queue.
    size_t memory() const;

    EventType type;
    uint64_t seq = 0;  // given at hand-out
    int64_t time_ms = 0;
    uint64_t session = 0;  // handle
    uint64_t connection = 0;
    uint64_t turn = 0;
    uint64_t request = 0;
    uint64_t utterance = 0;
    Payload payload;
    std::shared_ptr<const ServerText> server_message;

private:
    using ShownTexts = std::vector<std::pair<const char *, std::string>>;  // by field

    template <typename Visit>
    void for_each_field(Visit &&visit) const;
    ShownTexts make_shown_texts() const;

    Lazy<std::string> json_;
    Lazy<ShownTexts> shown_texts_;  // of fields that are no texts
};

using EventPtr = std::shared_ptr<const Event>;

// An audio event, room for its samples and a copy of the server's message: one allocation for all of it.
struct AudioEvent {
    // There are fewer than there was room for.
    void set_frames(size_t frames);

    std::shared_ptr<Event> event;
    std::span<int16_t> samples;              // to be filled
    std::shared_ptr<const ServerText> text;  // for the message's other events; holds `event` alive
};
AudioEvent make_audio_event(size_t samples, std::string_view message, ServerText::Show show);
// For a message whose text is there already.
AudioEvent make_audio_event(size_t samples, std::shared_ptr<const ServerText> text = nullptr);

}  // namespace gemlive::delivery
