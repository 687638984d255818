// What resamplers cost and what they do to the sound, beside each other in one run: read the ratios, machines are
// noisy. All are fed 10 ms of mono floats at a time.
//   µs/s      CPU time for a second of audio, the best of several runs
//   ripple    difference of the gain over what 80 % of the lower rate's band holds
//   stop      what comes out of a tone that the output cannot hold; upwards: of the images of one that it can
//   snr       of a tone of 1 kHz
//   delay     from a step at the input until half of it is out
//   resampler_bench
#include "dot_products.hpp"
#include "filter_bank.hpp"
#include "media/resampler.hpp"

#include <samplerate.h>
#ifdef GEMLIVE_HAVE_SOXR
#include <soxr.h>
#endif
#ifdef GEMLIVE_HAVE_SPEEXDSP
#include <speex/speex_resampler.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <vector>

namespace {

using gemlive::media::Resampler;
using gemlive::media::ResamplerQuality;

// Appends to the vector what it makes of the samples.
using Process = std::function<void(std::span<const float>, std::vector<float> &)>;

struct Candidate {
    std::string name;
    std::function<Process(int in_rate, int out_rate)> make;
};

Process ours(int in_rate, int out_rate, ResamplerQuality quality)
{
    auto resampler = std::make_shared<Resampler>(in_rate, out_rate, quality);
    return [resampler](std::span<const float> in, std::vector<float> &out) { resampler->process(in, out); };
}

Process samplerate_of(int in_rate, int out_rate)
{
    int error = 0;
    std::shared_ptr<SRC_STATE> state(src_new(SRC_SINC_FASTEST, 1, &error), src_delete);
    const double ratio = static_cast<double>(out_rate) / in_rate;
    return [state, ratio](std::span<const float> in, std::vector<float> &out) {
        while (!in.empty()) {
            const size_t before = out.size();
            out.resize(before + in.size() * 6 + 16);
            SRC_DATA data{};
            data.data_in = in.data();
            data.input_frames = static_cast<long>(in.size());
            data.data_out = out.data() + before;
            data.output_frames = static_cast<long>(out.size() - before);
            data.src_ratio = ratio;
            src_process(state.get(), &data);
            out.resize(before + static_cast<size_t>(data.output_frames_gen));
            in = in.subspan(static_cast<size_t>(data.input_frames_used));
        }
    };
}

#ifdef GEMLIVE_HAVE_SOXR
Process soxr_of(int in_rate, int out_rate, unsigned long recipe)
{
    const soxr_quality_spec_t quality = soxr_quality_spec(recipe, 0);
    std::shared_ptr<struct soxr> state(soxr_create(in_rate, out_rate, 1, nullptr, nullptr, &quality, nullptr),
                                       soxr_delete);
    return [state](std::span<const float> in, std::vector<float> &out) {
        const size_t before = out.size();
        out.resize(before + in.size() * 6 + 8192);
        size_t used = 0;
        size_t made = 0;
        soxr_process(state.get(), in.data(), in.size(), &used, out.data() + before, out.size() - before, &made);
        out.resize(before + made);
    };
}
#endif

#ifdef GEMLIVE_HAVE_SPEEXDSP
Process speex_of(int in_rate, int out_rate, int quality)
{
    int error = 0;
    const auto in = static_cast<spx_uint32_t>(in_rate);
    const auto out = static_cast<spx_uint32_t>(out_rate);
    std::shared_ptr<SpeexResamplerState> state(speex_resampler_init(1, in, out, quality, &error),
                                               speex_resampler_destroy);
    return [state](std::span<const float> in, std::vector<float> &out) {
        while (!in.empty()) {
            const size_t before = out.size();
            out.resize(before + in.size() * 6 + 16);
            auto used = static_cast<spx_uint32_t>(in.size());
            auto made = static_cast<spx_uint32_t>(out.size() - before);
            speex_resampler_process_float(state.get(), 0, in.data(), &used, out.data() + before, &made);
            out.resize(before + made);
            in = in.subspan(used);
        }
    };
}
#endif

std::vector<float> sine(double frequency, int rate, size_t frames)
{
    std::vector<float> samples(frames);
    for (size_t i = 0; i < frames; ++i) {
        const double angle = 2.0 * std::numbers::pi * frequency * static_cast<double>(i) / rate;
        samples[i] = static_cast<float>(0.5 * std::sin(angle));
    }
    return samples;
}

std::vector<float> run(const Process &process, std::span<const float> in, size_t block)
{
    std::vector<float> out;
    out.reserve(in.size() * 7);
    for (; !in.empty(); in = in.subspan(std::min(block, in.size()))) {
        process(in.first(std::min(block, in.size())), out);
    }
    return out;
}

double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double microseconds_per_second(const Process &process, int in_rate)
{
    const auto in = sine(440, in_rate, static_cast<size_t>(in_rate));
    const size_t block = in.size() / 100;
    std::vector<float> out;
    double best = 1e9;
    for (int round = 0; round < 30; ++round) {
        const double start = cpu_seconds();
        for (size_t at = 0; at < in.size(); at += block) {
            out.clear();
            process(std::span(in).subspan(at, block), out);
        }
        best = std::min(best, cpu_seconds() - start);
    }
    return best * 1e6;
}

// What of the samples is the tone, and what is not, both beside the tone that went in.
struct Gains {
    double tone;
    double rest;
};

Gains gains(const Process &process, double frequency, int in_rate, int out_rate)
{
    const auto all = run(process, sine(frequency, in_rate, static_cast<size_t>(in_rate) / 4), 480);
    const size_t edge = all.size() / 5;
    const auto out = std::span(all).subspan(edge, all.size() - 2 * edge);
    // The least squares of a cosine and a sine.
    double cc = 0, ss = 0, cs = 0, xc = 0, xs = 0;
    const double step = 2.0 * std::numbers::pi * frequency / out_rate;
    for (size_t i = 0; i < out.size(); ++i) {
        const double c = std::cos(step * static_cast<double>(i));
        const double s = std::sin(step * static_cast<double>(i));
        cc += c * c, ss += s * s, cs += c * s, xc += c * out[i], xs += s * out[i];
    }
    const double determinant = cc * ss - cs * cs;
    const double a = (xc * ss - xs * cs) / determinant;
    const double b = (xs * cc - xc * cs) / determinant;
    double rest = 0;
    for (size_t i = 0; i < out.size(); ++i) {
        const double angle = step * static_cast<double>(i);
        const double fitted = a * std::cos(angle) + b * std::sin(angle);
        rest += (out[i] - fitted) * (out[i] - fitted);
    }
    return {std::hypot(a, b) / 0.5, std::sqrt(2.0 * rest / static_cast<double>(out.size())) / 0.5};
}

double decibels(double gain)
{
    return 20.0 * std::log10(std::max(gain, 1e-12));
}

double power_gain(const Process &process, double frequency, int in_rate)
{
    const auto all = run(process, sine(frequency, in_rate, static_cast<size_t>(in_rate) / 4), 480);
    const size_t edge = all.size() / 5;
    double power = 0;
    for (const float sample : std::span(all).subspan(edge, all.size() - 2 * edge)) {
        power += static_cast<double>(sample) * sample;
    }
    return std::sqrt(2.0 * power / static_cast<double>(all.size() - 2 * edge)) / 0.5;
}

double delay_ms(const Process &process, int in_rate)
{
    const std::vector<float> zeros(static_cast<size_t>(in_rate) / 10, 0.0F);
    run(process, zeros, 480);
    const float one = 1.0F;
    std::vector<float> out;
    for (int fed = 1; fed < in_rate / 10; ++fed) {
        out.clear();
        process({&one, 1}, out);
        if (std::any_of(out.begin(), out.end(), [](float sample) { return sample >= 0.5F; })) {
            return 1000.0 * (fed - 1) / in_rate;
        }
    }
    return -1;
}

void measure(const Candidate &candidate, int in_rate, int out_rate)
{
    const auto fresh = [&] { return candidate.make(in_rate, out_rate); };
    const double lower = std::min(in_rate, out_rate) / 2.0;
    double least = 1e9, most = -1e9, stop = -1e9;
    for (double part = 0.02; part <= 0.801; part += 0.02) {
        const double gain = decibels(gains(fresh(), part * lower, in_rate, out_rate).tone);
        least = std::min(least, gain);
        most = std::max(most, gain);
    }
    if (in_rate > out_rate) {
        for (double frequency = lower; frequency < 0.499 * in_rate; frequency += (0.5 * in_rate - lower) / 60) {
            stop = std::max(stop, decibels(power_gain(fresh(), frequency, in_rate)));
        }
    } else {
        for (double part = 0.05; part <= 0.999; part += 0.02) {
            stop = std::max(stop, decibels(gains(fresh(), part * lower, in_rate, out_rate).rest));
        }
    }
    const Gains tone = gains(fresh(), 1000, in_rate, out_rate);
    std::printf("%6d → %-6d %-22s %8.0f %9.4f %8.1f %8.1f %8.2f\n", in_rate, out_rate, candidate.name.c_str(),
                microseconds_per_second(fresh(), in_rate), most - least, stop, decibels(tone.tone / tone.rest),
                delay_ms(fresh(), in_rate));
}

// The inner loop alone, at the work of a second from 48 to 16 kHz.
void measure_variants()
{
    const gemlive::media::FilterBank bank(1, 3);
    const auto in = sine(440, 48000, 48000 + bank.taps());
    std::vector<float> out(16000);
    for (const auto &variant : gemlive::media::dot_products_variants()) {
        double best = 1e9;
        for (int round = 0; round < 30; ++round) {
            const double start = cpu_seconds();
            variant.function({.row = bank.row(0), .taps = bank.taps(), .window = in.data(), .window_step = 3,
                              .out = out.data(), .out_step = 1, .count = out.size()});
            best = std::min(best, cpu_seconds() - start);
        }
        std::printf("  %-8s %8.0f µs\n", variant.name, best * 1e6);
    }
}

}  // namespace

int main()
{
    const std::vector<Candidate> candidates = {
        {"gemlive standard", [](int in, int out) { return ours(in, out, ResamplerQuality::standard); }},
        {"gemlive high", [](int in, int out) { return ours(in, out, ResamplerQuality::high); }},
        {"libsamplerate fastest", samplerate_of},
#ifdef GEMLIVE_HAVE_SOXR
        {"soxr LQ", [](int in, int out) { return soxr_of(in, out, SOXR_LQ); }},
        {"soxr MQ", [](int in, int out) { return soxr_of(in, out, SOXR_MQ); }},
        {"soxr HQ", [](int in, int out) { return soxr_of(in, out, SOXR_HQ); }},
#endif
#ifdef GEMLIVE_HAVE_SPEEXDSP
        {"speexdsp 5", [](int in, int out) { return speex_of(in, out, 5); }},
        {"speexdsp 8", [](int in, int out) { return speex_of(in, out, 8); }},
#endif
    };
    const std::pair<int, int> rates[] = {{48000, 16000}, {44100, 16000}, {32000, 16000}, {24000, 16000},
                                         {22050, 16000}, {8000, 16000},  {24000, 48000}, {24000, 44100}};
    std::printf("%15s %-22s %8s %9s %8s %8s %8s\n", "Hz", "", "µs/s", "ripple dB", "stop dB", "snr dB", "delay ms");
    for (const auto &[in_rate, out_rate] : rates) {
        for (const Candidate &candidate : candidates) {
            measure(candidate, in_rate, out_rate);
        }
    }
    std::printf("filters of 48 → 16 kHz, for a second:\n");
    measure_variants();
}
