#include "media/audio_format.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <type_traits>

namespace gemlive::media {
namespace {

constexpr float limited(float sample) noexcept
{
    const float low = sample < -1.0F ? -1.0F : sample;
    const float clamped = low > 1.0F ? 1.0F : low;
    return clamped == clamped ? clamped : 0.0F;
}

// Loops of their own for one and two channels, the layouts of nearly all devices: compilers make vectors of them.

void mix(const int16_t *in, int channels, std::span<float> mono) noexcept
{
    if (channels == 1) {
        to_float({in, mono.size()}, mono);
        return;
    }
    const float scale = 1.0F / (32768.0F * static_cast<float>(channels));
    if (channels == 2) {
        for (size_t i = 0; i < mono.size(); ++i) {
            mono[i] = static_cast<float>(in[2 * i] + in[2 * i + 1]) * scale;
        }
        return;
    }
    for (float &sample : mono) {
        sample = static_cast<float>(std::accumulate(in, in + channels, int32_t{0})) * scale;
        in += channels;
    }
}

void mix(const float *in, int channels, std::span<float> mono) noexcept
{
    if (channels == 1) {
        std::transform(in, in + mono.size(), mono.begin(), limited);
        return;
    }
    const float scale = 1.0F / static_cast<float>(channels);
    if (channels == 2) {
        for (size_t i = 0; i < mono.size(); ++i) {
            mono[i] = (limited(in[2 * i]) + limited(in[2 * i + 1])) * scale;
        }
        return;
    }
    for (float &sample : mono) {
        const auto add = [](float sum, float next) { return sum + limited(next); };
        sample = std::accumulate(in, in + channels, 0.0F, add) * scale;
        in += channels;
    }
}

void assign(int16_t &out, float sample) noexcept { out = to_s16(sample); }
void assign(float &out, float sample) noexcept { out = sample; }

template <typename Sample>
void spread(std::span<const float> mono, int channels, Sample *out) noexcept
{
    if (channels == 1) {
        for (size_t i = 0; i < mono.size(); ++i) {
            assign(out[i], mono[i]);
        }
        return;
    }
    if (channels == 2) {
        for (size_t i = 0; i < mono.size(); ++i) {
            assign(out[2 * i], mono[i]);
            assign(out[2 * i + 1], mono[i]);
        }
        return;
    }
    for (const float sample : mono) {
        for (int channel = 0; channel < channels; ++channel) {
            assign(*out++, sample);
        }
    }
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

void downmix(const SampleView &in, int channels, std::span<float> mono) noexcept
{
    in.visit([&](const auto *samples) { mix(samples, channels, mono); });
}

void downmix(const SampleView &in, int channels, std::span<int16_t> mono) noexcept
{
    in.visit([&](const auto *samples) {
        if constexpr (std::is_same_v<decltype(samples), const int16_t *>) {
            if (channels == 1) {
                std::copy_n(samples, mono.size(), mono.begin());
                return;
            }
        }
        std::array<float, 256> mixed;
        for (size_t at = 0; at < mono.size(); at += mixed.size()) {
            const auto piece = std::span(mixed).first(std::min(mixed.size(), mono.size() - at));
            mix(samples + at * static_cast<size_t>(channels), channels, piece);
            to_s16(piece, mono.subspan(at, piece.size()));
        }
    });
}

void upmix(std::span<const float> mono, int channels, const SampleBuffer &out) noexcept
{
    out.visit([&](auto *samples) { spread(mono, channels, samples); });
}

void silence(const SampleBuffer &out, int channels) noexcept
{
    out.visit([&](auto *samples) { std::fill_n(samples, out.frames() * static_cast<size_t>(channels), 0); });
}

}  // namespace gemlive::media
