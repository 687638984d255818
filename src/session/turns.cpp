#include "session/turns.hpp"

#include <algorithm>
#include <iterator>

#include "base/clock.hpp"

namespace gemlive::session {

Turns::Turns(TurnRules rules, Emit emit)
    : rules_(rules), emit_(std::move(emit)), utterances_(rules.transcript_grace_ms, emit_)
{
}

std::shared_ptr<delivery::Event> Turns::make(delivery::EventType type) const
{
    auto event = std::make_shared<delivery::Event>(type);
    if (turn_) {
        event->turn = turn_->id;
    }
    return event;
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

    auto event = make(delivery::EventType::turn_started);
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
        auto event = std::make_shared<delivery::Event>(delivery::EventType::dropped);
        event->turn = last_turn_;
        event->set("what", "late_output").set("amount", late_messages_).set("unit", "messages");
        late_messages_ = 0;
        emit(std::move(event));
    }
}

void Turns::finish_turn(const char *reason, const std::string &server_reason, int64_t now_ms)
{
    const int64_t generation_ms = turn_->generated_at_ms.value_or(turn_->last_output_ms) - turn_->started_ms;
    auto event = make(delivery::EventType::turn_finished);
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

    metrics_ = make(delivery::EventType::turn_metrics);
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
        auto event = std::make_shared<delivery::Event>(delivery::EventType::tool_calls_cancelled);
        event->turn = turn_ ? turn_->id : last_turn_;
        event->set("calls", std::move(calls)).set("origin", origin);
        emit(std::move(event));
    }
}

void Turns::user_audio()
{
    user_came_ = true;
}

void Turns::start_activity()
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
    auto event = std::make_shared<delivery::Event>(delivery::EventType::reply_failed);
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
    auto event = std::make_shared<delivery::Event>(delivery::EventType::interrupted);
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
        auto event = make(delivery::EventType::stalled);
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
