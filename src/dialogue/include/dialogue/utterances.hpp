#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dialogue/bounded_text.hpp"
#include "dialogue/effects.hpp"

namespace gemlive::dialogue {

struct OpenUtterance {
    explicit OpenUtterance(uint64_t id) : id(id) {}

    // Each event of the utterance carries all of it. Some seventy minutes of speech.
    static constexpr size_t max_transcript_bytes = 64 * 1024;

    uint64_t id;
    BoundedText transcript{max_transcript_bytes};
    uint64_t answer = 0;  // the turn that answers it
    std::optional<int64_t> closes_at;
};

// Stretches of user speech and their transcripts (docs/events.md, "utterance").
class Utterances {
public:
    Utterances(int64_t grace_ms, Effects &effects) : grace_ms_(grace_ms), effects_(effects) {}
    void set_grace(int64_t grace_ms) noexcept { grace_ms_ = grace_ms; }

    void speech_started(SpeechSource source, std::optional<int64_t> offset_ms);
    void speech_stopped(SpeechSource source, std::optional<int64_t> offset_ms);
    // `text` is a piece to append; of an interim transcript the whole hypothesis behind what is settled.
    void transcript(std::string_view text, bool interim, bool finished, int64_t now_ms);

    void turn_started(uint64_t turn);
    void turn_interrupted(uint64_t turn);
    void turn_finished(uint64_t turn, int64_t now_ms);
    void end();

    void on_time(int64_t now_ms);
    std::optional<int64_t> next_deadline() const { return open_ ? open_->closes_at : std::nullopt; }

private:
    void open();
    void close(std::string_view last_piece);
    void tell_transcript(std::string_view piece, std::string whole, bool final, bool interim);

    int64_t grace_ms_;
    Effects &effects_;
    std::optional<OpenUtterance> open_;
    uint64_t last_id_ = 0;
    uint64_t unheard_turn_ = 0;  // the newest turn, while no utterance belongs to it
    std::optional<int64_t> unheard_turn_finished_ms_;
};

}  // namespace gemlive::dialogue
