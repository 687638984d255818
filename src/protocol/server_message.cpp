#include "protocol/server_message.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace gemlive::protocol {
namespace {

// Empty again, with its memory, unless one huge message has made it huge.
template <typename Text>
void renew(Text &text)
{
    if (is_wasteful(text.capacity(), 0)) {
        text = Text();
    } else {
        text.clear();
    }
}

}  // namespace

void Text::reset()
{
    renew(text);
}

void Part::reset()
{
    kind = PartKind::other;
    renew(text);
    renew(mime_type);
    data = {};
    sample_rate = 0;
    renew(label);
    renew(id);
    renew(thought_signature);
    renew(raw);
}

bool Part::has_content() const noexcept
{
    switch (kind) {
    case PartKind::text:
    case PartKind::thought:
    case PartKind::transcription: return !text.empty();
    case PartKind::audio:
    case PartKind::inline_data: return !data.empty();
    case PartKind::other: return false;
    default: return true;
    }
}

void Word::reset()
{
    renew(word);
    start_ms = 0;
    end_ms = 0;
}

void Transcription::reset()
{
    present = false;
    has_text = false;
    finished = false;
    renew(text);
    renew(language_code);
    renew(speaker_label);
    words.clear();
    start_ms.reset();
    end_ms.reset();
}

void Unknown::reset()
{
    renew(name);
    renew(raw);
}

void ServerContent::reset()
{
    present = false;
    has_model_turn = false;
    parts.clear();
    generation_complete = false;
    turn_complete = false;
    interrupted = false;
    waiting_for_input.reset();
    renew(turn_complete_reason);
    renew(interaction_status);
    input_transcription.reset();
    output_transcription.reset();
    interim_input_transcription.reset();
    renew(grounding);
    renew(url_context);
    unknown.clear();
}

void SetupComplete::reset()
{
    present = false;
    renew(session_id);
    renew(consent_signature);
}

void ToolCall::reset()
{
    renew(id);
    renew(name);
    renew(args);
    args.assign("{}");
    renew(partial_args);
    will_continue = false;
}

void ModalityTokens::reset()
{
    modality.assign("TEXT");
    tokens = 0;
}

void Usage::reset()
{
    present = false;
    prompt = response = total = cached = thoughts = tool_use_prompt = 0;
    prompt_by_modality.clear();
    response_by_modality.clear();
    cached_by_modality.clear();
    tool_use_prompt_by_modality.clear();
    renew(service_tier);
    renew(traffic_type);
}

void ResumptionUpdate::reset()
{
    present = false;
    resumable = false;
    renew(new_handle);
    last_consumed.reset();
}

void VoiceActivity::reset()
{
    present = false;
    kind = ActivityKind::unknown;
    renew(type);
    offset_ms = 0;
}

void VadSignal::reset()
{
    present = false;
    kind = ActivityKind::unknown;
    renew(type);
}

void ServerError::reset()
{
    present = false;
    code = 0;
    renew(message);
    renew(status);
    renew(details);
}

void ServerMessage::reset()
{
    empty = false;
    left_out = 0;
    setup_complete.reset();
    content.reset();
    tool_calls.clear();
    cancelled_calls.clear();
    has_cancellation = false;
    usage.reset();
    go_away_ms.reset();
    resumption.reset();
    voice_activity.reset();
    vad_signal.reset();
    error.reset();
    unknown.clear();
}

bool ServerMessage::has_model_output() const noexcept
{
    return !tool_calls.empty() || !content.output_transcription.text.empty() ||
           std::any_of(content.parts.begin(), content.parts.end(),
                       [](const Part &part) { return part.has_content(); });
}

bool ServerMessage::completes_interaction() const noexcept
{
    const std::string &status = content.interaction_status;
    if (!status.empty() && status != "INTERACTION_STATUS_UNSPECIFIED") {
        // REQUIRES_ACTION is the deprecated name of IDLE.
        return status == "IDLE" || status == "REQUIRES_ACTION";
    }
    return content.turn_complete;
}

}  // namespace gemlive::protocol
