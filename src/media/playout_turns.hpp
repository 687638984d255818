#pragma once

#include "media/playout.hpp"
#include "playout_queue.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace gemlive::media {

// Sums of thirds of a millisecond end a hair under the whole number that they are.
constexpr int64_t whole_ms(double ms) noexcept { return static_cast<int64_t>(ms + 1e-6); }

// What became of each turn's samples: every one that was appended is heard, flushed or dropped in the end, never
// two of them. Knows the last 32 turns, and those of which something waits.
class PlayoutTurns {
public:
    using Passed = PlayoutQueue::Passed;

    // Samples of the turn so far.
    uint64_t appended(uint64_t turn);
    void append(uint64_t turn, size_t frames, int sample_rate);
    void count_heard(const Passed &passed);
    void count_flushed(const Passed &passed);
    void count_dropped(const Passed &passed);
    // Never got into the queue.
    void refuse(uint64_t turn, size_t frames, int sample_rate);

    // False: not known.
    bool end(uint64_t turn) noexcept;
    Playout::Heard heard(uint64_t turn) const noexcept;
    std::optional<Playout::Heard> next_finished() noexcept;
    // What was counted as flushed since the last time, by turn.
    std::vector<Playout::Flushed> take_flushed();

    // Appended and not passed yet; all_passed() takes the rounding out.
    double queued_ms() const noexcept { return queued_ms_; }
    void all_passed() noexcept { queued_ms_ = 0; }

    uint64_t dropped_frames() const noexcept { return dropped_frames_; }
    double dropped_ms() const noexcept { return dropped_ms_; }

private:
    struct Turn {
        uint64_t id = 0;
        uint64_t appended = 0;
        uint64_t heard = 0;
        uint64_t flushed = 0;
        uint64_t dropped = 0;
        double heard_ms = 0;
        uint64_t new_flushed = 0;  // not taken yet
        double new_flushed_ms = 0;
        bool ended = false;
        bool reported = false;

        bool all_gone() const noexcept { return heard + flushed + dropped == appended; }
        Playout::Heard so_far() const noexcept;
    };

    const Turn *find(uint64_t turn) const noexcept;
    Turn *find(uint64_t turn) noexcept;
    Turn &record(uint64_t turn);
    void drop(Turn &turn, size_t frames, double ms) noexcept;

    std::vector<Turn> turns_;  // oldest first
    double queued_ms_ = 0;
    uint64_t dropped_frames_ = 0;
    double dropped_ms_ = 0;
};

}  // namespace gemlive::media
