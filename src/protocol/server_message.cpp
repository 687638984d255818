#include "protocol/server_message.hpp"

#include <algorithm>

namespace gemlive::protocol {

void Part::reset()
{
    kind = PartKind::other;
    text.clear();
    mime_type.clear();
    bytes.clear();
    sample_rate = 0;
    label.clear();
    id.clear();
    thought_signature.clear();
    raw.clear();
}

bool Part::has_content() const noexcept
{
    switch (kind) {
    case PartKind::text:
    case PartKind::thought:
    case PartKind::transcription: return !text.empty();
    case PartKind::audio:
    case PartKind::inline_data: return !bytes.empty();
    case PartKind::other: return false;
    default: return true;
    }
}

void Word::reset()
{
    word.clear();
    start_ms = 0;
    end_ms = 0;
}

void Transcription::reset()
{
    present = false;
    has_text = false;
    finished = false;
    text.clear();
    language_code.clear();
    speaker_label.clear();
    words.clear();
    start_ms.reset();
    end_ms.reset();
}

void Unknown::reset()
{
    name.clear();
    raw.clear();
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
    turn_complete_reason.clear();
    interaction_status.clear();
    input_transcription.reset();
    output_transcription.reset();
    interim_input_transcription.reset();
    grounding.clear();
    url_context.clear();
    unknown.clear();
}

void SetupComplete::reset()
{
    present = false;
    session_id.clear();
    consent_signature.clear();
}

void ToolCall::reset()
{
    id.clear();
    name.clear();
    args.assign("{}");
    partial_args.clear();
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
    service_tier.clear();
    traffic_type.clear();
}

void ResumptionUpdate::reset()
{
    present = false;
    resumable = false;
    new_handle.clear();
    last_consumed.reset();
}

void VoiceActivity::reset()
{
    present = false;
    kind = ActivityKind::unknown;
    type.clear();
    offset_ms = 0;
}

void VadSignal::reset()
{
    present = false;
    kind = ActivityKind::unknown;
    type.clear();
}

void ServerError::reset()
{
    present = false;
    code = 0;
    message.clear();
    status.clear();
    details.clear();
}

void ServerMessage::reset()
{
    empty = false;
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
