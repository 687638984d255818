#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dialogue/bounded_text.hpp"
#include "dialogue/effects.hpp"

namespace gemlive::dialogue {

// Stretches of user speech and their transcripts (docs/events.md, "utterance").
class Utterances {
public:
    // Each event of the utterance carries all of it. Some seventy minutes of speech.
    static constexpr size_t max_transcript_bytes = 64 * 1024;

    Utterances(int64_t grace_ms, Effects &effects) : grace_ms_(grace_ms), effects_(effects) {}
    void set_grace(int64_t grace_ms) noexcept { grace_ms_ = grace_ms; }

    void speech_started(SpeechSource source, std::optional<int64_t> offset_ms);
    void speech_stopped(SpeechSource source, std::optional<int64_t> offset_ms, int64_t now_ms);
    // `text` is a piece to append; of an interim transcript the whole hypothesis behind what is settled. True: these are
    // words that no turn has answered yet.
    bool transcript(std::string_view text, bool interim, bool finished, int64_t now_ms);

    // Returns the utterance that the turn answers; 0: none. `user_came`: he may have spoken, unheard so far.
    uint64_t turn_started(uint64_t turn, bool user_came, int64_t now_ms);
    void turn_interrupted(uint64_t turn);
    void turn_finished(uint64_t turn, int64_t now_ms);
    void end();

    void on_time(int64_t now_ms);
    std::optional<int64_t> next_deadline() const;

private:
    struct Utterance {
        explicit Utterance(uint64_t id) : id(id) {}

        bool has_words() const noexcept { return !settled.empty() || !interim.empty(); }
        std::string whole() const { return settled.with(interim); }

        uint64_t id;
        BoundedText settled{max_transcript_bytes};
        std::string interim;  // shown behind what is settled, and not replaced yet
        bool signalled = false;
        uint64_t answer = 0;  // the turn that answers it
        int64_t last_piece_ms = 0;
        std::optional<int64_t> stopped_ms;
        std::optional<int64_t> answered_ms;  // the answer began
        std::optional<int64_t> answer_ended_ms;
    };
    // The newest turn, while no utterance belongs to it.
    struct UnheardTurn {
        uint64_t turn = 0;
        int64_t started_ms = 0;
        std::optional<int64_t> finished_ms;
    };

    void open();
    void close(std::string_view last_piece);
    // The same, if what comes later may still belong to it.
    void close_correctable(int64_t now_ms);
    bool corrects(int64_t now_ms) const noexcept;
    void take(Utterance &utterance, std::string_view text, bool interim, int64_t now_ms);
    void tell(const Utterance &utterance, std::string_view piece, bool final, bool interim, bool correction);

    int64_t grace_ms_;
    Effects &effects_;
    std::optional<Utterance> open_;
    std::optional<Utterance> closed_;  // the last one, while it may be corrected
    int64_t closed_ms_ = 0;
    uint64_t last_id_ = 0;
    uint64_t unanswered_ = 0;
    std::optional<UnheardTurn> unheard_;
};

}  // namespace gemlive::dialogue
