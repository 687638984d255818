#pragma once

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
    template <typename Sample>
    size_t read(PlayoutOutput &output, Sample *samples, size_t frames) noexcept
    {
        adopt(output);
        size_t heard = 0;
        for (size_t made = 0; made < frames;) {
            const std::span<float> mono = std::span(mono_).first(std::min(mono_.size(), frames - made));
            heard += render(mono);
            upmix(mono, output.format.channels, samples + made * static_cast<size_t>(output.format.channels));
            made += mono.size();
        }
        waiting_input_ = resampler_ ? resampler_->pending_input() : 0.0;
        return heard;
    }

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
    static constexpr size_t history_frames = 256;
    // Heard samples that a new filter is fed first, so that it starts in the middle of the sound.
    static constexpr size_t filter_context = 96;

    size_t render(std::span<float> out) noexcept;
    void adopt(PlayoutOutput &output) noexcept;
    bool start() noexcept;
    void stop() noexcept;
    void end_fade() noexcept;
    size_t fade_frames() const noexcept { return static_cast<size_t>(output_->format.sample_rate) / 250; }
    void fade_in(std::span<float> out) noexcept;
    void fade_out(std::span<float> out) noexcept;

    size_t take_queued(std::span<float> out) noexcept;
    size_t take_fading(std::span<float> out) noexcept;
    void remember(std::span<const float> samples) noexcept;
    float heard_before(size_t frames_ago) const noexcept;

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

    size_t fade_in_left_ = 0;
    size_t fade_out_left_ = 0;
    const PlayoutChunk *fade_chunk_ = nullptr;
    size_t fade_offset_ = 0;
    size_t mirrored_ = 0;

    std::array<float, history_frames> history_{};  // the last samples taken, a ring
    uint64_t history_end_ = 0;
    size_t replay_ = 0;         // of the history, before the queue goes on
    double waiting_input_ = 0;  // input samples inside the filter after the last call

    std::array<float, block_frames> mono_{};
};

}  // namespace gemlive::media
