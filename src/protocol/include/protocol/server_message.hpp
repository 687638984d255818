#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/reused.hpp"

namespace gemlive::protocol {

constexpr int default_output_rate = 24000;  // of audio parts that do not name one

enum class PartKind : uint8_t {
    other,  // a kind that this library does not know; see Part::raw
    text,
    thought,
    audio,        // PCM, signed 16 bit, little-endian, mono
    inline_data,  // any other media
    executable_code,
    code_result,
    server_tool_call,      // the server runs the tool itself; nobody answers
    server_tool_response,
    transcription,
};

struct Part {
    PartKind kind = PartKind::other;
    std::string text;               // text, thought, transcription; the code; the result's output
    std::string mime_type;          // audio, inline_data; as sent
    std::string_view data;          // audio, inline_data: base64, see Decoder for how long it lives
    int sample_rate = 0;            // audio
    std::string label;              // language of the code, outcome of the result, type of the server's tool
    std::string id;                 // of code, result and the server's tools
    std::string thought_signature;  // base64, opaque
    std::string raw;                // compact JSON of the member; empty for text, thought, audio and inline_data

    void reset();
    bool has_content() const noexcept;
};

struct Word {
    std::string word;
    int64_t start_ms = 0;
    int64_t end_ms = 0;

    void reset();
};

struct Transcription {
    bool present = false;
    bool has_text = false;
    bool finished = false;
    std::string text;  // a fragment to append as it is; of an interim transcription the whole hypothesis
    std::string language_code;
    std::string speaker_label;
    Reused<Word> words;
    std::optional<int64_t> start_ms;  // from the start of the audio
    std::optional<int64_t> end_ms;

    void reset();
};

// A member that this library does not know.
struct Unknown {
    std::string name;
    std::string raw;  // compact JSON of its value

    void reset();
};

struct ServerContent {
    bool present = false;
    bool has_model_turn = false;
    Reused<Part> parts;  // of the model turn, in order; those without any content are left out
    bool generation_complete = false;
    bool turn_complete = false;
    bool interrupted = false;
    std::optional<bool> waiting_for_input;
    std::string turn_complete_reason;  // as sent; empty = none
    std::string interaction_status;
    Transcription input_transcription;
    Transcription output_transcription;
    Transcription interim_input_transcription;
    std::string grounding;    // compact JSON; empty when absent or {}
    std::string url_context;  // the same
    Reused<Unknown> unknown;

    void reset();
};

struct SetupComplete {
    bool present = false;
    std::string session_id;
    std::string consent_signature;

    void reset();
};

struct ToolCall {
    std::string id;  // empty: the call had none, and its answer must have none
    std::string name;
    std::string args;          // compact JSON of an object, keys and digits as sent; "{}" if absent
    std::string partial_args;  // compact JSON of an array; empty if absent
    bool will_continue = false;

    void reset();

    // One piece of a call whose arguments are streamed: not to be run yet.
    bool is_part() const noexcept { return will_continue || !partial_args.empty(); }
};

struct Text {
    std::string text;

    void reset();
};

struct ModalityTokens {
    std::string modality;  // as sent; TEXT when unspecified
    int64_t tokens = 0;

    void reset();
};

// Both flavours' names are mapped to one set.
struct Usage {
    bool present = false;
    int64_t prompt = 0;
    int64_t response = 0;
    int64_t total = 0;
    int64_t cached = 0;
    int64_t thoughts = 0;
    int64_t tool_use_prompt = 0;
    Reused<ModalityTokens> prompt_by_modality;
    Reused<ModalityTokens> response_by_modality;
    Reused<ModalityTokens> cached_by_modality;
    Reused<ModalityTokens> tool_use_prompt_by_modality;
    std::string service_tier;
    std::string traffic_type;

    void reset();
};

struct ResumptionUpdate {
    bool present = false;
    bool resumable = false;
    std::string new_handle;
    std::optional<int64_t> last_consumed;  // index of the last client message the server has taken

    void reset();

    // Anything else leaves the handle of an earlier update in force.
    bool brings_handle() const noexcept { return present && resumable && !new_handle.empty(); }
};

enum class ActivityKind : uint8_t { unknown, start, end };

struct VoiceActivity {
    bool present = false;
    ActivityKind kind = ActivityKind::unknown;
    std::string type;  // as sent
    int64_t offset_ms = 0;

    void reset();
};

struct VadSignal {
    bool present = false;
    ActivityKind kind = ActivityKind::unknown;
    std::string type;

    void reset();
};

struct ServerError {
    bool present = false;
    int64_t code = 0;
    std::string message;
    std::string status;
    std::string details;  // compact JSON of an array; empty if absent

    void reset();
};

// One message of the server, in the protocol's own terms. Meant to be used again and again: reset() keeps every
// capacity.
struct ServerMessage {
    bool empty = false;   // {} without any member
    size_t left_out = 0;  // members that could not be used, or were more than anybody needs
    SetupComplete setup_complete;
    ServerContent content;
    Reused<ToolCall> tool_calls;
    Reused<Text> cancelled_calls;  // ids; see has_cancellation
    bool has_cancellation = false;
    Usage usage;
    std::optional<int64_t> go_away_ms;  // time left
    ResumptionUpdate resumption;
    VoiceActivity voice_activity;
    VadSignal vad_signal;
    ServerError error;
    Reused<Unknown> unknown;

    void reset();

    // What only a session that is set up can have, as opposed to what is said about the connection.
    bool has_conversation() const noexcept { return content.present || !tool_calls.empty() || has_cancellation; }

    // Model output, as opposed to control: what starts a turn when none is running.
    bool has_model_output() const noexcept;

    // A turn may end while the interaction goes on: a status, when one is sent, decides alone.
    bool completes_interaction() const noexcept;
};

}  // namespace gemlive::protocol
