#include "media/audio_format.hpp"

#include <algorithm>

namespace gemlive::media {
namespace {

constexpr float limited(float sample) noexcept
{
    const float low = sample < -1.0F ? -1.0F : sample;
    const float clamped = low > 1.0F ? 1.0F : low;
    return clamped == clamped ? clamped : 0.0F;
}

}  // namespace

void to_float(std::span<const int16_t> in, std::span<float> out) noexcept
{
    for (size_t i = 0; i < in.size(); ++i) {
        out[i] = to_float(in[i]);
    }
}

void to_s16(std::span<const float> in, std::span<int16_t> out) noexcept
{
    for (size_t i = 0; i < in.size(); ++i) {
        out[i] = to_s16(in[i]);
    }
}

void downmix(const int16_t *interleaved, int channels, std::span<float> mono) noexcept
{
    if (channels == 1) {
        to_float({interleaved, mono.size()}, mono);
        return;
    }
    const float scale = 1.0F / (32768.0F * static_cast<float>(channels));
    for (float &sample : mono) {
        int32_t sum = 0;
        for (int channel = 0; channel < channels; ++channel) {
            sum += interleaved[channel];
        }
        sample = static_cast<float>(sum) * scale;
        interleaved += channels;
    }
}

void downmix(const float *interleaved, int channels, std::span<float> mono) noexcept
{
    if (channels == 1) {
        std::transform(interleaved, interleaved + mono.size(), mono.begin(), limited);
        return;
    }
    const float scale = 1.0F / static_cast<float>(channels);
    for (float &sample : mono) {
        float sum = 0.0F;
        for (int channel = 0; channel < channels; ++channel) {
            sum += limited(interleaved[channel]);
        }
        sample = sum * scale;
        interleaved += channels;
    }
}

void upmix(std::span<const float> mono, int channels, int16_t *interleaved) noexcept
{
    if (channels == 1) {
        to_s16(mono, {interleaved, mono.size()});
        return;
    }
    for (const float sample : mono) {
        interleaved = std::fill_n(interleaved, channels, to_s16(sample));
    }
}

void upmix(std::span<const float> mono, int channels, float *interleaved) noexcept
{
    if (channels == 1) {
        std::copy(mono.begin(), mono.end(), interleaved);
        return;
    }
    for (const float sample : mono) {
        interleaved = std::fill_n(interleaved, channels, sample);
    }
}

}  // namespace gemlive::media
