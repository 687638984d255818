#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/status.hpp"

// What an event says beyond its ids, by kind of event (docs/events.md). Each payload names its fields once, in
// for_each_field, in the order in which JSON shows them: visit(name, value). A value is a bool, an int64_t, a double, a
// Word, a std::string, a Json, an optional of these (empty: the field is absent), or has write_json(std::string &).
namespace gemlive::delivery {

using Word = const char *;  // a literal

struct Json {
    std::string text;
};

// Of a field that is absent when it is empty, or false.
inline std::optional<bool> present(bool flag)
{
    return flag ? std::optional(true) : std::nullopt;
}

inline std::optional<Word> present(const std::string &text)
{
    return text.empty() ? std::nullopt : std::optional(text.c_str());
}

struct NoFields {
    template <typename Visit>
    void for_each_field(Visit &&) const
    {
    }
};

// ---- connections ----
struct Connecting {
    int64_t attempt = 0;
    Word cause = "";

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("attempt", attempt);
        visit("cause", cause);
    }
};

struct Resent {
    std::vector<std::pair<uint64_t, uint64_t>> audio;  // ranges of 16 kHz samples
    int64_t commands = 0;

    void write_json(std::string &out) const;
};

struct StepTimes {
    std::map<std::string, int64_t> ms;

    void write_json(std::string &out) const;
};

struct Connected {
    Word cause = "";
    Word restored = "";
    Resent resent;
    std::optional<int64_t> outage_ms;
    std::string session_id;
    StepTimes steps;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("cause", cause);
        visit("restored", restored);
        visit("resent", resent);
        visit("outage_ms", outage_ms);
        visit("session_id", session_id);
        visit("steps_ms", steps);
    }
};

struct Disconnected {
    int64_t close_code = 0;
    std::string close_reason;
    Word cause = "";
    Status code = Status::ok;
    std::string message;
    bool will_retry = false;
    int64_t retry_in_ms = 0;
    int64_t attempt = 1;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("close_code", close_code);
        visit("close_reason", close_reason);
        visit("cause", cause);
        visit("code", status_name(code));
        visit("message", message);
        visit("will_retry", will_retry);
        visit("retry_in_ms", retry_in_ms);
        visit("attempt", attempt);
    }
};

struct GoAway {
    int64_t time_left_ms = 0;
    Word plan = "";

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("time_left_ms", time_left_ms);
        visit("plan", plan);
    }
};

struct ResumptionUpdated {
    std::string handle;  // no field: it is treated like a password
    bool resumable = false;
    int64_t age_ms = 0;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("resumable", resumable);
        visit("age_ms", age_ms);
    }
};

// ---- the user ----
struct Speech {  // speech_started, speech_stopped
    Word source = "";
    std::optional<int64_t> offset_ms;
    std::optional<bool> user_transcription;  // speech_stopped

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("source", source);
        visit("offset_ms", offset_ms);
        visit("user_transcription", user_transcription);
    }
};

struct InputTranscript {
    std::string text;
    std::string transcript;
    bool final = false;
    bool interim = false;
    bool correction = false;  // a piece that came after the final one
    std::optional<Json> words;  // of the piece, with their times
    std::string language;
    std::string speaker;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("text", text);
        visit("transcript", transcript);
        visit("final", final);
        visit("interim", interim);
        visit("correction", present(correction));
        visit("words", words);
        visit("language", present(language));
        visit("speaker", present(speaker));
    }
};

// ---- turns ----
struct TurnStarted {
    Word trigger = "";

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("trigger", trigger);
    }
};

struct Piece {  // text, thought, output_transcript
    std::string text;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("text", text);
    }
};

struct Audio {
    const int16_t *samples = nullptr;  // behind the event, in one piece of memory with it
    size_t frames = 0;
    int64_t sample_rate = 0;
    int64_t channels = 1;
    int64_t offset_frames = 0;  // where in its turn it begins

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("frames", static_cast<int64_t>(frames));
        visit("sample_rate", sample_rate);
        visit("channels", channels);
        visit("offset_frames", offset_frames);
    }
};

struct Media {
    std::string mime_type;
    std::vector<uint8_t> bytes;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("mime_type", mime_type);
        visit("bytes", static_cast<int64_t>(bytes.size()));
    }
};

struct Interrupted {
    Word by = "";
    std::optional<int64_t> heard_ms;
    std::optional<int64_t> flushed_ms;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("by", by);
        visit("heard_ms", heard_ms);
        visit("flushed_ms", flushed_ms);
    }
};

struct TurnFinished {
    Word reason = "";
    std::string server_reason;
    int64_t generated_ms = 0;
    std::string transcript;
    std::optional<int64_t> heard_ms;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("reason", reason);
        visit("server_reason", present(server_reason));
        visit("generated_ms", generated_ms);
        visit("transcript", transcript);
        visit("heard_ms", heard_ms);
    }
};

struct PlayoutFinished {
    int64_t heard_ms = 0;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("heard_ms", heard_ms);
    }
};

struct TokenCounts {
    int64_t prompt = 0;
    int64_t response = 0;
    int64_t total = 0;
    int64_t cached = 0;
    int64_t thoughts = 0;
    int64_t tool_use = 0;
};

struct TurnMetrics {
    std::optional<int64_t> first_byte_ms;
    std::optional<int64_t> first_audio_ms;
    int64_t generation_ms = 0;
    int64_t turn_ms = 0;
    bool interrupted = false;
    std::optional<double> tokens_per_second;
    std::optional<TokenCounts> tokens;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("first_byte_ms", first_byte_ms);
        visit("first_audio_ms", first_audio_ms);
        visit("generation_ms", generation_ms);
        visit("turn_ms", turn_ms);
        visit("interrupted", interrupted);
        visit("tokens_per_second", tokens_per_second);
        const auto count = [this](int64_t TokenCounts::*member) {
            return tokens ? std::optional(*tokens.*member) : std::nullopt;
        };
        visit("prompt_tokens", count(&TokenCounts::prompt));
        visit("response_tokens", count(&TokenCounts::response));
        visit("total_tokens", count(&TokenCounts::total));
        visit("cached_tokens", count(&TokenCounts::cached));
        visit("thoughts_tokens", count(&TokenCounts::thoughts));
        visit("tool_use_tokens", count(&TokenCounts::tool_use));
    }
};

struct Stalled {
    Word phase = "";
    int64_t silent_ms = 0;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("phase", phase);
        visit("silent_ms", silent_ms);
    }
};

// ---- requests and tool calls ----
struct ReplyFailed {
    Word reason = "";
    std::string message;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("reason", reason);
        visit("message", message);
    }
};

struct ToolCall {
    std::string call;
    std::string name;
    Json arguments;        // as the server wrote them
    std::string behavior;  // as the application declared it; empty: it did not

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("call", call);
        visit("name", name);
        visit("arguments", arguments);
        visit("behavior", present(behavior));
    }
};

struct ToolCallsCancelled {
    struct Calls {
        std::vector<std::string> ids;

        void write_json(std::string &out) const;
    };

    Calls calls;
    Word origin = "";

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("calls", calls);
        visit("origin", origin);
    }
};

// ---- counts ----
using TokensByModality = std::map<std::string, int64_t>;
using TokensByDirection = std::map<std::string, TokensByModality>;  // "prompt", "response", "cached", "tool_use"

struct Usage {
    struct Modalities {
        TokensByDirection tokens;

        void write_json(std::string &out) const;
    };
    struct Totals {
        TokenCounts counts;
        Modalities by_modality;
        std::optional<int64_t> turns;        // of `closed`
        std::optional<int64_t> connections;  // the same

        void write_json(std::string &out) const;
    };

    TokenCounts counts;
    Modalities by_modality;
    Totals session_totals;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("prompt_tokens", counts.prompt);
        visit("response_tokens", counts.response);
        visit("total_tokens", counts.total);
        visit("cached_tokens", counts.cached);
        visit("thoughts_tokens", counts.thoughts);
        visit("tool_use_tokens", counts.tool_use);
        visit("by_modality", by_modality);
        visit("session_totals", session_totals);
    }
};

struct NotApplied {
    Word what = "";
    std::string why;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("what", what);
        visit("why", why);
    }
};

struct Dropped {
    Word what = "";
    int64_t amount = 0;
    Word unit = "";

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("what", what);
        visit("amount", amount);
        visit("unit", unit);
    }
};

// ---- what is passed on as it came ----
struct Raw {  // code, grounding, url_context, server_message
    Json raw;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("raw", raw);
    }
};

struct InteractionStatus {
    std::string value;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("value", value);
    }
};

struct WaitingForInput {
    bool value = false;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("value", value);
    }
};

// ---- errors and the end ----
struct Failed {  // error
    Status code = Status::ok;
    std::string message;
    std::string step;  // of the dial; empty: it failed in none
    bool fatal = false;
    bool retryable = false;
    std::optional<int64_t> http_status;
    std::optional<int64_t> close_code;
    std::string close_reason;  // with close_code
    std::string call;          // that it is about; empty: about none

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("code", status_name(code));
        visit("message", message);
        visit("step", present(step));
        visit("call", present(call));
        visit("fatal", fatal);
        visit("retryable", retryable);
        visit("http_status", http_status);
        visit("close_code", close_code);
        visit("close_reason", close_code ? std::optional(close_reason.c_str()) : std::nullopt);
    }
};

struct Closed {
    Word reason = "";
    Status code = Status::ok;
    std::string message;
    Usage::Totals totals;

    template <typename Visit>
    void for_each_field(Visit &&visit) const
    {
        visit("reason", reason);
        visit("code", status_name(code));
        visit("message", message);
        visit("totals", totals);
    }
};

using Payload = std::variant<NoFields, Connecting, Connected, Disconnected, GoAway, ResumptionUpdated, Speech,
                             InputTranscript, TurnStarted, Piece, Audio, Media, Interrupted, TurnFinished,
                             PlayoutFinished, TurnMetrics, Stalled, ReplyFailed, ToolCall, ToolCallsCancelled, Usage,
                             Dropped, NotApplied, Raw, InteractionStatus, WaitingForInput, Failed, Closed>;

}  // namespace gemlive::delivery
