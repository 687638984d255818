// What each member of a server message means for turns, utterances and calls.
#include "dialogue/turns.hpp"

#include <algorithm>
#include <utility>

#include "base/base64.hpp"

namespace gemlive::dialogue {

using protocol::ActivityKind;
using protocol::PartKind;

// T3: the order is that of docs/events.md, whatever the order in the message.
void Turns::on_message(const protocol::ServerMessage &message, int64_t now_ms)
{
    last_message_ms_ = now_ms;
    stall_reported_ = false;
    late_in_this_message_ = false;
    const protocol::ServerContent &content = message.content;

    if (content.interrupted) {
        on_interrupted(now_ms);
    }
    if (message.has_cancellation) {
        std::vector<std::string> calls;
        for (const protocol::Text &id : message.cancelled_calls) {
            calls.push_back(id.text);
        }
        cancel_calls(std::move(calls), Origin::server);  // C2
    }
    if (message.resumption.present) {
        on_resumption(message.resumption, now_ms);
    }
    on_speech_signals(message, now_ms);
    if (content.interim_input_transcription.present) {
        utterances_.transcript(content.interim_input_transcription.text, true, false, now_ms);
    }
    if (content.input_transcription.present) {
        utterances_.transcript(content.input_transcription.text, false, content.input_transcription.finished, now_ms);
    }
    for (const protocol::Part &part : content.parts) {
        on_part(part, now_ms);
    }
    on_extras(content);
    if (content.output_transcription.present && !content.output_transcription.text.empty() && !drops_output()) {
        ensure_turn(now_ms);
        turn_->transcript.append(content.output_transcription.text);
        turn_->last_output_ms = now_ms;
        add(OutputTranscript{turn_->id, content.output_transcription.text});
    }
    on_tool_calls(message, now_ms);
    if (content.generation_complete && turn_ && !turn_->generation_complete) {
        turn_->generation_complete = true;
        turn_->generated_at_ms = now_ms;
        add(GenerationComplete{turn_->id});
    }
    if (content.turn_complete) {
        unmute();
        if (turn_) {  // T2
            finish_turn(turn_->interrupted ? TurnEnd::interrupted : TurnEnd::completed, content.turn_complete_reason,
                        now_ms);
        }
    }
    if (message.usage.present) {
        on_usage(message.usage);
    }
    tell_metrics();
    for (const protocol::Unknown &unknown : message.unknown) {  // T14
        add(UnknownMember{unknown.name, unknown.raw});
    }
    for (const protocol::Unknown &unknown : content.unknown) {
        add(UnknownMember{unknown.name, unknown.raw});
    }
}

void Turns::on_interrupted(int64_t now_ms)
{
    if (muted_by_application_) {
        unmute();  // T8: it was told when the application asked
        return;
    }
    if (last_turn_ == 0 || (turn_ && turn_->interrupted)) {
        return;
    }
    utterances_.turn_interrupted(last_turn_);
    if (turn_) {
        turn_->interrupted = true;
        muted_until_ = now_ms + rules_.interrupt_grace_ms;  // T6
    }
    add(Interrupted{last_turn_, Origin::server});
}

void Turns::on_part(const protocol::Part &part, int64_t now_ms)
{
    if (!part.has_content() || drops_output()) {
        return;
    }
    ensure_turn(now_ms);
    turn_->last_output_ms = now_ms;
    switch (part.kind) {
    case PartKind::text:
        turn_->text.append(part.text);
        add(Text{turn_->id, part.text});
        break;
    case PartKind::thought:
        add(Thought{turn_->id, part.text});
        break;
    case PartKind::audio:
        on_audio(part, now_ms);
        break;
    case PartKind::inline_data:
        add(Media{turn_->id, part.mime_type, part.data});
        break;
    case PartKind::executable_code:
    case PartKind::code_result:
    case PartKind::server_tool_call:
    case PartKind::server_tool_response:
        add(Code{turn_->id, part.raw});
        break;
    case PartKind::transcription:
    case PartKind::other:
        add(UnknownPart{turn_->id, part.raw});  // T14
        break;
    }
}

void Turns::on_audio(const protocol::Part &part, int64_t now_ms)
{
    Audio audio;
    audio.turn = turn_->id;
    audio.base64 = part.data;
    audio.sample_rate = part.sample_rate;
    audio.offset_frames = turn_->frames;
    audio.continues_sample = turn_->half_a_sample;  // T13
    const size_t size = base64::decoded_size(part.data) + audio.continues_sample;
    audio.frames = size / 2;
    turn_->half_a_sample = size % 2 != 0;
    if (audio.frames > 0 && !turn_->first_audio_ms) {
        turn_->first_audio_ms = now_ms;
    }
    const auto frames = static_cast<int64_t>(audio.frames);
    turn_->frames += frames;
    turn_->generated_us += frames * 1'000'000 / std::max(part.sample_rate, 1);
    add(audio);
}

void Turns::on_tool_calls(const protocol::ServerMessage &message, int64_t now_ms)
{
    int64_t too_many = 0;
    for (const protocol::ToolCall &call : message.tool_calls) {
        if (drops_output()) {
            return;
        }
        ensure_turn(now_ms);
        turn_->last_output_ms = now_ms;
        if (call.is_part()) {
            add(ToolCallPiece{turn_->id, &call});
            continue;
        }
        if (open_calls_.size() >= max_open_calls) {
            ++too_many;
            continue;
        }
        const bool has_id = !call.id.empty();
        const std::string id = has_id ? call.id : "call-" + std::to_string(next_local_call_++);  // C1
        open_calls_.push_back(id);
        add(ToolCallOpened{turn_->id, id, has_id, call.name, call.args});
    }
    if (too_many > 0) {  // B3
        add(Dropped{turn_->id, Loss::tool_calls, too_many});
    }
}

void Turns::on_resumption(const protocol::ResumptionUpdate &update, int64_t now_ms)
{
    if (update.brings_handle()) {
        handle_ms_ = now_ms;
        resumable_ = true;
        add(ResumptionUpdated{update.new_handle, true, 0});
    } else if (!update.resumable && resumable_) {
        resumable_ = false;
        add(ResumptionUpdated{{}, false, now_ms - handle_ms_.value_or(now_ms)});
    }
}

void Turns::on_speech_signals(const protocol::ServerMessage &message, int64_t now_ms)
{
    const auto signal = [&](ActivityKind kind, std::optional<int64_t> offset_ms) {
        if (kind == ActivityKind::start) {
            user_came_ = user_speaks_ = true;
            speech_ended_ms_.reset();
            utterances_.speech_started(SpeechSource::server, offset_ms);
        } else if (kind == ActivityKind::end) {
            user_speaks_ = false;
            speech_ended_ms_ = now_ms;
            utterances_.speech_stopped(SpeechSource::server, offset_ms);
        }
    };
    if (message.voice_activity.present) {
        signal(message.voice_activity.kind, message.voice_activity.offset_ms);
    }
    if (message.vad_signal.present) {
        signal(message.vad_signal.kind, std::nullopt);
    }
}

void Turns::on_extras(const protocol::ServerContent &content)
{
    const uint64_t turn = newest_turn();
    if (!content.grounding.empty()) {
        add(Grounding{turn, content.grounding});
    }
    if (!content.url_context.empty()) {
        add(UrlContext{turn, content.url_context});
    }
    if (!content.interaction_status.empty()) {
        add(InteractionStatus{turn, content.interaction_status});
    }
    if (content.waiting_for_input) {
        add(WaitingForInput{turn, *content.waiting_for_input});
    }
}

void Turns::on_usage(const protocol::Usage &usage)
{
    usage_.add(usage);
    add(UsageCounted{newest_turn(), &usage, &usage_});
    if (metrics_ && metrics_->generation_ms > 0 && usage.response > 0) {
        metrics_->tokens_per_second =
            static_cast<double>(usage.response) * 1000 / static_cast<double>(metrics_->generation_ms);
    }
}

}  // namespace gemlive::dialogue
