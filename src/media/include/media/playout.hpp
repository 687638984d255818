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
class PlayoutTurns;

// From the model to the loudspeaker: the I/O thread appends samples at the model's rate, a real-time thread pulls
// blocks in the device's format.
//
// Sides: one reader (read), the I/O thread (begin_chunk … collect), and any thread for what says so. Until
// enable() or set_output_format() the playout is off: it keeps nothing and reads are silent.
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
    // Somebody has called read: the time to enable().
    bool reader_seen() const noexcept { return reader_seen_.load(std::memory_order_relaxed); }
    // What waits, as of the I/O thread's last look. Real-time safe.
    int64_t queued_us() const noexcept { return queued_us_.load(std::memory_order_relaxed); }

    // ---- the reader: real-time safe ----
    // Always fills the frames, in the output format, and says how many of them are not padding silence.
    size_t read(const SampleBuffer &out) noexcept;

    // ---- the I/O thread ----
    // A turn's audio is made straight in the ring: begin_chunk() says where the next of the `frames` that are to come
    // go, at least 128 of them or all; commit() follows at once and says how many came. There is no place when the
    // playout is off, or when the audio was dropped at once: its sample rate is out of range or one too many, or a
    // reader that hangs inside a call holds the memory.
    std::span<int16_t> begin_chunk(uint64_t turn, int sample_rate, size_t frames);
    void commit(size_t frames);
    // The same for samples that are there already. False: a part of them was dropped.
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

    uint64_t dropped_frames() const noexcept;
    int64_t dropped_ms() const noexcept;

private:
    // Begun and not committed.
    struct Piece {
        uint64_t turn = 0;
        int sample_rate = 0;
        size_t room = 0;
    };
    struct RetiredOutput {
        std::unique_ptr<PlayoutOutput> output;
        uint64_t epoch = 0;  // of the reader, when another took its place
    };

    // These two with mutex_ held.
    void publish_output(const AudioFormat &format);
    void free_retired_outputs();
    bool accept_rate(int sample_rate);
    std::span<int16_t> room(uint64_t turn, int sample_rate, size_t frames);
    void publish(uint64_t turn, int sample_rate, size_t frames);
    void account();
    void drop_oldest();
    void note_queued() noexcept;

    const Settings settings_;
    const std::unique_ptr<PlayoutQueue> queue_;
    const std::unique_ptr<PlayoutReader> reader_;
    std::atomic<PlayoutOutput *> output_{nullptr};  // stored and loaded as CallEpoch says, for the reader
    std::atomic<bool> reader_seen_{false};
    std::atomic<int64_t> queued_us_{0};

    mutable std::mutex mutex_;  // never taken by the reader
    std::vector<int> rates_;    // every output has a filter for each of these
    std::vector<RetiredOutput> retired_outputs_;
    uint64_t outputs_made_ = 0;

    // The I/O thread's own.
    const std::unique_ptr<PlayoutTurns> turns_;
    int accepted_rate_ = 0;
    Piece piece_;
    std::optional<Clock::time_point> idle_since_;
};

}  // namespace gemlive::media
