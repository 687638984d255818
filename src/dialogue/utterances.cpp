#include "dialogue/utterances.hpp"

#include <utility>

namespace gemlive::dialogue {

void Utterances::open()
{
    open_.emplace(++last_id_);
    // U2: the transcript of what a running, or just finished, turn answers often comes after that turn began.
    if (unheard_turn_ != 0) {
        open_->answer = unheard_turn_;
        if (unheard_turn_finished_ms_) {
            open_->closes_at = *unheard_turn_finished_ms_ + grace_ms_;
        }
        unheard_turn_ = 0;
    }
}

void Utterances::close(std::string_view last_piece)
{
    if (!open_) {
        return;
    }
    if (!open_->transcript.empty()) {
        tell_transcript(last_piece, open_->transcript.text(), true, false);
    }
    if (open_->transcript.dropped_bytes() > 0) {  // B2
        effects_.push_back(Dropped{0, Loss::transcript, open_->transcript.dropped_bytes()});
    }
    open_.reset();
}

void Utterances::tell_transcript(std::string_view piece, std::string whole, bool final, bool interim)
{
    effects_.push_back(InputTranscript{open_->id, std::string(piece), std::move(whole), final, interim});
}

void Utterances::speech_started(SpeechSource source, std::optional<int64_t> offset_ms)
{
    close("");          // U4
    unheard_turn_ = 0;  // what begins now is answered by a later turn
    open();
    effects_.push_back(SpeechStarted{open_->id, source, offset_ms});
}

void Utterances::speech_stopped(SpeechSource source, std::optional<int64_t> offset_ms)
{
    effects_.push_back(SpeechStopped{open_ ? open_->id : last_id_, source, offset_ms});
}

void Utterances::transcript(std::string_view text, bool interim, bool finished, int64_t now_ms)
{
    if (text.empty() && !(finished && open_)) {
        return;
    }
    if (!open_ && unheard_turn_finished_ms_ && now_ms > *unheard_turn_finished_ms_ + grace_ms_) {
        unheard_turn_ = 0;
    }
    if (!open_) {
        open();
    }
    if (interim) {
        tell_transcript(text, open_->transcript.with(text), false, true);  // U6
        return;
    }
    open_->transcript.append(text);
    if (finished) {
        close(text);  // U3
    } else {
        tell_transcript(text, open_->transcript.text(), false, false);
    }
}

void Utterances::turn_started(uint64_t turn)
{
    unheard_turn_finished_ms_.reset();
    if (open_ && open_->answer == 0) {
        open_->answer = turn;
        unheard_turn_ = 0;
    } else {
        unheard_turn_ = turn;
    }
}

void Utterances::turn_interrupted(uint64_t turn)
{
    if (unheard_turn_ == turn) {
        unheard_turn_ = 0;
    }
    if (open_ && open_->answer == turn) {
        close("");  // U5
    }
}

void Utterances::turn_finished(uint64_t turn, int64_t now_ms)
{
    if (unheard_turn_ == turn) {
        unheard_turn_finished_ms_ = now_ms;
    }
    if (open_ && open_->answer == turn) {
        open_->closes_at = now_ms + grace_ms_;  // U1
    }
}

void Utterances::end()
{
    close("");
}

void Utterances::on_time(int64_t now_ms)
{
    if (open_ && open_->closes_at && now_ms >= *open_->closes_at) {
        close("");
    }
}

}  // namespace gemlive::dialogue
