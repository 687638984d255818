#pragma once

#include "base/status.hpp"
#include "media/audio_format.hpp"
#include "media/resampler.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace gemlive::media {

class InputRing;

// A place in the pushed audio: every change of format starts a new stream, whose frames are counted at its own
// rate. Marks of one session compare by age.
struct InputMark {
    uint32_t stream = 0;
    uint64_t frames = 0;

    friend constexpr auto operator<=>(const InputMark &, const InputMark &) = default;
};

// The way of the microphone: push on the application's real-time thread → ring → 16 kHz mono 16-bit on the I/O
// thread.
//
// Three sides: one pusher (push_*), one consumer (drain, settle, flush, discard, samples_out), and any thread for
// the rest. Pushing never waits, locks or allocates; the others share a mutex that the pusher never touches.
class InputStream {
public:
    struct Settings {
        int ring_ms = 250;
        ResamplerQuality quality = ResamplerQuality::standard;
        AudioFormat format{};
    };

    explicit InputStream(const Settings &settings);
    ~InputStream();
    InputStream(const InputStream &) = delete;
    InputStream &operator=(const InputStream &) = delete;

    // Takes the first frames that the ring has room for and says how many. Interleaved, in the current format.
    size_t push_s16(const int16_t *samples, size_t frames) noexcept;
    size_t push_f32(const float *samples, size_t frames) noexcept;

    // invalid_argument, or would_block while the consumer is many changes behind. The same format again changes
    // nothing.
    Status set_format(const AudioFormat &format);
    AudioFormat format() const;

    // Where a command given now belongs: after everything pushed so far.
    InputMark position() const;

    // Room in the ring. After announce_waiter() the next drain that makes room adds one to space_sequence() and
    // calls the space callback, on the I/O thread: look at free_frames() between the two to miss nothing.
    size_t free_frames() const;
    void announce_waiter() noexcept { waiting_.store(true, std::memory_order_seq_cst); }
    const std::atomic<uint32_t> &space_sequence() const noexcept { return space_sequence_; }
    void set_space_callback(std::function<void()> callback);

    uint64_t accepted_frames() const noexcept { return accepted_.load(std::memory_order_relaxed); }
    uint64_t refused_frames() const noexcept { return refused_.load(std::memory_order_relaxed); }

    // What was pushed, up to `until` or all, as 16 kHz samples. The span lives until the next call on this side.
    // Up to lag() samples of the newest input stay in the filter until more input comes.
    std::span<const int16_t> drain();
    std::span<const int16_t> drain(const InputMark &until);
    // The samples in the filter, without breaking the stream: after drain(mark), samples_out() is then exactly the
    // mark's place on the wire.
    std::span<const int16_t> settle();
    // The end of the stream: drain(), then the filter's rest, and the next input starts afresh.
    std::span<const int16_t> flush();
    // Throws away what was pushed up to `until`; says how many 16 kHz samples that would have been.
    uint64_t discard(const InputMark &until);

    // 16 kHz samples handed out so far: the index of the next one in the session.
    uint64_t samples_out() const noexcept { return samples_out_; }
    size_t lag() const noexcept { return resampler_.pending(); }
    // Frames that wait in the rings, those of the formats before the current one too.
    size_t waiting_frames() const;

private:
    template <typename Sample>
    size_t push(const Sample *samples, size_t frames) noexcept;

    template <typename Take>
    void consume(const InputMark &until, Take &&take);
    void begin_output() noexcept;
    std::span<const int16_t> finish_output();
    void notify_space();

    const Settings settings_;

    std::atomic<InputRing *> current_;
    std::atomic<uint64_t> pusher_calls_{0};  // odd while the pusher is inside
    std::atomic<uint64_t> accepted_{0};
    std::atomic<uint64_t> refused_{0};
    std::atomic<bool> waiting_{false};
    std::atomic<uint32_t> space_sequence_{0};

    mutable std::mutex mutex_;
    std::deque<std::unique_ptr<InputRing>> rings_;  // oldest first; the last one is current_
    std::function<void()> space_callback_;

    Resampler resampler_;
    std::vector<float> resampled_;
    std::vector<int16_t> output_;
    uint64_t samples_out_ = 0;
};

}  // namespace gemlive::media
