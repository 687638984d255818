#include "session/utterances.hpp"

namespace gemlive::session {

void Utterances::open()
{
    open_.emplace();
    open_->id = ++last_id_;
    // The transcript of what a running, or just finished, turn answers often comes after that turn began.
    if (unheard_turn_ != 0) {
        open_->answer = unheard_turn_;
        if (unheard_turn_finished_ms_) {
            open_->closes_at = *unheard_turn_finished_ms_ + grace_ms_;
        }
        unheard_turn_ = 0;
    }
}

void Utterances::close(const std::string &last_piece)
{
    if (!open_) {
        return;
    }
    if (!open_->transcript.empty()) {
        emit_transcript(last_piece, open_->transcript, true, false);
    }
    open_.reset();
}

void Utterances::emit_transcript(const std::string &piece, const std::string &whole, bool final, bool interim)
{
    auto event = std::make_shared<delivery::Event>(delivery::EventType::input_transcript);
    event->utterance = open_->id;
    event->set("text", piece).set("transcript", whole).set("final", final).set("interim", interim);
    emit_(std::move(event));
}

void Utterances::speech_started(const char *source, std::optional<int64_t> offset_ms)
{
    close("");
    unheard_turn_ = 0;  // what begins now is answered by a later turn
    open();
    auto event = std::make_shared<delivery::Event>(delivery::EventType::speech_started);
    event->utterance = open_->id;
    event->set("source", source);
    if (offset_ms) {
        event->set("offset_ms", *offset_ms);
    }
    emit_(std::move(event));
}

void Utterances::speech_stopped(const char *source, std::optional<int64_t> offset_ms)
{
    auto event = std::make_shared<delivery::Event>(delivery::EventType::speech_stopped);
    event->utterance = open_ ? open_->id : last_id_;
    event->set("source", source);
    if (offset_ms) {
        event->set("offset_ms", *offset_ms);
    }
    emit_(std::move(event));
}

void Utterances::transcript(const std::string &text, bool interim, bool finished, int64_t now_ms)
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
        emit_transcript(text, open_->transcript + text, false, true);
        return;
    }
    open_->transcript += text;
    if (finished) {
        close(text);
    } else {
        emit_transcript(text, open_->transcript, false, false);
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
        close("");
    }
}

void Utterances::turn_finished(uint64_t turn, int64_t now_ms)
{
    if (unheard_turn_ == turn) {
        unheard_turn_finished_ms_ = now_ms;
    }
    if (open_ && open_->answer == turn) {
        open_->closes_at = now_ms + grace_ms_;
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

}  // namespace gemlive::session
