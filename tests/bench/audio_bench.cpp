// What the audio path costs in CPU time, for a second of audio, the best of several runs: what a session does for
// its microphone and its loudspeaker besides the network.
//   audio_bench
#include "base/base64.hpp"
#include "media/input_stream.hpp"
#include "media/packetizer.hpp"
#include "media/playout.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace gemlive::media;

double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <typename Second>
double best_us(Second &&second)
{
    double best = 1e9;
    for (int round = 0; round < 40; ++round) {
        const double start = cpu_seconds();
        second();
        best = std::min(best, cpu_seconds() - start);
    }
    return best * 1e6;
}

template <typename Sample>
std::vector<Sample> tone(size_t samples)
{
    std::vector<Sample> made(samples);
    const double scale = sizeof(Sample) == 2 ? 16000.0 : 0.5;
    for (size_t i = 0; i < samples; ++i) {
        made[i] = static_cast<Sample>(scale * std::sin(0.05 * static_cast<double>(i)));
    }
    return made;
}

template <typename Sample>
void measure_capture(const char *name, const AudioFormat &format)
{
    InputStream input({.format = format});
    Packetizer packetizer(std::chrono::milliseconds(100));
    const auto frames = static_cast<size_t>(format.sample_rate) / 100;
    const auto samples = tone<Sample>(frames * static_cast<size_t>(format.channels));
    const gemlive::Clock::time_point now{};
    double best_push = 1e9;
    const double both = best_us([&] {
        for (int i = 0; i < 100; i += 5) {
            const double start = cpu_seconds();
            for (int piece = 0; piece < 5; ++piece) {
                input.push({samples.data(), frames});
            }
            best_push = std::min(best_push, cpu_seconds() - start);
            packetizer.add(input.take(), now);
            while (packetizer.next(now)) {
            }
        }
    });
    std::printf("capture  %6d Hz × %d %s: %7.0f µs, of it a push of 10 ms %5.2f\n", format.sample_rate, format.channels,
                name, both, best_push * 1e6 / 5);
}

template <typename Sample>
double playout_us(const AudioFormat &format, bool reads)
{
    Playout playout({});
    playout.set_output_format(format);
    const std::string text = gemlive::base64::encode(std::vector<uint8_t>(9600, 1));
    const auto frames = static_cast<size_t>(format.sample_rate) / 100;
    std::vector<Sample> out(frames * static_cast<size_t>(format.channels));
    return best_us([&] {
        for (int i = 0; i < 100; ++i) {
            if (i % 20 == 0) {
                for (std::string_view left = text; !left.empty();) {
                    const auto room = playout.begin_chunk(1, 24000, gemlive::base64::decoded_size(left) / 2);
                    auto *const bytes = reinterpret_cast<uint8_t *>(room.data());
                    playout.commit(gemlive::base64::decode_front(left, {bytes, room.size_bytes()}).value_or(0) / 2);
                }
            }
            if (reads) {
                playout.read({out.data(), frames});
            }
        }
        playout.collect({});
        if (!reads) {
            playout.flush();
        }
    });
}

template <typename Sample>
void measure_playout(const char *name, const AudioFormat &format)
{
    const double decoded = playout_us<Sample>(format, false);
    const double all = playout_us<Sample>(format, true);
    std::printf("playout  %6d Hz × %d %s: %7.0f µs, decoding alone %4.0f\n", format.sample_rate, format.channels, name,
                all, decoded);
}

}  // namespace

int main()
{
    for (const AudioFormat &format : {AudioFormat{16000, 1}, {48000, 1}, {48000, 2}, {44100, 1}}) {
        measure_capture<int16_t>("s16", format);
        measure_capture<float>("f32", format);
    }
    for (const AudioFormat &format : {AudioFormat{24000, 1}, {48000, 1}, {48000, 2}, {44100, 2}}) {
        measure_playout<int16_t>("s16", format);
        measure_playout<float>("f32", format);
    }
}
