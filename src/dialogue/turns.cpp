#include "dialogue/turns.hpp"

#include <algorithm>
#include <utility>

#include "base/clock.hpp"

namespace gemlive::dialogue {

Turns::Turns(TurnRules rules, Effects &effects)
    : rules_(rules), effects_(effects), utterances_(rules.transcript_grace_ms, effects)
{
}

void Turns::set_rules(const TurnRules &rules)
{
    rules_ = rules;
    utterances_.set_grace(rules.transcript_grace_ms);
}

void Turns::ensure_turn(int64_t now_ms)
{
    if (turn_) {
        answer_sent_ = false;  // T5: this is what the answer has led to
        return;
    }
    turn_.emplace();  // T1
    turn_->id = ++last_turn_;
    turn_->started_ms = now_ms;
    turn_->last_output_ms = now_ms;

    Trigger trigger = Trigger::server;  // T4
    if (request_ && request_->written_ms) {
        trigger = Trigger::request;
        turn_->request = request_->id;
        turn_->asked_ms = request_->written_ms;
        request_.reset();
    } else if (answer_sent_) {
        trigger = Trigger::tool;
    } else if (user_came_) {
        trigger = Trigger::user;
        turn_->asked_ms = speech_ended_ms_;
    }
    answer_sent_ = false;
    user_came_ = false;
    speech_ended_ms_.reset();
    utterances_.turn_started(turn_->id);
    add(TurnStarted{turn_->id, turn_->request, trigger});
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
        add(Dropped{last_turn_, Loss::late_output, std::exchange(late_messages_, 0)});
    }
}

void Turns::finish_turn(TurnEnd reason, std::string_view server_reason, int64_t now_ms)
{
    const int64_t generation_ms = turn_->generated_at_ms.value_or(turn_->last_output_ms) - turn_->started_ms;
    if (const int64_t lost = turn_->text.dropped_bytes() + turn_->transcript.dropped_bytes(); lost > 0) {  // B1
        add(Dropped{turn_->id, Loss::transcript, lost});
    }
    const BoundedText &said = turn_->transcript.empty() ? turn_->text : turn_->transcript;
    add(TurnFinished{turn_->id, turn_->request, reason, server_reason, turn_->generated_us / 1000, said.text()});
    utterances_.turn_finished(turn_->id, now_ms);
    ++turns_finished_;

    metrics_.emplace();
    metrics_->turn = turn_->id;
    metrics_->request = turn_->request;
    if (turn_->asked_ms) {
        metrics_->first_byte_ms = turn_->started_ms - *turn_->asked_ms;
        if (turn_->first_audio_ms) {
            metrics_->first_audio_ms = *turn_->first_audio_ms - *turn_->asked_ms;
        }
    }
    metrics_->generation_ms = generation_ms;
    metrics_->turn_ms = now_ms - turn_->started_ms;
    metrics_->interrupted = turn_->interrupted;
    turn_.reset();
}

void Turns::tell_metrics()
{
    if (metrics_) {
        add(*metrics_);
        metrics_.reset();
    }
}

void Turns::cancel_calls(std::vector<std::string> calls, Origin origin)
{
    std::erase_if(open_calls_, [&](const std::string &open) {
        return std::find(calls.begin(), calls.end(), open) != calls.end();
    });
    if (!calls.empty()) {
        add(ToolCallsCancelled{newest_turn(), std::move(calls), origin});
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
    utterances_.speech_started(SpeechSource::manual, std::nullopt);
}

void Turns::end_activity(int64_t now_ms)
{
    user_speaks_ = false;
    speech_ended_ms_ = now_ms;
    utterances_.speech_stopped(SpeechSource::manual, std::nullopt);
}

void Turns::open_request(uint64_t request, int64_t timeout_ms)
{
    if (request_) {
        fail_request(ReplyFailure::superseded);  // R1
    }
    const int64_t timeout = bounded_ms(timeout_ms > 0 ? timeout_ms : rules_.reply_timeout_ms).count();
    request_ = OpenRequest{request, timeout, std::nullopt};
}

void Turns::request_written(uint64_t request, int64_t now_ms)
{
    if (request_ && request_->id == request) {
        request_->written_ms = now_ms;
    }
}

void Turns::fail_request(ReplyFailure reason)
{
    add(ReplyFailed{request_->id, reason, request_->timeout_ms});
    request_.reset();
}

void Turns::tool_answered(const std::string &call, bool more_follows)
{
    if (!more_follows) {  // C4
        std::erase(open_calls_, call);
    }
    answer_sent_ = true;
}

void Turns::interrupt(bool playing, int64_t now_ms)
{
    if (!turn_ && !playing) {
        return;
    }
    const Interrupted cut{last_turn_, Origin::application};
    if (!turn_) {
        add(cut);
        return;
    }
    const bool told = turn_->interrupted;
    turn_->interrupted = true;
    utterances_.turn_interrupted(turn_->id);
    if (!told) {
        add(cut);
    }
    cancel_calls(open_calls_, Origin::application);
    finish_turn(TurnEnd::interrupted, "", now_ms);  // T8
    tell_metrics();
    muted_until_ = now_ms + rules_.interrupt_grace_ms;
    muted_by_application_ = true;
}

void Turns::connection_left(int64_t now_ms)
{
    if (turn_ && turn_->generation_complete && !turn_->interrupted) {
        finish_turn(TurnEnd::completed, "", now_ms);  // T10: nothing of it is missing
        tell_metrics();
    }
    connection_lost(now_ms);
}

void Turns::connection_lost(int64_t now_ms)
{
    cancel_calls(open_calls_, Origin::connection);  // C3
    unmute();
    if (turn_) {
        finish_turn(turn_->interrupted ? TurnEnd::interrupted : TurnEnd::lost, "", now_ms);  // T9
        tell_metrics();
    }
    answer_sent_ = false;
}

void Turns::fail_written_request()
{
    if (request_ && request_->written_ms) {
        fail_request(ReplyFailure::lost);  // R3
    }
}

void Turns::end(int64_t now_ms)  // T11
{
    utterances_.end();
    cancel_calls(open_calls_, Origin::application);
    if (turn_) {
        finish_turn(turn_->interrupted ? TurnEnd::interrupted : TurnEnd::closed, "", now_ms);
        metrics_.reset();  // the last events are a closed list
    }
    if (request_) {
        fail_request(ReplyFailure::closed);
    }
    unmute();
}

void Turns::on_time(int64_t now_ms)
{
    utterances_.on_time(now_ms);
    if (request_ && request_->written_ms && now_ms >= *request_->written_ms + request_->timeout_ms) {
        fail_request(ReplyFailure::timed_out);  // R2
    }
    if (muted_until_ && now_ms >= *muted_until_) {
        unmute();
        if (turn_ && turn_->interrupted) {
            finish_turn(TurnEnd::interrupted, "", now_ms);  // T7
            tell_metrics();
        }
    }
    if (waits_for_output() && now_ms >= last_message_ms_ + rules_.stall_timeout_ms) {
        stall_reported_ = true;  // T12
        add(Stalled{turn_->id, now_ms - last_message_ms_});
    }
}

bool Turns::waits_for_output() const noexcept
{
    return turn_ && !turn_->generation_complete && open_calls_.empty() && rules_.stall_timeout_ms > 0 && !stall_reported_;
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
    if (waits_for_output()) {
        consider(last_message_ms_ + rules_.stall_timeout_ms);
    }
    return next;
}

}  // namespace gemlive::dialogue
