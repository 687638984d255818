// What each member of a server message means for turns, utterances and calls.
#include "dialogue/turns.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/base64.hpp"

namespace gemlive::dialogue {

using protocol::ActivityKind;
using protocol::PartKind;

// T3: the order is that of docs/events.md, whatever the order in the message.
void Turns::on_message(const protocol::ServerMessage &message, int64_t now_ms)
{
    late_in_this_message_ = false;
    requests_.forget_expired(now_ms);
    const protocol::ServerContent &content = message.content;

    if (content.interrupted) {
        on_interrupted(now_ms);
    }
    if (message.has_cancellation) {
        std::vector<std::string> calls;
        for (const protocol::Text &id : message.cancelled_calls) {
            calls.push_back(id.text);
        }
        // The server cannot name a call that it gave no id: a cancellation that names none we know means those.
        const bool knows_one = std::any_of(open_calls_.begin(), open_calls_.end(), [&](const OpenCall &open) {
            return std::find(calls.begin(), calls.end(), open.id) != calls.end();
        });
        for (const OpenCall &open : open_calls_) {
            if (!knows_one && !open.has_id) {
                calls.push_back(open.id);
            }
        }
        cancel_calls(std::move(calls), Origin::server);  // C2
    }
    if (message.resumption.present) {
        on_resumption(message.resumption, now_ms);
    }
    on_speech_signals(message, now_ms);
    on_input_transcript(content.interim_input_transcription, true, now_ms);
    on_input_transcript(content.input_transcription, false, now_ms);
    if (!message.tool_calls.empty() && mute_ && mute_->turn() != 0) {
        unmute_by_evidence(now_ms);
    }
    for (const protocol::Part &part : content.parts) {
        on_part(part, now_ms);
    }
    on_extras(content);
    if (const protocol::Transcription &said = content.output_transcription; said.present) {
        on_output_transcript(said.text, said.finished, now_ms);
    }
    on_tool_calls(message, now_ms);
    if (content.generation_complete) {
        on_generation_complete(now_ms);
    }
    if (content.turn_complete) {
        on_turn_complete(content.turn_complete_reason, now_ms);
    }
    on_interaction(content, now_ms);
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
    if (mute_) {
        mute_->server_interrupted(now_ms);  // T8: it was told when the application asked
        return;
    }
    const bool told = last_turn_ == 0 || cut_turn_ == last_turn_;
    if (turn_) {
        turn_->interrupted = true;
        mute(Origin::server, turn_->id, now_ms);  // T6
    } else {
        requests_.drop_abandoned();  // R6: that one was cut before it began
        completion_owed_ = true;
    }
    if (!told) {  // T18
        cut_turn_ = last_turn_;
        utterances_.turn_interrupted(last_turn_);
        add(Interrupted{last_turn_, Origin::server});
    }
}

void Turns::on_input_transcript(const protocol::Transcription &heard, bool interim, int64_t now_ms)
{
    if (!heard.present) {
        return;
    }
    const size_t before = effects_.size();
    on_user_words(utterances_.transcript(heard.text, interim, heard.finished && !interim, now_ms), now_ms);
    for (size_t i = before; i < effects_.size(); ++i) {
        if (auto *const told = std::get_if<InputTranscript>(&effects_[i])) {
            told->heard = &heard;
        }
    }
}

void Turns::on_user_words(bool unanswered, int64_t now_ms)
{
    if (!unanswered) {
        return;
    }
    requests_.user_spoke();
    if (mute_) {
        mute_->user_spoke();
    }
    if (turn_) {
        turn_->asked_again = true;
    }
    awaits_reply_since_ms_ = now_ms;
}

void Turns::on_part(const protocol::Part &part, int64_t now_ms)
{
    if (part.kind == PartKind::other) {
        if (!part.raw.empty()) {
            add(UnknownPart{turn_ ? turn_->id : 0, part.label, part.raw});  // T14
        }
        return;
    }
    if (!part.has_content() || drops_output(now_ms)) {
        return;
    }
    ensure_turn(now_ms);
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
        add(UnknownPart{turn_->id, "audioTranscription", part.raw});
        break;
    case PartKind::other:
        break;
    }
}

// T19: what a turn spoke is written down late, too.
bool Turns::is_late_word(int64_t now_ms) const noexcept
{
    return !turn_ && !answer_sent_ && late_words_until_ms_ && now_ms <= *late_words_until_ms_;
}

void Turns::on_output_transcript(std::string_view text, bool finished, int64_t now_ms)
{
    if (text.empty() && turn_) {
        turn_->words_finished = finished;
    }
    if (text.empty() || drops_output(now_ms)) {
        return;
    }
    if (is_late_word(now_ms)) {
        add(OutputTranscript{last_turn_, text});
        if (finished) {
            late_words_until_ms_.reset();
        }
        return;
    }
    if (turn_) {  // its words may come behind all else of it: they do not say that it goes on
        turn_->last_output_ms = now_ms;
        turn_->stall_reported = false;
    } else {
        ensure_turn(now_ms);
    }
    turn_->words_finished = finished;
    turn_->transcript.append(text);
    add(OutputTranscript{turn_->id, text});
}

void Turns::on_generation_complete(int64_t now_ms)
{
    if (mute_) {
        mute_->generation_complete(now_ms);
    }
    if (!turn_) {
        return;
    }
    turn_->generated_at_ms = now_ms;
    if (!turn_->generation_told) {
        turn_->generation_told = true;
        add(GenerationComplete{turn_->id});
    }
}

void Turns::on_turn_complete(std::string_view server_reason, int64_t now_ms)
{
    if (mute_) {
        if (mute_->turn() == 0) {
            requests_.drop_unwanted();
        }
        unmute();
    } else if (!turn_ && !std::exchange(completion_owed_, false)) {
        requests_.answered_with_nothing();
    }
    if (turn_) {
        finish_turn(TurnEnd::completed, server_reason, now_ms);  // T2
    }
    completion_owed_ = false;
}

// T24: a status decides alone; without one the interaction ends with its turn.
void Turns::on_interaction(const protocol::ServerContent &content, int64_t now_ms)
{
    if (content.interaction_status.empty() && !content.turn_complete) {
        return;
    }
    if (interaction_goes_on_ && awaits_reply_since_ms_ == more_owed_since_ms_) {
        awaits_reply_since_ms_.reset();
    }
    interaction_goes_on_ = content.interaction_status == "IN_PROGRESS";
    if (interaction_goes_on()) {
        more_owed_since_ms_ = awaits_reply_since_ms_ = now_ms;
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
        unmute();  // T6: a call is never dropped; that of a withdrawn request begins its turn
        ensure_turn(now_ms);
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
        OpenCall &open = open_calls_.emplace_back();
        open.id = id;
        open.turn = turn_->id;
        open.has_id = has_id;
        open.unwanted = turn_->without_tools;  // C7
        add(ToolCallOpened{turn_->id, id, has_id, call.name, call.args, open.unwanted});
    }
    if (too_many > 0) {  // B3
        add(Dropped{turn_->id, Loss::tool_calls, too_many});
    }
}

void Turns::on_resumption(const protocol::ResumptionUpdate &update, int64_t now_ms)
{
    if (update.brings_handle()) {
        handle_ms_ = now_ms;
        handle_covers_ = !turn_;
        resumable_ = true;
        for (OpenCall &open : open_calls_) {
            open.resumable = true;  // C3
        }
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
            start_activity(SpeechSource::server, offset_ms, now_ms);
        } else if (kind == ActivityKind::end) {
            end_activity(SpeechSource::server, offset_ms, now_ms);
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
    if (!usage_of_turn_) {
        usage_of_turn_.emplace();
    }
    usage_of_turn_->add(usage);
    add(UsageCounted{newest_turn(), &usage, &usage_});
    if (metrics_ && metrics_->generation_ms > 0 && usage.response > 0) {
        metrics_->tokens_per_second =
            static_cast<double>(usage.response) * 1000 / static_cast<double>(metrics_->generation_ms);
    }
}

}  // namespace gemlive::dialogue
