#pragma once

#include "playout_chunk.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gemlive::media {

// The last samples that were taken from the queue.
class SampleHistory {
public:
    static constexpr size_t max_frames = 256;

    void remember(std::span<const float> samples) noexcept;
    void clear() noexcept { end_ = 0; }

    size_t frames() const noexcept { return static_cast<size_t>(std::min<uint64_t>(end_, max_frames)); }
    // 1 is the newest; silence before the first.
    float before(size_t frames_ago) const noexcept
    {
        return frames_ago > frames() ? 0.0F : samples_[(end_ - frames_ago) % max_frames];
    }

private:
    std::array<float, max_frames> samples_{};  // a ring
    uint64_t end_ = 0;
};

// A sound that begins or stops in its middle does so without a click: within a few milliseconds, growing from
// silence or getting quieter. What gets quieter is what would have come, as far as it is there, and then the sound
// played backwards, which goes on without a step.
class PlayoutFade {
public:
    // Output frames; 0: none.
    void begin_in(size_t frames) noexcept { in_left_ = in_frames_ = frames; }
    // `chunk` from `offset` on would have come; may be null. It stays where it is until the fade is over.
    void begin_out(size_t frames, const PlayoutChunk *chunk, size_t offset) noexcept;
    void stop() noexcept;

    // Of the output, in order. Those to fade out are at most out_left().
    void fade_in(std::span<float> out) noexcept;
    void fade_out(std::span<float> out) noexcept;
    size_t out_left() const noexcept { return out_left_; }

    // Input for a fade that goes out: always as much as asked for.
    void take(std::span<float> input, SampleHistory &history) noexcept;

private:
    size_t in_frames_ = 0;
    size_t in_left_ = 0;
    size_t out_frames_ = 0;
    size_t out_left_ = 0;
    const PlayoutChunk *chunk_ = nullptr;
    size_t offset_ = 0;
    size_t mirrored_ = 0;  // samples played backwards
};

}  // namespace gemlive::media
