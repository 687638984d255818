#pragma once

#include "media/audio_format.hpp"

#include <array>
#include <cstdint>
#include <cstring>

// What a stored sample is worth, from -1 to 1. One type for each format, so that loops over samples are made for it.
namespace gemlive::media {

// An infinity or a not-a-number of a broken device must not poison a filter.
constexpr float limited(float sample) noexcept
{
    const float low = sample < -1.0F ? -1.0F : sample;
    const float clamped = low > 1.0F ? 1.0F : low;
    return clamped == clamped ? clamped : 0.0F;
}

struct S16Samples {
    using Stored = int16_t;
    static float value(int16_t stored) noexcept { return to_float(stored); }
};

struct S32Samples {
    using Stored = int32_t;
    static float value(int32_t stored) noexcept { return static_cast<float>(stored) * (1.0F / 2147483648.0F); }
};

struct F32Samples {
    using Stored = float;
    static float value(float stored) noexcept { return limited(stored); }
};

struct U8Samples {
    using Stored = uint8_t;
    static float value(uint8_t stored) noexcept { return static_cast<float>(stored - 128) * (1.0F / 128.0F); }
};

// ITU-T G.711: sign, three bits of exponent, four of mantissa. As 16 bits: 14 (µ-law) and 13 (A-law) that count.
constexpr int16_t mulaw_to_s16(uint8_t code) noexcept
{
    constexpr int bias = 0x84;
    const int bits = ~code & 0xFF;
    const int magnitude = (((bits & 0x0F) << 3) + bias) << ((bits & 0x70) >> 4);
    return static_cast<int16_t>(bits & 0x80 ? bias - magnitude : magnitude - bias);
}

constexpr int16_t alaw_to_s16(uint8_t code) noexcept
{
    const int bits = code ^ 0x55;
    const int exponent = (bits & 0x70) >> 4;
    const int mantissa = ((bits & 0x0F) << 4) + 8;
    const int magnitude = exponent == 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
    return static_cast<int16_t>(bits & 0x80 ? magnitude : -magnitude);
}

template <int16_t (*decode)(uint8_t)>
struct G711Samples {
    using Stored = uint8_t;
    static float value(uint8_t stored) noexcept { return table[stored]; }

    static constexpr std::array<float, 256> table = [] {
        std::array<float, 256> values{};
        for (size_t code = 0; code < values.size(); ++code) {
            values[code] = to_float(decode(static_cast<uint8_t>(code)));
        }
        return values;
    }();
};

using MulawSamples = G711Samples<mulaw_to_s16>;
using AlawSamples = G711Samples<alaw_to_s16>;

// At any address: samples of a byte array need not be aligned.
template <typename Format>
float sample_at(const std::byte *memory, size_t index) noexcept
{
    typename Format::Stored stored;
    std::memcpy(&stored, memory + index * sizeof stored, sizeof stored);
    return Format::value(stored);
}

}  // namespace gemlive::media
