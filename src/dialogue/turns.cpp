#include "dialogue/turns.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::dialogue {
namespace {

constexpr std::string_view no_completion = "none";  // what a turn that got no turnComplete has for the server's reason

}  // namespace

Turns::Turns(TurnRules rules, Effects &effects)
    : rules_(rules), effects_(effects), utterances_(rules.transcript_grace_ms, rules.server_tells_speech, effects),
      requests_(rules.reply_timeout_ms, effects)
{
}

void Turns::set_rules(const TurnRules &rules)
{
    rules_ = rules;
    utterances_.set_rules(rules.transcript_grace_ms, rules.server_tells_speech);
    requests_.set_timeout(rules.reply_timeout_ms);
}

// ---- a turn begins and ends ----

// What comes now is output: of the running turn, or of a new one.
void Turns::ensure_turn(int64_t now_ms)
{
    if (turn_ && output_is_another_turns()) {
        const TurnEnd reason = turn_->generated_at_ms ? TurnEnd::completed : TurnEnd::stalled;
        finish_turn_uncompleted(reason, now_ms);
    }
    if (!turn_) {
        start_turn(now_ms);
        return;
    }
    answer_sent_ = false;  // T5: this is what the answer has led to
    turn_->last_output_ms = now_ms;
    turn_->asked_again = false;
    awaits_reply_since_ms_.reset();  // T17: the words had output after them
    turn_->stall_reported = false;
    if (turn_->generated_at_ms) {
        turn_->generated_at_ms = now_ms;
    }
}

void Turns::start_turn(int64_t now_ms)
{
    turn_.emplace();  // T1
    turn_->id = ++last_turn_;
    turn_->started_ms = now_ms;
    turn_->last_output_ms = now_ms;

    const auto asked = requests_.take();
    const bool answers_the_user = user_came_ && !asked && !answer_sent_;  // else it is known what it answers
    TurnStarted started{turn_->id, 0, utterances_.turn_started(turn_->id, answers_the_user, now_ms), Trigger::server};  // R7
    if (asked) {  // T4
        started.trigger = Trigger::request;
        started.request = turn_->request = asked->request;
        turn_->asked_ms = asked->written_ms;
        turn_->withdrawn = asked->withdrawn;
        turn_->without_tools = asked->without_tools;
    } else if (answer_sent_) {
        started.trigger = Trigger::tool;
        turn_->without_tools = answer_was_unwanted_;  // C7: it still answers that request
    } else if (interaction_goes_on_ && started.utterance == 0) {
        started.trigger = last_started_.trigger;  // T24
        started.request = turn_->request = last_started_.request;
    } else if (user_came_ || started.utterance != 0) {
        started.trigger = Trigger::user;
        turn_->asked_ms = speech_ended_ms_;
        if (!turn_->asked_ms && last_voice_ms_ && *last_voice_ms_ > last_turn_started_ms_) {
            turn_->asked_ms = last_voice_ms_;  // T22
        }
    }
    last_started_ = started;
    last_turn_started_ms_ = now_ms;
    answer_sent_ = false;
    user_came_ = false;
    completion_owed_ = false;
    handle_covers_ = false;
    speech_ended_ms_.reset();
    late_words_until_ms_.reset();
    awaits_reply_since_ms_.reset();
    add(started);
}

// T16: a turn of which nothing is to come any more, or that is silent for too long, does not swallow the answer to what was
// asked since.
bool Turns::output_is_another_turns() const noexcept
{
    const bool over = turn_->generated_at_ms || turn_->stall_reported || turn_->withdrawn;
    return over && turn_->asked_again && !turn_->interrupted && !answer_sent_;
}

void Turns::finish_turn(TurnEnd reason, std::string_view server_reason, int64_t now_ms)
{
    if (turn_->interrupted && reason != TurnEnd::interrupted) {
        reason = TurnEnd::interrupted;
    } else if (turn_->withdrawn && (reason == TurnEnd::completed || reason == TurnEnd::stalled)) {
        reason = TurnEnd::cancelled;  // R5
    }
    const int64_t generation_ms = turn_->generated_at_ms.value_or(turn_->last_output_ms) - turn_->started_ms;
    if (const int64_t lost = turn_->text.dropped_bytes() + turn_->transcript.dropped_bytes(); lost > 0) {  // B1
        add(Dropped{turn_->id, Loss::transcript, lost});
    }
    if (!mute_) {
        tell_late_output();
    }
    const BoundedText &said = turn_->transcript.empty() ? turn_->text : turn_->transcript;
    utterances_.turn_finished(turn_->id, now_ms);
    add(TurnFinished{turn_->id, turn_->request, reason, server_reason, turn_->generated_us / 1000, said.text()});
    ++turns_finished_;
    last_turn_ended_ms_ = now_ms;
    if (!turn_->words_finished) {
        late_words_until_ms_ = now_ms + rules_.transcript_grace_ms;
    }

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

void Turns::finish_turn_uncompleted(TurnEnd reason, int64_t now_ms)
{
    finish_turn(reason, no_completion, now_ms);
    tell_metrics();
    completion_owed_ = true;
}

void Turns::tell_metrics()
{
    if (metrics_) {
        metrics_->tokens = std::exchange(usage_of_turn_, std::nullopt);  // T23
        add(*metrics_);
        metrics_.reset();
    }
}

// ---- the rest of a cut turn ----

void Turns::mute(Origin by, uint64_t turn, int64_t now_ms)
{
    mute_.emplace(by, turn, now_ms, Mute::Limits{rules_.interrupt_grace_ms, rules_.stall_timeout_ms, round_trip_ms_});
}

bool Turns::drops_output(int64_t now_ms)
{
    if (mute_ && mute_->shows_new_turn(now_ms)) {
        unmute_by_evidence(now_ms);
    }
    if (!mute_ && !turn_ && requests_.answer_is_unwanted()) {
        mute(Origin::application, 0, now_ms);  // R5
    }
    const bool withdrawn = turn_ && turn_->withdrawn && !output_is_another_turns();
    if (!mute_ && !withdrawn) {
        return false;
    }
    if (mute_) {
        mute_->output_dropped(now_ms);
    }
    if (!late_in_this_message_) {
        late_in_this_message_ = true;
        ++late_messages_;
    }
    return true;
}

void Turns::tell_late_output()
{
    if (late_messages_ > 0) {
        add(Dropped{mute_ && mute_->turn() == 0 ? 0 : last_turn_, Loss::late_output, std::exchange(late_messages_, 0)});
    }
}

void Turns::unmute()
{
    if (!mute_) {
        return;
    }
    tell_late_output();
    mute_.reset();
}

// T6: the cut turn's end has not come, and another turn begins.
void Turns::unmute_by_evidence(int64_t now_ms)
{
    if (mute_->turn() == 0) {
        requests_.drop_unwanted();
    }
    unmute();
    if (turn_) {
        finish_turn_uncompleted(TurnEnd::interrupted, now_ms);
    }
    late_words_until_ms_.reset();
}

// ---- what the client did ----

void Turns::user_audio()
{
    user_came_ = true;
}

void Turns::start_activity(SpeechSource by, std::optional<int64_t> offset_ms, int64_t now_ms)
{
    user_came_ = true;
    speech_by_ = by;
    speech_ended_ms_.reset();
    awaits_reply_since_ms_.reset();
    utterances_.speech_started(by, offset_ms, now_ms);
}

void Turns::end_activity(SpeechSource by, std::optional<int64_t> offset_ms, int64_t now_ms)
{
    speech_by_.reset();
    speech_ended_ms_ = now_ms;
    awaits_reply_since_ms_ = now_ms;
    utterances_.speech_stopped(by, offset_ms, now_ms);
}

void Turns::voice_started(int64_t offset_ms, int64_t now_ms)
{
    voice_asks_ = !turn_ && now_ms >= playing_until_ms_;
    if (utterances_.voice_started(offset_ms, now_ms)) {
        awaits_reply_since_ms_.reset();
    }
}

void Turns::voice_stopped(int64_t offset_ms, int64_t now_ms)
{
    if (utterances_.voice_stopped(offset_ms, now_ms) && voice_asks_) {
        awaits_reply_since_ms_ = now_ms;  // T17
    }
}

void Turns::open_request(uint64_t request, int64_t timeout_ms, int64_t now_ms, bool without_tools)
{
    requests_.open(request, timeout_ms, now_ms, without_tools);
}

void Turns::request_written(uint64_t request, int64_t now_ms)
{
    requests_.written(request, now_ms);
    if (mute_) {
        mute_->request_written(now_ms);
    }
    if (turn_) {
        turn_->asked_again = true;
    }
}

void Turns::tool_answered(const std::string &call, bool more_follows, int64_t now_ms)
{
    const auto of_call = [&](const OpenCall &open) { return open.id == call; };
    const auto open = std::find_if(open_calls_.begin(), open_calls_.end(), of_call);
    if (turn_ && open != open_calls_.end() && open->turn == turn_->id) {
        turn_->last_output_ms = now_ms;  // from here on the server has something to say
        if (!more_follows) {
            turn_->generated_at_ms.reset();
        }
    }
    answer_was_unwanted_ = open != open_calls_.end() && open->unwanted && (!answer_sent_ || answer_was_unwanted_);
    if (!more_follows) {  // C4
        std::erase_if(open_calls_, of_call);
    }
    answer_sent_ = true;
    answer_sent_ms_ = now_ms;
}

bool Turns::interrupt(bool playing, int64_t now_ms)
{
    if (!turn_ && !playing) {
        return requests_.cancel(now_ms);  // R5
    }
    const Interrupted cut{last_turn_, Origin::application};
    if (!turn_) {
        cut_turn_ = last_turn_;
        add(cut);
        return false;
    }
    const bool told = turn_->interrupted;
    const bool generated = turn_->generated_at_ms.has_value();
    turn_->interrupted = true;
    cut_turn_ = last_turn_;  // nobody spoke: words that come now may still be of the question
    if (!told) {
        add(cut);
    }
    cancel_all_calls(Origin::application);
    finish_turn(TurnEnd::interrupted, no_completion, now_ms);  // T8
    tell_metrics();
    if (!mute_) {
        mute(Origin::application, last_turn_, now_ms);
        if (generated) {
            mute_->generation_complete(now_ms);  // T15: its turnComplete may never come
        }
    }
    return true;
}

void Turns::cancel_all_calls(Origin origin)
{
    std::vector<std::string> calls;
    for (const OpenCall &open : open_calls_) {
        calls.push_back(open.id);
    }
    cancel_calls(std::move(calls), origin);
}

void Turns::cancel_calls(std::vector<std::string> calls, Origin origin)
{
    std::erase_if(open_calls_, [&](const OpenCall &open) {
        return std::find(calls.begin(), calls.end(), open.id) != calls.end();
    });
    if (!calls.empty()) {
        add(ToolCallsCancelled{newest_turn(), std::move(calls), origin});
    }
}

// ---- connections ----

void Turns::connection_left(int64_t now_ms)
{
    if (turn_ && turn_->generated_at_ms && !turn_->interrupted) {
        finish_turn(TurnEnd::completed, no_completion, now_ms);  // T10: nothing of it is missing
        tell_metrics();
    }
    connection_lost(now_ms);
}

void Turns::connection_lost(int64_t now_ms)
{
    std::vector<std::string> forgotten;  // C3, C5
    for (OpenCall &open : open_calls_) {
        if (!handle_ms_) {
            forgotten.push_back(open.id);
        }
        open.unknown = open.unknown || !open.resumable;
    }
    cancel_calls(std::move(forgotten), Origin::connection);
    unmute();
    if (turn_) {
        finish_turn(TurnEnd::lost, no_completion, now_ms);  // T9
        tell_metrics();
    }
    if (speech_by_ == SpeechSource::server) {
        speech_by_.reset();  // U10: its end is told by nobody; the next server says what it hears
    }
    utterances_.connection_lost();
    requests_.connection_ended();
    answer_sent_ = false;
    completion_owed_ = false;
    interaction_goes_on_ = false;
    late_words_until_ms_.reset();
    awaits_reply_since_ms_.reset();
}

bool Turns::is_unknown_to_server(const std::string &call) const noexcept
{
    return std::any_of(open_calls_.begin(), open_calls_.end(),
                       [&](const OpenCall &open) { return open.id == call && open.unknown; });
}

void Turns::context_lost()
{
    cancel_all_calls(Origin::connection);  // C3
}

void Turns::fail_written_request()
{
    requests_.lose_written();
}

void Turns::end(int64_t now_ms)  // T11
{
    utterances_.end();
    cancel_all_calls(Origin::application);
    if (turn_) {
        finish_turn(TurnEnd::closed, no_completion, now_ms);
        metrics_.reset();  // the last events are a closed list
    }
    requests_.end();
    unmute();
    awaits_reply_since_ms_.reset();
}

std::optional<int64_t> Turns::reply_owed_since_ms() const noexcept
{
    if (!rules_.model_replies) {
        return std::nullopt;
    }
    return answer_sent_ ? std::max(answer_sent_ms_, awaits_reply_since_ms_.value_or(0)) : awaits_reply_since_ms_;
}

// ---- time ----

bool Turns::waits_for_a_tool() const noexcept
{
    return turn_ && std::any_of(open_calls_.begin(), open_calls_.end(),
                                [this](const OpenCall &open) { return open.turn == turn_->id; });
}

bool Turns::is_generating() const noexcept
{
    return turn_ && !turn_->generated_at_ms && !turn_->interrupted && !waits_for_a_tool() && rules_.stall_timeout_ms > 0;
}

// T15: the server paces turnComplete by the playback, as it thinks that it is.
std::optional<int64_t> Turns::completes_at() const noexcept
{
    if (!turn_ || !turn_->generated_at_ms || turn_->interrupted || waits_for_a_tool()) {
        return std::nullopt;
    }
    const int64_t said_by = turn_->first_audio_ms.value_or(turn_->started_ms) + turn_->generated_us / 1000;
    const int64_t patience = stalls_until_end * rules_.stall_timeout_ms;  // with an application that does not read
    return std::max({*turn_->generated_at_ms, said_by, std::min(playing_until_ms_, said_by + patience)}) +
           completion_grace_ms;
}

std::optional<int64_t> Turns::stalls_at() const noexcept
{
    return is_generating() && !turn_->stall_reported
               ? std::optional(turn_->last_output_ms + rules_.stall_timeout_ms)
               : std::nullopt;
}

std::optional<int64_t> Turns::ends_stalled_at() const noexcept
{
    return is_generating() ? std::optional(turn_->last_output_ms + stalls_until_end * rules_.stall_timeout_ms)
                           : std::nullopt;
}

std::optional<int64_t> Turns::no_reply_at() const noexcept
{
    const bool waits = awaits_reply_since_ms_ && !turn_ && rules_.stall_timeout_ms > 0 && rules_.model_replies;
    return waits ? std::optional(*awaits_reply_since_ms_ + rules_.stall_timeout_ms) : std::nullopt;
}

void Turns::on_time(int64_t now_ms)
{
    const auto is_due = [now_ms](std::optional<int64_t> at) { return at && now_ms >= *at; };
    utterances_.on_time(now_ms);
    requests_.on_time(now_ms);
    if (mute_ && is_due(mute_->ends_at())) {
        const bool of_request = mute_->turn() == 0;
        unmute();
        if (of_request) {
            requests_.drop_unwanted();
        }
        if (turn_) {
            finish_turn_uncompleted(TurnEnd::interrupted, now_ms);  // T7
        }
        completion_owed_ = true;
    }
    if (is_due(completes_at())) {
        finish_turn_uncompleted(TurnEnd::completed, now_ms);  // T15
    }
    if (is_due(stalls_at())) {
        turn_->stall_reported = true;  // T12
        add(Stalled{turn_->id, StallPhase::mid_turn, now_ms - turn_->last_output_ms});
    }
    if (is_due(ends_stalled_at())) {
        finish_turn_uncompleted(TurnEnd::stalled, now_ms);  // T16
    }
    if (is_due(no_reply_at())) {
        add(Stalled{0, StallPhase::no_reply, now_ms - *awaits_reply_since_ms_});  // T17
        awaits_reply_since_ms_.reset();
    }
}

std::optional<int64_t> Turns::next_deadline() const
{
    std::optional<int64_t> next = utterances_.next_deadline();
    for (const std::optional<int64_t> at : {requests_.next_deadline(), mute_ ? mute_->ends_at() : std::nullopt,
                                            completes_at(), stalls_at(), ends_stalled_at(), no_reply_at()}) {
        if (at) {
            next = std::min(next.value_or(*at), *at);
        }
    }
    return next;
}

}  // namespace gemlive::dialogue
