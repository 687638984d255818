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

    // `signals_expected`: the server is said to tell when speech begins and ends.
    Utterances(int64_t grace_ms, bool signals_expected, Effects &effects)
        : grace_ms_(grace_ms), signals_expected_(signals_expected), effects_(effects)
    {
    }
    void set_rules(int64_t grace_ms, bool signals_expected) noexcept
    {
        grace_ms_ = grace_ms;
        signals_expected_ = signals_expected;
    }

    void speech_started(SpeechSource source, std::optional<int64_t> offset_ms, int64_t now_ms);
    void speech_stopped(SpeechSource source, std::optional<int64_t> offset_ms, int64_t now_ms);
    // The microphone heard voice begin and end; nothing becomes of it where the server tells the same. True: an utterance
    // that no turn answers or has answered goes on, or has ended, by that.
    bool voice_started(int64_t offset_ms, int64_t now_ms);
    bool voice_stopped(int64_t offset_ms, int64_t now_ms);
    void connection_lost() noexcept { server_tells_ = told_nothing_ = voice_left_out_ = false; }
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
    // What of the newest stretch of voice was told that only the microphone had heard.
    struct Voice {
        uint64_t utterance = 0;
        std::optional<int64_t> stopped_ms;
    };
    // The newest turn, while no utterance belongs to it.
    struct UnheardTurn {
        uint64_t turn = 0;
        int64_t started_ms = 0;
        std::optional<int64_t> finished_ms;
    };

    void open(uint64_t id);
    void open_begun();
    void forget_unheard(int64_t now_ms) noexcept;
    bool joins_voice(int64_t now_ms) const noexcept;
    void close(std::string_view last_piece);
    // The same, if what comes later may still belong to it.
    void close_correctable(int64_t now_ms);
    bool corrects(int64_t now_ms) const noexcept;
    void take(Utterance &utterance, std::string_view text, bool interim, int64_t now_ms);
    void tell(const Utterance &utterance, std::string_view piece, bool final, bool interim, bool correction);

    int64_t grace_ms_;
    bool signals_expected_;
    Effects &effects_;
    std::optional<Utterance> open_;
    std::optional<Utterance> closed_;  // the last one, while it may be corrected
    int64_t closed_ms_ = 0;
    uint64_t last_id_ = 0;
    uint64_t unanswered_ = 0;
    std::optional<UnheardTurn> unheard_;
    std::optional<Voice> voice_;
    uint64_t begun_ = 0;  // an utterance whose voice came while words of the one before may still come
    // Of this connection's server:
    bool server_tells_ = false;    // when speech begins and ends
    bool told_nothing_ = false;    // of what it answered, although that was expected
    bool voice_left_out_ = false;  // since it is expected
};

}  // namespace gemlive::dialogue
