#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace gemlive::media {

// Interleaved frames in the application's memory, of either sample type. How many channels a frame has is known to
// the stream that they go to or come from.
template <bool writable>
class InterleavedSamples {
    template <typename Sample>
    using Pointer = std::conditional_t<writable, Sample *, const Sample *>;

public:
    InterleavedSamples(Pointer<int16_t> samples, size_t frames) noexcept
        : s16_(samples), f32_(nullptr), frames_(frames)
    {
    }
    InterleavedSamples(Pointer<float> samples, size_t frames) noexcept
        : s16_(nullptr), f32_(samples), frames_(frames)
    {
    }

    size_t frames() const noexcept { return frames_; }
    // Frames without memory.
    bool missing() const noexcept { return !s16_ && !f32_ && frames_ > 0; }
    // False: missing, or more than any memory has in the widest layout: a length that went wrong, such as -1.
    bool valid() const noexcept { return !missing() && frames_ <= max_frames; }

    // `count` frames from `first` on.
    InterleavedSamples part(size_t first, size_t count, int channels) const noexcept
    {
        return visit([&](auto *samples) {
            return InterleavedSamples(samples + first * static_cast<size_t>(channels), count);
        });
    }

    // Calls with the pointer of the real type.
    template <typename Visitor>
    decltype(auto) visit(Visitor &&visitor) const
    {
        return s16_ ? visitor(s16_) : visitor(f32_);
    }

private:
    static constexpr size_t max_frames = std::numeric_limits<ptrdiff_t>::max() / (16 * sizeof(float));

    Pointer<int16_t> s16_;
    Pointer<float> f32_;
    size_t frames_;
};

using SampleView = InterleavedSamples<false>;
using SampleBuffer = InterleavedSamples<true>;

}  // namespace gemlive::media
