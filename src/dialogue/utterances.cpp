#include "dialogue/utterances.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::dialogue {

void Utterances::open(uint64_t id)
{
    closed_.reset();
    open_.emplace(id);
    // U2: the transcript of what a running, or just finished, turn answers often comes after that turn began.
    if (!unheard_) {
        unanswered_ = id;
    } else {
        open_->answer = unheard_->turn;
        if (unheard_->finished_ms) {
            open_->answer_ended_ms = unheard_->finished_ms;
        } else {
            open_->answered_ms = unheard_->started_ms;
        }
        unheard_.reset();
    }
}

void Utterances::open_begun()
{
    open(std::exchange(begun_, 0));
    open_->stopped_ms = voice_->stopped_ms;
}

// U2: words of what was said before it are not late any more.
void Utterances::forget_unheard(int64_t now_ms) noexcept
{
    if (unheard_ && now_ms > unheard_->finished_ms.value_or(unheard_->started_ms) + grace_ms_) {
        unheard_.reset();
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

void Utterances::speech_started(SpeechSource source, std::optional<int64_t> offset_ms, int64_t now_ms)
{
    const bool told = source == SpeechSource::server && joins_voice(now_ms);  // U11
    server_tells_ = server_tells_ || source == SpeechSource::server;
    if (!told || !open_ || open_->id != voice_->utterance) {
        close("");         // U4
        unheard_.reset();  // what begins now is answered by a later turn
        open(told ? voice_->utterance : ++last_id_);
        begun_ = 0;
    }
    open_->signalled = true;
    if (!told) {
        voice_.reset();
        effects_.push_back(SpeechStarted{open_->id, source, offset_ms});
    }
}

// The server tells, for the first time, of what the microphone has heard already.
bool Utterances::joins_voice(int64_t now_ms) const noexcept
{
    return voice_ && !server_tells_ && now_ms <= voice_->stopped_ms.value_or(now_ms) + grace_ms_ &&
           (begun_ == voice_->utterance || (open_ && open_->id == voice_->utterance && open_->answer == 0));
}

// U12
bool Utterances::voice_started(int64_t offset_ms, int64_t now_ms)
{
    if (server_tells_ || (signals_expected_ && !told_nothing_)) {
        voice_left_out_ = true;
        return false;
    }
    forget_unheard(now_ms);
    const auto is_over = [&](std::optional<int64_t> stopped_ms) { return stopped_ms && now_ms > *stopped_ms + grace_ms_; };
    const bool words_may_come = (open_ && open_->answer != 0) || unheard_;
    uint64_t id = 0;
    if (words_may_come) {
        const bool goes_on = begun_ != 0 && !is_over(voice_->stopped_ms);
        id = begun_ = goes_on ? begun_ : ++last_id_;
        unanswered_ = id;
    } else {
        if (!open_ || is_over(open_->stopped_ms)) {
            close("");
            open(begun_ != 0 && !is_over(voice_->stopped_ms) ? begun_ : ++last_id_);
            begun_ = 0;
        }
        open_->stopped_ms.reset();
        id = open_->id;
    }
    voice_ = Voice{id, std::nullopt};
    effects_.push_back(SpeechStarted{id, SpeechSource::local, offset_ms});
    return !words_may_come;
}

bool Utterances::voice_stopped(int64_t offset_ms, int64_t now_ms)
{
    if (!voice_ || voice_->stopped_ms || server_tells_) {
        return false;
    }
    voice_->stopped_ms = now_ms;
    const bool is_open = open_ && open_->id == voice_->utterance;
    if (is_open) {
        open_->stopped_ms = now_ms;
    }
    effects_.push_back(SpeechStopped{voice_->utterance, SpeechSource::local, offset_ms});
    return is_open && open_->answer == 0;
}

void Utterances::speech_stopped(SpeechSource source, std::optional<int64_t> offset_ms, int64_t now_ms)
{
    if (open_) {
        open_->stopped_ms = now_ms;
    }
    const uint64_t utterance = open_ ? open_->id : last_id_;
    if (voice_ && voice_->utterance == utterance && voice_->stopped_ms) {
        return;  // U11
    }
    effects_.push_back(SpeechStopped{utterance, source, offset_ms});
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
    if (!open_) {
        forget_unheard(now_ms);
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
    if (!open_ && begun_ != 0 && !unheard_) {
        open_begun();
    } else if (!open_) {
        open(++last_id_);
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
    unheard_.reset();
    if (begun_ != 0 && begun_ == unanswered_ && !user_came) {
        return 0;  // it is known what that turn answers
    }
    const uint64_t answered = std::exchange(unanswered_, 0);
    told_nothing_ = told_nothing_ || (user_came && voice_left_out_ && !server_tells_);
    if (begun_ != 0 && begun_ == answered) {
        close("");
        open_begun();
        unanswered_ = 0;
    }
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
    if (!open_ && begun_ != 0) {
        open_begun();
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
