#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <vector>

namespace gemlive::testing {

inline std::vector<float> sine(double frequency, int sample_rate, size_t frames, double amplitude = 0.5,
                               size_t first = 0)
{
    std::vector<float> samples(frames);
    for (size_t i = 0; i < frames; ++i) {
        const double angle = 2.0 * std::numbers::pi * frequency * static_cast<double>(first + i) / sample_rate;
        samples[i] = static_cast<float>(amplitude * std::sin(angle));
    }
    return samples;
}

inline std::vector<int16_t> to_16_bits(std::span<const float> samples)
{
    std::vector<int16_t> out;
    for (const float sample : samples) {
        out.push_back(static_cast<int16_t>(std::lrint(std::clamp(sample * 32768.0F, -32768.0F, 32767.0F))));
    }
    return out;
}

inline std::vector<float> to_floats(std::span<const int16_t> samples)
{
    std::vector<float> out;
    for (const int16_t sample : samples) {
        out.push_back(static_cast<float>(sample) / 32768.0F);
    }
    return out;
}

inline std::vector<int16_t> noise(size_t frames, std::mt19937 &random)
{
    std::vector<int16_t> samples(frames);
    for (int16_t &sample : samples) {
        sample = static_cast<int16_t>(random());
    }
    return samples;
}

// Against the signal that is wanted, exactly in time.
inline double snr_db(std::span<const float> wanted, std::span<const float> got)
{
    double signal = 0;
    double error = 1e-20;
    for (size_t i = 0; i < std::min(wanted.size(), got.size()); ++i) {
        const double difference = static_cast<double>(wanted[i]) - got[i];
        signal += static_cast<double>(wanted[i]) * wanted[i];
        error += difference * difference;
    }
    return 10.0 * std::log10(signal / error);
}

// Of the mean power; a full square wave is 0 dB.
inline double level_db(std::span<const float> samples)
{
    double power = 1e-20;
    for (const float sample : samples) {
        power += static_cast<double>(sample) * sample;
    }
    return 10.0 * std::log10(power / static_cast<double>(samples.size()));
}

inline double largest_step(std::span<const float> samples)
{
    double largest = 0;
    for (size_t i = 1; i < samples.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(samples[i]) - samples[i - 1]));
    }
    return largest;
}

inline size_t up_to(std::mt19937 &random, size_t most)
{
    return std::uniform_int_distribution<size_t>(1, most)(random);
}

// round(frames * out / in)
inline uint64_t resampled_count(uint64_t frames, int in_rate, int out_rate)
{
    const auto in = static_cast<uint64_t>(in_rate);
    return (frames * static_cast<uint64_t>(out_rate) + in / 2) / in;
}

}  // namespace gemlive::testing
