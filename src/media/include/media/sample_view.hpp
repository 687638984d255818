#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace gemlive::media {

// What microphones and telephone lines give; more than one byte is native-endian. The numbers are those of the C API.
enum class SampleFormat : int32_t { s16 = 1, s32 = 2, f32 = 3, u8 = 4, mulaw = 5, alaw = 6 };

// 0: no format.
constexpr size_t bytes_per_sample(SampleFormat format) noexcept
{
    switch (format) {
    case SampleFormat::s16: return 2;
    case SampleFormat::s32: return 4;
    case SampleFormat::f32: return 4;
    case SampleFormat::u8: return 1;
    case SampleFormat::mulaw: return 1;
    case SampleFormat::alaw: return 1;
    }
    return 0;
}

constexpr size_t max_planes = 16;
// More than any memory has in the widest layout: a length that went wrong, such as -1.
constexpr size_t max_frames = std::numeric_limits<ptrdiff_t>::max() / (max_planes * sizeof(float));

// Frames in the application's memory, to be read: interleaved, or each channel in a plane of its own; at any address.
// How many channels a frame has is known to the stream that they go to.
class SampleView {
public:
    SampleView(const int16_t *samples, size_t frames) noexcept
        : format_(SampleFormat::s16), interleaved_(bytes_at(samples)), frames_(frames)
    {
    }
    SampleView(const float *samples, size_t frames) noexcept
        : format_(SampleFormat::f32), interleaved_(bytes_at(samples)), frames_(frames)
    {
    }
    // One plane is interleaved. More are a channel each; the list of them stays the caller's.
    SampleView(SampleFormat format, std::span<const void *const> planes, size_t frames) noexcept
        : format_(format), frames_(frames)
    {
        if (planes.size() == 1) {
            interleaved_ = bytes_at(planes.front());
        } else {
            planes_ = planes;
        }
    }

    SampleFormat format() const noexcept { return format_; }
    size_t frames() const noexcept { return frames_; }
    bool is_planar() const noexcept { return !planes_.empty(); }
    // Frames without memory; of a list of planes that is not too long.
    bool missing() const noexcept
    {
        if (frames_ == 0) {
            return false;
        }
        return is_planar() ? std::find(planes_.begin(), planes_.end(), nullptr) != planes_.end() : !interleaved_;
    }
    // False: no format, too many planes or frames, or missing.
    bool valid() const noexcept
    {
        return bytes_per_sample(format_) > 0 && planes_.size() <= max_planes && frames_ <= max_frames && !missing();
    }
    // Laid out as frames of that many channels are.
    bool fits(int channels) const noexcept
    {
        return !is_planar() || planes_.size() == static_cast<size_t>(channels);
    }

    // `count` frames from `first` on.
    SampleView part(size_t first, size_t count) const noexcept
    {
        SampleView part = *this;
        part.first_ += first;
        part.frames_ = count;
        return part;
    }

    // The first frame, of `channels` channels; not where is_planar().
    const std::byte *frame(int channels) const noexcept
    {
        return interleaved_ + first_ * bytes_per_sample(format_) * static_cast<size_t>(channels);
    }
    // A channel's first sample; only where is_planar().
    const std::byte *plane(int channel) const noexcept
    {
        return bytes_at(planes_[static_cast<size_t>(channel)]) + first_ * bytes_per_sample(format_);
    }

private:
    static const std::byte *bytes_at(const void *memory) noexcept { return static_cast<const std::byte *>(memory); }

    SampleFormat format_;
    const std::byte *interleaved_ = nullptr;
    std::span<const void *const> planes_;
    size_t first_ = 0;
    size_t frames_;
};

// Interleaved frames in the application's memory, to be written.
class SampleBuffer {
public:
    SampleBuffer(int16_t *samples, size_t frames) noexcept : s16_(samples), f32_(nullptr), frames_(frames) {}
    SampleBuffer(float *samples, size_t frames) noexcept : s16_(nullptr), f32_(samples), frames_(frames) {}

    size_t frames() const noexcept { return frames_; }
    bool valid() const noexcept { return frames_ == 0 || ((s16_ || f32_) && frames_ <= max_frames); }

    // Calls with the pointer of the real type.
    template <typename Visitor>
    decltype(auto) visit(Visitor &&visitor) const
    {
        return s16_ ? visitor(s16_) : visitor(f32_);
    }

    // `count` frames from `first` on.
    SampleBuffer part(size_t first, size_t count, int channels) const noexcept
    {
        return visit([&](auto *samples) {
            return SampleBuffer(samples + first * static_cast<size_t>(channels), count);
        });
    }

private:
    int16_t *s16_;
    float *f32_;
    size_t frames_;
};

}  // namespace gemlive::media
