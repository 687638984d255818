#pragma once

#include "media/sample_view.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace gemlive::media {

// What the Live API takes, and what its models speak unless a message says otherwise.
constexpr int wire_sample_rate = 16000;
constexpr int model_sample_rate = 24000;

constexpr size_t wire_samples(int64_t ms) noexcept
{
    return static_cast<size_t>(ms) * wire_sample_rate / 1000;
}

struct AudioFormat {
    static constexpr int min_sample_rate = 1000;
    static constexpr int max_sample_rate = 384000;
    static constexpr int max_channels = 16;

    constexpr bool valid() const noexcept
    {
        return sample_rate >= min_sample_rate && sample_rate <= max_sample_rate && channels >= 1 &&
               channels <= max_channels;
    }

    friend constexpr bool operator==(const AudioFormat &, const AudioFormat &) = default;

    int sample_rate = wire_sample_rate;
    int channels = 1;
};

// Samples as float are in [-1, 1) and one step of 16 bits is 1/32768, so s16 to float and back changes nothing.
// All of these are real-time safe.
constexpr float to_float(int16_t sample) noexcept { return static_cast<float>(sample) * (1.0F / 32768.0F); }

// To the nearest step (half to even), saturating; not-a-number is silence.
inline int16_t to_s16(float sample) noexcept
{
    // In this range a float has no fraction bits left, so the addition itself rounds; unlike lrintf it vectorises.
    constexpr float rounder = 12582912.0F;
    const float scaled = sample * 32768.0F;
    const float low = scaled < -32768.0F ? -32768.0F : scaled;
    const float clamped = low > 32767.0F ? 32767.0F : low;
    const float number = clamped == clamped ? clamped : 0.0F;
    return static_cast<int16_t>(static_cast<int32_t>((number + rounder) - rounder));
}

// Both spans of one length.
void to_float(std::span<const int16_t> in, std::span<float> out) noexcept;
void to_s16(std::span<const float> in, std::span<int16_t> out) noexcept;

// The mean of the channels; one frame for each sample of `mono`. Of a valid view that fits the channels. Floats are
// limited to [-1, 1] first, and a not-a-number is silence.
void downmix(const SampleView &in, int channels, std::span<float> mono) noexcept;
void downmix(const SampleView &in, int channels, std::span<int16_t> mono) noexcept;

// The same samples in every channel.
void upmix(std::span<const float> mono, int channels, const SampleBuffer &out) noexcept;

void silence(const SampleBuffer &out, int channels) noexcept;

}  // namespace gemlive::media
