// What each member of a server message means for turns, utterances and calls.
#include "session/turns.hpp"

#include <algorithm>

namespace gemlive::session {

using nlohmann::json;
using protocol::ActivityKind;
using protocol::PartKind;

// The order is that of docs/events.md, whatever the order in the message.
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
        cancel_calls(std::move(calls), "server");
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
        turn_->transcript += content.output_transcription.text;
        turn_->last_output_ms = now_ms;
        auto event = make(delivery::EventType::output_transcript);
        event->set("text", content.output_transcription.text);
        emit(std::move(event));
    }
    for (const protocol::ToolCall &call : message.tool_calls) {
        on_tool_call(call, now_ms);
    }
    if (content.generation_complete && turn_ && !turn_->generation_complete) {
        turn_->generation_complete = true;
        turn_->generated_at_ms = now_ms;
        emit(make(delivery::EventType::generation_complete));
    }
    if (content.turn_complete) {
        unmute();
        if (turn_) {
            finish_turn(turn_->interrupted ? "interrupted" : "completed", content.turn_complete_reason, now_ms);
        }
    }
    if (message.usage.present) {
        on_usage(message.usage);
    }
    emit_metrics();
    on_unknown(message);
}

void Turns::on_interrupted(int64_t now_ms)
{
    if (muted_by_application_) {
        unmute();  // it was told when the application asked
        return;
    }
    if (last_turn_ == 0 || (turn_ && turn_->interrupted)) {
        return;
    }
    utterances_.turn_interrupted(last_turn_);
    auto event = std::make_shared<delivery::Event>(delivery::EventType::interrupted);
    event->turn = last_turn_;
    event->set("by", "server");
    if (turn_) {
        turn_->interrupted = true;
        muted_until_ = now_ms + rules_.interrupt_grace_ms;
    }
    emit(std::move(event));
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
    case PartKind::thought: {
        auto event = make(part.kind == PartKind::text ? delivery::EventType::text : delivery::EventType::thought);
        if (part.kind == PartKind::text) {
            turn_->text += part.text;
        }
        event->set("text", part.text);
        emit(std::move(event));
        break;
    }
    case PartKind::audio:
        on_audio(part, now_ms);
        break;
    case PartKind::inline_data: {
        auto event = make(delivery::EventType::media);
        event->set("mime_type", part.mime_type).set("bytes", part.bytes.size());
        event->bytes.assign(part.bytes.data(), part.bytes.data() + part.bytes.size());
        emit(std::move(event));
        break;
    }
    case PartKind::executable_code:
    case PartKind::code_result:
    case PartKind::server_tool_call:
    case PartKind::server_tool_response: {
        auto event = make(delivery::EventType::code);
        event->set("raw", json::parse(part.raw, nullptr, false));
        emit(std::move(event));
        break;
    }
    case PartKind::transcription:
    case PartKind::other: {
        auto event = make(delivery::EventType::server_message);
        event->set("raw", json::parse(part.raw, nullptr, false));
        emit(std::move(event));
        break;
    }
    }
}

void Turns::on_audio(const protocol::Part &part, int64_t now_ms)
{
    const auto samples = assembler_.add(part.bytes.span());
    if (samples.empty()) {
        return;
    }
    if (!turn_->first_audio_ms) {
        turn_->first_audio_ms = now_ms;
    }
    auto event = make(delivery::EventType::audio);
    event->samples.assign(samples.begin(), samples.end());
    event->sample_rate = part.sample_rate;
    event->offset_frames = turn_->frames;
    turn_->frames += static_cast<int64_t>(samples.size());
    turn_->generated_us += static_cast<int64_t>(samples.size()) * 1'000'000 / std::max(part.sample_rate, 1);
    emit(std::move(event));
}

void Turns::on_tool_call(const protocol::ToolCall &call, int64_t now_ms)
{
    if (drops_output()) {
        return;
    }
    ensure_turn(now_ms);
    turn_->last_output_ms = now_ms;
    if (call.is_part()) {  // nobody can run half a call
        auto piece = make(delivery::EventType::server_message);
        piece->set("raw", {{"id", call.id}, {"name", call.name}, {"willContinue", call.will_continue},
                           {"partialArgs", json::parse(call.partial_args, nullptr, false)}});
        emit(std::move(piece));
        return;
    }
    auto event = make(delivery::EventType::tool_call);
    const bool has_id = !call.id.empty();
    const std::string id = has_id ? call.id : "call-" + std::to_string(next_local_call_++);
    event->set("call", id).set("name", call.name).set("arguments", json::parse(call.args, nullptr, false));
    event->call_has_server_id = has_id;
    event->arguments = call.args;
    open_calls_.push_back(id);
    emit(std::move(event));
}

void Turns::on_resumption(const protocol::ResumptionUpdate &update, int64_t now_ms)
{
    if (update.brings_handle()) {
        handle_ms_ = now_ms;
        resumable_ = true;
        auto event = std::make_shared<delivery::Event>(delivery::EventType::resumption_updated);
        event->resumption_handle = update.new_handle;
        event->set("resumable", true).set("age_ms", 0);
        emit(std::move(event));
    } else if (!update.resumable && resumable_) {
        resumable_ = false;
        auto event = std::make_shared<delivery::Event>(delivery::EventType::resumption_updated);
        event->set("resumable", false).set("age_ms", now_ms - handle_ms_.value_or(now_ms));
        emit(std::move(event));
    }
}

void Turns::on_speech_signals(const protocol::ServerMessage &message, int64_t now_ms)
{
    const auto signal = [&](ActivityKind kind, std::optional<int64_t> offset_ms) {
        if (kind == ActivityKind::start) {
            user_came_ = user_speaks_ = true;
            speech_ended_ms_.reset();
            utterances_.speech_started("server", offset_ms);
        } else if (kind == ActivityKind::end) {
            user_speaks_ = false;
            speech_ended_ms_ = now_ms;
            utterances_.speech_stopped("server", offset_ms);
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
    const auto extra = [this](delivery::EventType type, const char *field, json value) {
        auto event = make(type);
        if (!turn_) {
            event->turn = last_turn_;
        }
        event->set(field, std::move(value));
        emit(std::move(event));
    };
    if (!content.grounding.empty()) {
        extra(delivery::EventType::grounding, "raw", json::parse(content.grounding, nullptr, false));
    }
    if (!content.url_context.empty()) {
        extra(delivery::EventType::url_context, "raw", json::parse(content.url_context, nullptr, false));
    }
    if (!content.interaction_status.empty()) {
        extra(delivery::EventType::interaction_status, "value", content.interaction_status);
    }
    if (content.waiting_for_input) {
        extra(delivery::EventType::waiting_for_input, "value", *content.waiting_for_input);
    }
}

void Turns::on_usage(const protocol::Usage &usage)
{
    usage_.add(usage);
    auto event = std::make_shared<delivery::Event>(delivery::EventType::usage);
    event->turn = turn_ ? turn_->id : last_turn_;
    event->set("prompt_tokens", usage.prompt)
        .set("response_tokens", usage.response)
        .set("total_tokens", usage.total)
        .set("cached_tokens", usage.cached)
        .set("thoughts_tokens", usage.thoughts)
        .set("tool_use_tokens", usage.tool_use_prompt)
        .set("by_modality", by_modality(usage))
        .set("session_totals", usage_.json());
    emit(std::move(event));
    if (metrics_ && metrics_generation_ms_ > 0 && usage.response > 0) {
        metrics_->set("tokens_per_second",
                      static_cast<double>(usage.response) * 1000 / static_cast<double>(metrics_generation_ms_));
    }
}

void Turns::on_unknown(const protocol::ServerMessage &message)
{
    const auto pass_on = [this](const protocol::Unknown &unknown) {
        auto event = std::make_shared<delivery::Event>(delivery::EventType::server_message);
        event->set("raw", json{{unknown.name, json::parse(unknown.raw, nullptr, false)}});
        emit(std::move(event));
    };
    for (const protocol::Unknown &unknown : message.unknown) {
        pass_on(unknown);
    }
    for (const protocol::Unknown &unknown : message.content.unknown) {
        pass_on(unknown);
    }
}

}  // namespace gemlive::session
