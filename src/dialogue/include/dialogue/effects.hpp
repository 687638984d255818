#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dialogue/usage.hpp"
#include "protocol/server_message.hpp"

// What a step of the rules leads to. The session acts on each effect, in order, and then tells the application of it.
// Views (string_view, span, pointers) are of the message, or of the rules, and hold until the next step.
// Ids are our own numbers: 0 = none. JSON is text.
namespace gemlive::dialogue {

enum class Trigger : uint8_t { server, request, tool, user };
enum class TurnEnd : uint8_t { completed, interrupted, cancelled, lost, stalled, closed };
enum class Origin : uint8_t { server, connection, application };
enum class SpeechSource : uint8_t { server, local, manual };
enum class ReplyFailure : uint8_t { superseded, timed_out, cancelled, empty, lost, closed };
enum class StallPhase : uint8_t { no_reply, mid_turn };
enum class Loss : uint8_t { late_output, transcript, tool_calls };

// ---- turns ----
struct TurnStarted {
    uint64_t turn = 0;
    uint64_t request = 0;    // both, where both were pending
    uint64_t utterance = 0;
    Trigger trigger = Trigger::server;
};

struct Text {
    uint64_t turn = 0;
    std::string_view piece;
};

struct Thought {
    uint64_t turn = 0;
    std::string_view piece;
};

struct OutputTranscript {
    uint64_t turn = 0;
    std::string_view piece;
};

// PCM, signed 16 bit, little-endian, mono. A part may be cut anywhere: with `continues_sample` its first byte is the
// second half of a sample whose first half was the last byte of the part before.
struct Audio {
    uint64_t turn = 0;
    std::string_view base64;
    int sample_rate = 0;
    bool continues_sample = false;
    int64_t offset_frames = 0;  // where in its turn it begins
    size_t frames = 0;          // that the part completes; may be 0
};

struct Media {
    uint64_t turn = 0;
    std::string_view mime_type;
    std::string_view base64;
};

struct Code {
    uint64_t turn = 0;
    std::string_view raw;
};

struct Grounding {
    uint64_t turn = 0;
    std::string_view raw;
};

struct UrlContext {
    uint64_t turn = 0;
    std::string_view raw;
};

struct InteractionStatus {
    uint64_t turn = 0;
    std::string_view value;
};

struct WaitingForInput {
    uint64_t turn = 0;
    bool value = false;
};

struct GenerationComplete {
    uint64_t turn = 0;
};

struct Interrupted {
    uint64_t turn = 0;
    Origin by = Origin::server;
};

struct TurnFinished {
    uint64_t turn = 0;
    uint64_t request = 0;
    TurnEnd reason = TurnEnd::completed;
    std::string_view server_reason;  // "none": no turnComplete came
    int64_t generated_ms = 0;
    std::string transcript;  // of what it spoke, else what it wrote
};

struct TurnMetrics {
    uint64_t turn = 0;
    uint64_t request = 0;
    std::optional<int64_t> first_byte_ms;
    std::optional<int64_t> first_audio_ms;
    int64_t generation_ms = 0;
    int64_t turn_ms = 0;
    bool interrupted = false;
    std::optional<double> tokens_per_second;
    std::optional<UsageCounts> tokens;  // that were counted since the turn before
};

struct Stalled {
    uint64_t turn = 0;  // mid_turn
    StallPhase phase = StallPhase::mid_turn;
    int64_t silent_ms = 0;
};

// ---- requests and tool calls ----
struct ReplyFailed {
    uint64_t request = 0;
    ReplyFailure reason = ReplyFailure::lost;
    int64_t timeout_ms = 0;  // timed_out
};

struct ToolCallOpened {
    uint64_t turn = 0;
    std::string call;
    bool has_server_id = true;  // else the answer goes without an id
    std::string_view name;
    std::string_view arguments;
    bool unwanted = false;  // the request was for an answer without tools
};

// A piece of a call whose arguments are streamed: nobody can run half a call.
struct ToolCallPiece {
    uint64_t turn = 0;
    const protocol::ToolCall *piece = nullptr;
};

struct ToolCallsCancelled {
    uint64_t turn = 0;
    std::vector<std::string> calls;
    Origin origin = Origin::server;
};

// ---- the user ----
struct SpeechStarted {
    uint64_t utterance = 0;
    SpeechSource source = SpeechSource::server;
    std::optional<int64_t> offset_ms;
};

struct SpeechStopped {
    uint64_t utterance = 0;
    SpeechSource source = SpeechSource::server;
    std::optional<int64_t> offset_ms;
};

struct InputTranscript {
    uint64_t utterance = 0;
    uint64_t answer = 0;  // the turn that answers it, as far as one has begun
    std::string piece;
    std::string transcript;
    bool final = false;
    bool interim = false;
    bool correction = false;  // it came after the final one
    const protocol::Transcription *heard = nullptr;  // what the server says of the piece; none came with this
};

// ---- everything else ----
struct ResumptionUpdated {
    std::string_view handle;  // empty: none came
    bool resumable = false;
    int64_t age_ms = 0;
};

struct UsageCounted {
    uint64_t turn = 0;
    const protocol::Usage *usage = nullptr;
    const UsageTotals *totals = nullptr;
};

// A part of a kind that this library does not know.
struct UnknownPart {
    uint64_t turn = 0;
    std::string_view name;
    std::string_view raw;
};

struct UnknownMember {
    std::string_view name;
    std::string_view raw;
};

struct Dropped {
    uint64_t turn = 0;
    Loss what = Loss::late_output;
    int64_t amount = 0;  // messages, bytes or calls
};

using Effect = std::variant<TurnStarted, Text, Thought, OutputTranscript, Audio, Media, Code, Grounding, UrlContext,
                            InteractionStatus, WaitingForInput, GenerationComplete, Interrupted, TurnFinished,
                            TurnMetrics, Stalled, ReplyFailed, ToolCallOpened, ToolCallPiece, ToolCallsCancelled,
                            SpeechStarted, SpeechStopped, InputTranscript, ResumptionUpdated, UsageCounted, UnknownPart,
                            UnknownMember, Dropped>;

// Cleared and used again by who takes the steps, so that a steady stream of audio allocates nothing.
using Effects = std::vector<Effect>;

}  // namespace gemlive::dialogue
