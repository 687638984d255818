#pragma once

#include "base/clock.hpp"
#include "base/status.hpp"
#include "media/audio_format.hpp"
#include "media/resampler.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace gemlive::media {

class PlayoutOutput;
class PlayoutQueue;
class PlayoutReader;

// The way of the model's speech to the loudspeaker: the I/O thread appends samples at the model's rate, a
// real-time thread pulls blocks in the device's format.
//
// Sides: one reader (read_*), the I/O thread (append … collect), and any thread for what says so. Until enable()
// or set_output_format() the playout is off: it keeps nothing and reads are silent.
class Playout {
public:
    struct Settings {
        int prebuffer_ms = 0;  // so much must wait before a sound begins, unless its turn is complete
        int playout_ms = 300'000;  // the most that waits; beyond it the oldest goes
        ResamplerQuality quality = ResamplerQuality::standard;
    };

    // Milliseconds are rounded down; frames are the model's.
    struct Heard {
        uint64_t turn = 0;
        uint64_t frames = 0;
        int64_t ms = 0;
    };
    struct Flushed {
        uint64_t turn = 0;
        uint64_t heard_frames = 0;
        int64_t heard_ms = 0;
        uint64_t flushed_frames = 0;
        int64_t flushed_ms = 0;
    };

    explicit Playout(const Settings &settings);
    ~Playout();
    Playout(const Playout &) = delete;
    Playout &operator=(const Playout &) = delete;

    // ---- any thread ----
    // 24 kHz mono unless a format was set.
    void enable();
    bool enabled() const noexcept { return output_.load(std::memory_order_acquire) != nullptr; }
    // Also enables. The reader's next call is in this format.
    Status set_output_format(const AudioFormat &format);
    AudioFormat output_format() const;
    // Somebody has called read_*: the time to enable().
    bool reader_seen() const noexcept { return reader_seen_.load(std::memory_order_relaxed); }
    // What waits, as of the I/O thread's last look. Real-time safe.
    int64_t queued_us() const noexcept { return queued_us_.load(std::memory_order_relaxed); }

    // ---- the reader: real-time safe ----
    // Always fills `frames` frames of the output format and says how many of them are not filler.
    size_t read_s16(int16_t *samples, size_t frames) noexcept;
    size_t read_f32(float *samples, size_t frames) noexcept;

    // ---- the I/O thread ----
    // False: a part of it was dropped at once (a sample rate out of range or one too many; memory held by a reader
    // that hangs inside a call).
    bool append(uint64_t turn, std::span<const int16_t> samples, int sample_rate);
    // Nothing more comes for this turn: what waits need not wait for more, and next_finished() may report the
    // turn.
    void end_of_turn(uint64_t turn);
    // Nothing of what waits will be heard: the next read is silent, or fades out in 4 ms. One entry for each turn
    // of which something was still waiting.
    std::vector<Flushed> flush();
    // Zero for a turn that is not known (any more): the last 32 are.
    Heard heard(uint64_t turn);
    int64_t queued_ms();
    // The next ended turn whose last sample has been pulled since the last call. Never one that was flushed.
    std::optional<Heard> next_finished();
    // Gives memory back; for every tick while something waits, and now and then afterwards.
    void collect(Clock::time_point now);

    uint64_t dropped_frames() const noexcept { return dropped_frames_; }
    int64_t dropped_ms() const noexcept { return static_cast<int64_t>(dropped_ms_); }

private:
    struct Turn {
        uint64_t id = 0;
        uint64_t appended = 0;
        uint64_t heard = 0;
        uint64_t flushed = 0;
        uint64_t dropped = 0;
        double heard_ms = 0;
        double flushed_ms = 0;
        bool ended = false;
        bool reported = false;

        bool all_gone() const noexcept { return heard + flushed + dropped == appended; }
    };
    struct RetiredOutput {
        std::unique_ptr<PlayoutOutput> output;
        uint64_t reader_calls = 0;
    };

    template <typename Sample>
    size_t read(Sample *samples, size_t frames) noexcept;

    // These two with mutex_ held.
    void publish(const AudioFormat &format);
    void free_retired_outputs();
    bool accept_rate(int sample_rate);
    void account();
    void count_heard(uint64_t turn, size_t frames, int sample_rate);
    void drop_oldest();
    void drop(Turn &turn, size_t frames, int sample_rate);
    Turn &turn_record(uint64_t turn);
    Turn *find_turn(uint64_t turn) noexcept;
    void note_queued() noexcept;

    const Settings settings_;
    const std::unique_ptr<PlayoutQueue> queue_;
    const std::unique_ptr<PlayoutReader> reader_;
    std::atomic<PlayoutOutput *> output_{nullptr};
    std::atomic<bool> reader_seen_{false};
    std::atomic<int64_t> queued_us_{0};

    mutable std::mutex mutex_;  // never taken by the reader
    std::vector<int> rates_;    // every output has a filter for each of these
    std::vector<RetiredOutput> retired_outputs_;
    uint64_t outputs_made_ = 0;

    // The I/O thread's own.
    int accepted_rate_ = 0;
    std::vector<Turn> turns_;
    double queued_ms_ = 0;
    uint64_t dropped_frames_ = 0;
    double dropped_ms_ = 0;
    std::optional<Clock::time_point> idle_since_;
};

}  // namespace gemlive::media
