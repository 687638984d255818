#include "session/turns.hpp"

#include <algorithm>
#include <iterator>

#include "base/clock.hpp"

namespace gemlive::session {

using nlohmann::json;
using protocol::ActivityKind;
using protocol::PartKind;

Turns::Turns(TurnRules rules, Emit emit)
    : rules_(rules), emit_(std::move(emit)), utterances_(rules.transcript_grace_ms, emit_)
{
}

std::shared_ptr<Event> Turns::make(EventType type) const
{
    auto event = std::make_shared<Event>(type);
    if (turn_) {
        event->turn = turn_->id;
    }
    return event;
}

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
        auto event = make(EventType::output_transcript);
        event->set("text", content.output_transcription.text);
        emit(std::move(event));
    }
    for (const protocol::ToolCall &call : message.tool_calls) {
        on_tool_call(call, now_ms);
    }
    if (content.generation_complete && turn_ && !turn_->generation_complete) {
        turn_->generation_complete = true;
        turn_->generated_at_ms = now_ms;
        emit(make(EventType::generation_complete));
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

void Turns::ensure_turn(int64_t now_ms)
{
    if (turn_) {
        answer_sent_ = false;  // this is what the answer has led to
        return;
    }
    turn_.emplace();
    turn_->id = ++last_turn_;
    turn_->started_ms = now_ms;
    turn_->last_output_ms = now_ms;
    assembler_.start_turn();

    const char *trigger = "server";
    if (request_ && request_->written_ms) {
        trigger = "request";
        turn_->request = request_->id;
        turn_->asked_ms = request_->written_ms;
        request_.reset();
    } else if (answer_sent_) {
        trigger = "tool";
    } else if (user_came_) {
        trigger = "user";
        turn_->asked_ms = speech_ended_ms_;
    }
    answer_sent_ = false;
    user_came_ = false;
    speech_ended_ms_.reset();
    utterances_.turn_started(turn_->id);

    auto event = make(EventType::turn_started);
    event->request = turn_->request;
    event->set("trigger", trigger);
    emit(std::move(event));
}

bool Turns::drops_output()
{
    if (!muted_until_) {
        return false;
    }
    if (!late_in_this_message_) {
        late_in_this_message_ = true;
        ++late_messages_;
    }
    return true;
}

void Turns::unmute()
{
    muted_until_.reset();
    muted_by_application_ = false;
    if (late_messages_ > 0) {
        auto event = std::make_shared<Event>(EventType::dropped);
        event->turn = last_turn_;
        event->set("what", "late_output").set("amount", late_messages_).set("unit", "messages");
        late_messages_ = 0;
        emit(std::move(event));
    }
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
    auto event = std::make_shared<Event>(EventType::interrupted);
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
        auto event = make(part.kind == PartKind::text ? EventType::text : EventType::thought);
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
        auto event = make(EventType::media);
        event->set("mime_type", part.mime_type).set("bytes", part.bytes.size());
        event->bytes.assign(part.bytes.data(), part.bytes.data() + part.bytes.size());
        emit(std::move(event));
        break;
    }
    case PartKind::executable_code:
    case PartKind::code_result:
    case PartKind::server_tool_call:
    case PartKind::server_tool_response: {
        auto event = make(EventType::code);
        event->set("raw", json::parse(part.raw, nullptr, false));
        emit(std::move(event));
        break;
    }
    case PartKind::transcription:
    case PartKind::other: {
        auto event = make(EventType::server_message);
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
    auto event = make(EventType::audio);
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
        auto piece = make(EventType::server_message);
        piece->set("raw", {{"id", call.id}, {"name", call.name}, {"willContinue", call.will_continue},
                           {"partialArgs", json::parse(call.partial_args, nullptr, false)}});
        emit(std::move(piece));
        return;
    }
    auto event = make(EventType::tool_call);
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
        auto event = std::make_shared<Event>(EventType::resumption_updated);
        event->resumption_handle = update.new_handle;
        event->set("resumable", true).set("age_ms", 0);
        emit(std::move(event));
    } else if (!update.resumable && resumable_) {
        resumable_ = false;
        auto event = std::make_shared<Event>(EventType::resumption_updated);
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
    const auto extra = [this](EventType type, const char *field, json value) {
        auto event = make(type);
        if (!turn_) {
            event->turn = last_turn_;
        }
        event->set(field, std::move(value));
        emit(std::move(event));
    };
    if (!content.grounding.empty()) {
        extra(EventType::grounding, "raw", json::parse(content.grounding, nullptr, false));
    }
    if (!content.url_context.empty()) {
        extra(EventType::url_context, "raw", json::parse(content.url_context, nullptr, false));
    }
    if (!content.interaction_status.empty()) {
        extra(EventType::interaction_status, "value", content.interaction_status);
    }
    if (content.waiting_for_input) {
        extra(EventType::waiting_for_input, "value", *content.waiting_for_input);
    }
}

void Turns::on_usage(const protocol::Usage &usage)
{
    usage_.add(usage);
    auto event = std::make_shared<Event>(EventType::usage);
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
        auto event = std::make_shared<Event>(EventType::server_message);
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

void Turns::finish_turn(const char *reason, const std::string &server_reason, int64_t now_ms)
{
    const int64_t generation_ms = turn_->generated_at_ms.value_or(turn_->last_output_ms) - turn_->started_ms;
    auto event = make(EventType::turn_finished);
    event->request = turn_->request;
    event->set("reason", reason);
    if (!server_reason.empty()) {
        event->set("server_reason", server_reason);
    }
    event->set("generated_ms", turn_->generated_us / 1000)
        .set("transcript", turn_->transcript.empty() ? turn_->text : turn_->transcript);
    emit(std::move(event));
    utterances_.turn_finished(turn_->id, now_ms);
    ++turns_finished_;

    metrics_ = make(EventType::turn_metrics);
    metrics_->request = turn_->request;
    if (turn_->asked_ms) {
        metrics_->set("first_byte_ms", turn_->started_ms - *turn_->asked_ms);
        if (turn_->first_audio_ms) {
            metrics_->set("first_audio_ms", *turn_->first_audio_ms - *turn_->asked_ms);
        }
    }
    metrics_->set("generation_ms", generation_ms)
        .set("turn_ms", now_ms - turn_->started_ms)
        .set("interrupted", turn_->interrupted);
    metrics_generation_ms_ = generation_ms;
    turn_.reset();
}

void Turns::emit_metrics()
{
    if (metrics_) {
        emit(std::move(metrics_));
        metrics_.reset();
    }
}

void Turns::cancel_calls(std::vector<std::string> calls, const char *origin)
{
    std::erase_if(open_calls_, [&](const std::string &open) {
        return std::find(calls.begin(), calls.end(), open) != calls.end();
    });
    if (!calls.empty()) {
        auto event = std::make_shared<Event>(EventType::tool_calls_cancelled);
        event->turn = turn_ ? turn_->id : last_turn_;
        event->set("calls", std::move(calls)).set("origin", origin);
        emit(std::move(event));
    }
}

void Turns::user_audio()
{
    user_came_ = true;
}

void Turns::start_activity(int64_t)
{
    user_came_ = user_speaks_ = true;
    speech_ended_ms_.reset();
    utterances_.speech_started("manual", std::nullopt);
}

void Turns::end_activity(int64_t now_ms)
{
    user_speaks_ = false;
    speech_ended_ms_ = now_ms;
    utterances_.speech_stopped("manual", std::nullopt);
}

uint64_t Turns::open_request(uint64_t request, int64_t timeout_ms)
{
    uint64_t superseded = 0;
    if (request_) {
        superseded = request_->id;
        fail_request(superseded, "superseded", "a newer request took its place");
    }
    request_ = OpenRequest{request, bounded_ms(timeout_ms > 0 ? timeout_ms : rules_.reply_timeout_ms).count(), std::nullopt};
    return superseded;
}

void Turns::request_written(uint64_t request, int64_t now_ms)
{
    if (request_ && request_->id == request) {
        request_->written_ms = now_ms;
    }
}

void Turns::fail_request(uint64_t request, const char *reason, const std::string &message)
{
    if (request_ && request_->id == request) {
        request_.reset();
    }
    auto event = std::make_shared<Event>(EventType::reply_failed);
    event->request = request;
    event->set("reason", reason).set("message", message);
    emit(std::move(event));
}

void Turns::tool_answered(const std::string &call, bool more_follows)
{
    if (!more_follows) {
        std::erase(open_calls_, call);
    }
    answer_sent_ = true;
}

bool Turns::interrupt(bool playing, int64_t now_ms)
{
    if (!turn_ && !playing) {
        return false;
    }
    auto event = std::make_shared<Event>(EventType::interrupted);
    event->turn = last_turn_;
    event->set("by", "application");
    if (!turn_) {
        emit(std::move(event));
        return true;
    }
    const bool told = turn_->interrupted;
    turn_->interrupted = true;
    utterances_.turn_interrupted(turn_->id);
    if (!told) {
        emit(std::move(event));
    }
    cancel_calls(open_calls_, "application");
    finish_turn("interrupted", "", now_ms);
    emit_metrics();
    muted_until_ = now_ms + rules_.interrupt_grace_ms;
    muted_by_application_ = true;
    return true;
}

void Turns::connection_left(int64_t now_ms)
{
    if (turn_ && turn_->generation_complete && !turn_->interrupted) {
        finish_turn("completed", "", now_ms);  // nothing of it is missing
        emit_metrics();
    }
    connection_lost(now_ms);
}

void Turns::connection_lost(int64_t now_ms)
{
    cancel_calls(open_calls_, "connection");
    unmute();
    if (turn_) {
        finish_turn(turn_->interrupted ? "interrupted" : "lost", "", now_ms);
        emit_metrics();
    }
    answer_sent_ = false;
}

void Turns::give_up_written_request()
{
    if (request_ && request_->written_ms) {
        fail_request(request_->id, "lost", "the connection was lost after the request was written");
    }
}

void Turns::end(int64_t now_ms)
{
    utterances_.end();
    cancel_calls(open_calls_, "application");
    if (turn_) {
        finish_turn(turn_->interrupted ? "interrupted" : "closed", "", now_ms);
        metrics_.reset();  // the last events are a closed list
    }
    if (request_) {
        fail_request(request_->id, "closed", "the session ended before the model answered");
    }
    unmute();
}

void Turns::on_time(int64_t now_ms)
{
    utterances_.on_time(now_ms);
    if (request_ && request_->written_ms && now_ms >= *request_->written_ms + request_->timeout_ms) {
        fail_request(request_->id, "timed_out",
                     "the model did not begin to answer within " + std::to_string(request_->timeout_ms) + " ms");
    }
    if (muted_until_ && now_ms >= *muted_until_) {
        unmute();
        if (turn_ && turn_->interrupted) {
            finish_turn("interrupted", "", now_ms);
            emit_metrics();
        }
    }
    const bool waits = turn_ && !turn_->generation_complete && open_calls_.empty() && rules_.stall_timeout_ms > 0;
    if (waits && !stall_reported_ && now_ms >= last_message_ms_ + rules_.stall_timeout_ms) {
        stall_reported_ = true;
        auto event = make(EventType::stalled);
        event->set("phase", "mid_turn").set("silent_ms", now_ms - last_message_ms_);
        emit(std::move(event));
    }
}

std::optional<int64_t> Turns::next_deadline() const
{
    std::optional<int64_t> next = utterances_.next_deadline();
    const auto consider = [&next](int64_t at) { next = next ? std::min(*next, at) : at; };
    if (request_ && request_->written_ms) {
        consider(*request_->written_ms + request_->timeout_ms);
    }
    if (muted_until_) {
        consider(*muted_until_);
    }
    if (turn_ && !turn_->generation_complete && open_calls_.empty() && rules_.stall_timeout_ms > 0 &&
        !stall_reported_) {
        consider(last_message_ms_ + rules_.stall_timeout_ms);
    }
    return next;
}

}  // namespace gemlive::session
