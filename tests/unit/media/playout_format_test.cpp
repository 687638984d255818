#include "media/playout.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

std::vector<float> read_mono(Playout &playout, size_t frames, size_t *heard = nullptr)
{
    const auto channels = static_cast<size_t>(playout.output_format().channels);
    std::vector<float> interleaved(frames * channels, 9.0F);
    const size_t count = playout.read({interleaved.data(), frames});
    if (heard) {
        *heard += count;
    }
    std::vector<float> mono(frames);
    for (size_t i = 0; i < frames; ++i) {
        mono[i] = interleaved[i * channels];
        for (size_t channel = 1; channel < channels; ++channel) {
            EXPECT_EQ(interleaved[i * channels + channel], mono[i]);
        }
    }
    return mono;
}

TEST(PlayoutFormat, SineComesOutAtEveryDevicesRate)
{
    std::mt19937 random(31);
    for (const AudioFormat format : {AudioFormat{48000, 2}, {44100, 2}, {16000, 1}, {8000, 1}, {96000, 6}}) {
        Playout playout({});
        ASSERT_EQ(playout.set_output_format(format), Status::ok);
        playout.append(1, to_16_bits(sine(440, 24000, 24000)), 24000);
        playout.end_of_turn(1);
        const auto total = static_cast<size_t>(format.sample_rate);
        std::vector<float> got;
        size_t heard = 0;
        while (got.size() < total + 1000) {
            const auto block = read_mono(playout, up_to(random, 1000), &heard);
            got.insert(got.end(), block.begin(), block.end());
        }
        EXPECT_EQ(heard, total);
        const auto wanted = sine(440, format.sample_rate, total);
        const size_t edge = total / 100;
        EXPECT_GT(snr_db(std::span(wanted).subspan(edge, total - 2 * edge),
                         std::span(got).subspan(edge, total - 2 * edge)),
                  60.0)
            << format.sample_rate;
        EXPECT_EQ(playout.heard(1).frames, 24000U);
        EXPECT_TRUE(playout.next_finished());
        EXPECT_EQ(std::count(got.begin() + static_cast<ptrdiff_t>(total), got.end(), 0.0F),
                  static_cast<ptrdiff_t>(got.size() - total));
    }
}

TEST(PlayoutFormat, RefusesWhatIsNone)
{
    Playout playout({});
    EXPECT_EQ(playout.set_output_format({48000, 0}), Status::invalid_argument);
    EXPECT_FALSE(playout.enabled());
    EXPECT_EQ(playout.output_format(), (AudioFormat{24000, 1}));
}

TEST(PlayoutFormat, ADevicesChangeLosesNothing)
{
    std::mt19937 random(32);
    const AudioFormat formats[] = {{48000, 2}, {24000, 1}, {44100, 1}, {16000, 2}, {96000, 1}};
    Playout playout({});
    playout.set_output_format(formats[0]);
    const size_t total = 96000;
    playout.append(1, to_16_bits(sine(300, 24000, total)), 24000);
    playout.end_of_turn(1);
    double seconds = 0;
    for (int round = 0; seconds < 3.8; ++round) {
        const AudioFormat format = formats[round % std::size(formats)];
        playout.set_output_format(format);
        size_t heard = 0;
        const size_t frames = 500 + up_to(random, 3000);
        const auto block = read_mono(playout, frames, &heard);
        ASSERT_EQ(heard, frames);
        // Each block goes on where the one before stopped: half an output sample is the most a change may shift
        // it.
        double best = -100;
        double best_shift = 0;
        for (double shift = -1.0; shift <= 1.0; shift += 0.02) {
            std::vector<float> wanted(frames);
            for (size_t i = 0; i < frames; ++i) {
                const double t = seconds + (static_cast<double>(i) + shift) / format.sample_rate;
                wanted[i] = static_cast<float>(0.5 * std::sin(2.0 * std::numbers::pi * 300.0 * t));
            }
            const double snr = snr_db(wanted, block);
            best_shift = snr > best ? shift : best_shift;
            best = std::max(best, snr);
        }
        EXPECT_LE(std::abs(best_shift), 0.52);
        EXPECT_GT(best, 45.0) << "round " << round << " at " << format.sample_rate;
        seconds += (static_cast<double>(frames) + best_shift) / format.sample_rate;
        playout.collect({});
    }
    size_t heard = 0;
    const int rate = playout.output_format().sample_rate;
    read_mono(playout, static_cast<size_t>(rate), &heard);
    seconds += static_cast<double>(heard) / rate;
    EXPECT_NEAR(seconds, 4.0, 0.001);
    EXPECT_EQ(playout.heard(1).frames, total);
}

TEST(PlayoutFormat, AChangeOfTheModelsRateLosesNothing)
{
    std::mt19937 random(33);
    Playout playout({.prebuffer_ms = 200});
    playout.set_output_format({48000, 1});
    const int rates[] = {24000, 16000, 48000, 22050};
    uint64_t wanted = 0;
    std::vector<std::pair<int, size_t>> pieces;
    for (int i = 0; i < 24; ++i) {
        const int rate = rates[i % std::size(rates)];
        const size_t frames = 300 + up_to(random, 9000);
        playout.append(1, to_16_bits(sine(300, rate, frames)), rate);
        wanted += resampled_count(frames, rate, 48000);
    }
    playout.end_of_turn(1);
    size_t heard = 0;
    while (heard < wanted) {
        const size_t before = heard;
        read_mono(playout, std::min<size_t>(1000, wanted - heard), &heard);
        ASSERT_GT(heard, before);
    }
    EXPECT_EQ(heard, wanted);
    EXPECT_EQ(playout.queued_ms(), 0);
    EXPECT_TRUE(playout.next_finished());
    read_mono(playout, 1000, &heard);
    EXPECT_EQ(heard, wanted);
}

TEST(PlayoutFormat, OneRateTooManyIsCountedNotPlayed)
{
    Playout playout({});
    playout.enable();
    const std::vector<int16_t> samples(100, 5);
    int refused = 0;
    for (int rate = 20000; rate < 20020; ++rate) {
        refused += playout.append(1, samples, rate) ? 0 : 1;
    }
    EXPECT_GT(refused, 0);
    EXPECT_EQ(playout.dropped_frames(), static_cast<uint64_t>(refused) * 100);
    EXPECT_TRUE(playout.append(1, samples, 24000));
}

TEST(PlayoutFormat, AFlushAtADevicesRateIsSilentAfterFiveMilliseconds)
{
    for (const auto quality : {ResamplerQuality::standard, ResamplerQuality::high}) {
        for (const int rate : {48000, 44100, 16000, 8000}) {
            Playout playout({.quality = quality});
            playout.set_output_format({rate, 1});
            playout.append(1, to_16_bits(sine(300, 24000, 24000)), 24000);
            auto got = read_mono(playout, static_cast<size_t>(rate) / 3);
            playout.flush();
            const auto after = read_mono(playout, static_cast<size_t>(rate) / 100);
            for (size_t i = static_cast<size_t>(rate) / 200; i < after.size(); ++i) {
                ASSERT_EQ(after[i], 0.0F);
            }
            got.insert(got.end(), after.begin(), after.end());
            EXPECT_LT(largest_step(got), 1.5 * largest_step(sine(300, rate, 1000)) + 0.5 / (rate / 250.0));
        }
    }
}

// Nobody reads in between, so the old formats' memory is free for the newest: its address may be one that the reader
// knows.
TEST(PlayoutFormat, ANewFormatInTheMemoryOfAnOldOneIsNoticed)
{
    Playout playout({});
    playout.set_output_format({48000, 1});
    const std::vector<int16_t> second(24000, 1000);
    std::vector<float> block(4800);
    uint64_t turn = 0;
    for (int round = 0; round < 20; ++round) {
        playout.flush();
        playout.set_output_format({48000, 1});
        playout.append(++turn, second, 24000);
        playout.read({block.data(), 4800});
        for (int more = 0; more <= round; ++more) {
            playout.set_output_format({24000, 1});
        }
        playout.set_output_format({16000, 1});
        const uint64_t before = playout.heard(turn).frames;
        playout.read({block.data(), 4800});
        EXPECT_NEAR(static_cast<double>(playout.heard(turn).frames - before), 7200, 200) << "in round " << round;
    }
}

}  // namespace
}  // namespace gemlive::media
