#pragma once

#include "playout_fade.hpp"
#include "playout_output.hpp"
#include "playout_queue.hpp"

#include <array>
#include <atomic>
#include <span>

namespace gemlive::media {

// The real-time side of the playout: turns queued samples into blocks of the output format, with silence where
// nothing is due and without a click where it begins or stops. One thread at a time.
class PlayoutReader {
public:
    PlayoutReader(PlayoutQueue &queue, int prebuffer_ms) : queue_(queue), prebuffer_ms_(prebuffer_ms) {}

    // Between queue.enter() and queue.leave(). `output` may change from call to call.
    size_t read(PlayoutOutput &output, const SampleBuffer &out) noexcept;

    // What the I/O thread may recycle up to.
    PlayoutPosition done() const noexcept { return position_; }

    // Everything appended so far is followed by nothing that belongs to it: it need not be waited for.
    void end_at(uint64_t frame) noexcept { ended_at_.store(frame, std::memory_order_release); }

private:
    enum class State {
        silent,
        playing,
        tail,    // the samples inside the filter, then silence
        fading,  // 4 ms of what would have come, getting quieter
    };
    enum class Stop { none, dry, jumped, other_rate };

    static constexpr size_t block_frames = 512;
    // Heard samples that a new filter is fed first, so that it starts in the middle of the sound.
    static constexpr size_t filter_context = 96;

    size_t render(std::span<float> out) noexcept;
    size_t render_playing(std::span<float> out) noexcept;
    size_t render_tail(std::span<float> out) noexcept;
    size_t render_fading(std::span<float> out) noexcept;
    void adopt(PlayoutOutput &output) noexcept;
    void continue_sound() noexcept;
    bool start() noexcept;
    void stop() noexcept;
    void fade_out() noexcept;
    void fall_silent() noexcept;
    size_t fade_frames() const noexcept { return static_cast<size_t>(output_->format.sample_rate) / 250; }
    size_t take_queued(std::span<float> out) noexcept;

    PlayoutQueue &queue_;
    const int prebuffer_ms_;
    std::atomic<uint64_t> ended_at_{0};

    PlayoutOutput *output_ = nullptr;
    uint64_t serial_ = 0;  // of the output that was adopted last
    Resampler *resampler_ = nullptr;
    State state_ = State::silent;
    Stop stop_ = Stop::none;
    PlayoutPosition position_{1, 0};  // behind the last sample claimed
    uint64_t next_frame_ = 0;         // the same place, counted over everything appended
    int model_rate_ = 0;
    bool skip_prebuffer_ = false;
    bool broken_off_ = false;  // the last sound did not end by itself

    PlayoutFade fade_;
    SampleHistory history_;
    size_t replay_ = 0;         // of the history, before the queue goes on
    double waiting_input_ = 0;  // input samples inside the filter after the last call

    std::array<float, block_frames> mono_{};
};

}  // namespace gemlive::media
