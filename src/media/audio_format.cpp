#include "media/audio_format.hpp"

#include "sample_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace gemlive::media {
namespace {

// Loops of their own for one and two channels, the layouts of nearly all devices: compilers make vectors of them.
template <typename Format>
void mix_interleaved(const std::byte *in, int channels, std::span<float> mono) noexcept
{
    if (channels == 1) {
        for (size_t i = 0; i < mono.size(); ++i) {
            mono[i] = sample_at<Format>(in, i);
        }
        return;
    }
    if (channels == 2) {
        for (size_t i = 0; i < mono.size(); ++i) {
            mono[i] = (sample_at<Format>(in, 2 * i) + sample_at<Format>(in, 2 * i + 1)) * 0.5F;
        }
        return;
    }
    const float scale = 1.0F / static_cast<float>(channels);
    size_t at = 0;
    for (float &sample : mono) {
        float sum = 0.0F;
        for (int channel = 0; channel < channels; ++channel) {
            sum += sample_at<Format>(in, at++);
        }
        sample = sum * scale;
    }
}

// In the order of the channels too, so that the sums are those of interleaved samples to the last bit.
template <typename Format>
void mix_planes(const SampleView &in, int channels, std::span<float> mono) noexcept
{
    std::fill(mono.begin(), mono.end(), 0.0F);
    for (int channel = 0; channel < channels; ++channel) {
        const std::byte *const plane = in.plane(channel);
        for (size_t i = 0; i < mono.size(); ++i) {
            mono[i] += sample_at<Format>(plane, i);
        }
    }
    const float scale = 1.0F / static_cast<float>(channels);
    for (float &sample : mono) {
        sample *= scale;
    }
}

template <typename Format>
void mix(const SampleView &in, int channels, std::span<float> mono) noexcept
{
    if (in.is_planar()) {
        mix_planes<Format>(in, channels, mono);
    } else {
        mix_interleaved<Format>(in.frame(channels), channels, mono);
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
    switch (in.format()) {
    case SampleFormat::s16: mix<S16Samples>(in, channels, mono); break;
    case SampleFormat::s32: mix<S32Samples>(in, channels, mono); break;
    case SampleFormat::f32: mix<F32Samples>(in, channels, mono); break;
    case SampleFormat::u8: mix<U8Samples>(in, channels, mono); break;
    case SampleFormat::mulaw: mix<MulawSamples>(in, channels, mono); break;
    case SampleFormat::alaw: mix<AlawSamples>(in, channels, mono); break;
    }
}

void downmix(const SampleView &in, int channels, std::span<int16_t> mono) noexcept
{
    if (in.format() == SampleFormat::s16 && channels == 1) {
        if (!mono.empty()) {
            std::memcpy(mono.data(), in.frame(1), mono.size_bytes());
        }
        return;
    }
    std::array<float, 256> mixed;
    for (size_t at = 0; at < mono.size(); at += mixed.size()) {
        const auto piece = std::span(mixed).first(std::min(mixed.size(), mono.size() - at));
        downmix(in.part(at, piece.size()), channels, piece);
        to_s16(piece, mono.subspan(at, piece.size()));
    }
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
