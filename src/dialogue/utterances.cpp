#include "dialogue/utterances.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::dialogue {

void Utterances::open()
{
    closed_.reset();
    open_.emplace(++last_id_);
    unanswered_ = open_->id;
    // U2: the transcript of what a running, or just finished, turn answers often comes after that turn began.
    if (unheard_) {
        open_->answer = unheard_->turn;
        if (unheard_->finished_ms) {
            open_->answer_ended_ms = unheard_->finished_ms;
        } else {
            open_->answered_ms = unheard_->started_ms;
        }
        unheard_.reset();
        unanswered_ = 0;
    }
}

void Utterances::close(std::string_view last_piece)
{
    if (!open_) {
        return;
    }
    if (open_->has_words()) {
        tell(*open_, last_piece, true, false, false);
    }
    if (open_->settled.dropped_bytes() > 0) {  // B2
        effects_.push_back(Dropped{0, Loss::transcript, open_->settled.dropped_bytes()});
    }
    open_.reset();
}

void Utterances::close_correctable(int64_t now_ms)
{
    std::optional<Utterance> closing = open_;
    close("");
    if (closing && closing->has_words()) {
        closed_ = std::move(closing);
        closed_ms_ = now_ms;
    }
}

void Utterances::tell(const Utterance &utterance, std::string_view piece, bool final, bool interim, bool correction)
{
    effects_.push_back(
        InputTranscript{utterance.id, utterance.answer, std::string(piece), utterance.whole(), final, interim, correction});
}

void Utterances::speech_started(SpeechSource source, std::optional<int64_t> offset_ms)
{
    close("");         // U4
    unheard_.reset();  // what begins now is answered by a later turn
    open();
    open_->signalled = true;
    effects_.push_back(SpeechStarted{open_->id, source, offset_ms});
}

void Utterances::speech_stopped(SpeechSource source, std::optional<int64_t> offset_ms, int64_t now_ms)
{
    if (open_) {
        open_->stopped_ms = now_ms;
    }
    effects_.push_back(SpeechStopped{open_ ? open_->id : last_id_, source, offset_ms});
}

// U8: without a sign of new speech, what comes soon after the end of a transcript belongs to it; where the server does say
// when speech begins, whatever comes before it says so.
bool Utterances::corrects(int64_t now_ms) const noexcept
{
    return !open_ && closed_ &&
           (closed_->signalled || now_ms <= std::max(closed_ms_, closed_->last_piece_ms) + grace_ms_);
}

void Utterances::take(Utterance &utterance, std::string_view text, bool interim, int64_t now_ms)
{
    utterance.last_piece_ms = now_ms;
    if (interim) {
        utterance.interim = BoundedText(max_transcript_bytes).with(text);  // U6
    } else if (!text.empty()) {
        utterance.interim.clear();
        utterance.settled.append(text);
    }
}

bool Utterances::transcript(std::string_view text, bool interim, bool finished, int64_t now_ms)
{
    if (!open_ && unheard_ && now_ms > unheard_->finished_ms.value_or(unheard_->started_ms) + grace_ms_) {
        unheard_.reset();
    }
    const bool correction = corrects(now_ms);
    const Utterance *const before = correction ? &*closed_ : open_ ? &*open_ : nullptr;
    if (!before || before->settled.empty()) {  // U9
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    }
    if (text.empty() && !(finished && open_)) {
        return false;
    }
    if (correction) {
        take(*closed_, text, interim, now_ms);
        tell(*closed_, text, false, interim, true);
        return closed_->id == unanswered_;
    }
    if (!open_) {
        open();
    }
    const bool unanswered = open_->id == unanswered_;
    take(*open_, text, interim, now_ms);
    if (finished && !interim) {
        close(text);  // U3
    } else {
        tell(*open_, text, false, interim, false);
    }
    return unanswered;
}

uint64_t Utterances::turn_started(uint64_t turn, bool user_came, int64_t now_ms)
{
    const uint64_t answered = std::exchange(unanswered_, 0);
    unheard_.reset();
    if (open_ && open_->id == answered) {
        open_->answer = turn;
        open_->answered_ms = now_ms;
    } else if (closed_ && closed_->id == answered) {
        closed_->answer = turn;
    } else if (answered == 0 && user_came) {
        unheard_ = UnheardTurn{turn, now_ms, std::nullopt};
    }
    return answered;
}

void Utterances::turn_interrupted(uint64_t turn)
{
    if (unheard_ && unheard_->turn == turn) {
        unheard_.reset();
    }
    if (open_ && open_->answer == turn) {
        close("");  // U5
    }
    if (closed_ && closed_->answer == turn) {
        closed_.reset();
    }
}

void Utterances::turn_finished(uint64_t turn, int64_t now_ms)
{
    if (unheard_ && unheard_->turn == turn) {
        unheard_->finished_ms = now_ms;
    }
    if (!open_ || open_->answer != turn) {
        return;
    }
    if (open_->has_words()) {
        close_correctable(now_ms);  // U1
    } else {
        open_->answer_ended_ms = now_ms;
    }
}

void Utterances::end()
{
    close("");
    closed_.reset();
}

std::optional<int64_t> Utterances::next_deadline() const
{
    std::optional<int64_t> due;
    const auto consider = [&](std::optional<int64_t> since_ms) {
        if (since_ms) {
            due = std::min(due.value_or(*since_ms + grace_ms_), *since_ms + grace_ms_);
        }
    };
    if (!open_) {
        return due;
    }
    if (open_->has_words()) {
        consider(open_->answered_ms);  // U1
        if (open_->stopped_ms) {
            consider(std::max(*open_->stopped_ms, open_->last_piece_ms));  // U7
        }
    }
    consider(open_->answer_ended_ms);
    return due;
}

void Utterances::on_time(int64_t now_ms)
{
    const std::optional<int64_t> due = next_deadline();
    if (due && now_ms >= *due) {
        close_correctable(now_ms);
    }
}

}  // namespace gemlive::dialogue
