#include "media/audio_format.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "signals.hpp"

namespace gemlive::media {
namespace {

TEST(AudioFormat, Limits)
{
    EXPECT_TRUE((AudioFormat{8000, 1}).valid());
    EXPECT_TRUE((AudioFormat{384000, 16}).valid());
    EXPECT_FALSE((AudioFormat{0, 1}).valid());
    EXPECT_FALSE((AudioFormat{-16000, 1}).valid());
    EXPECT_FALSE((AudioFormat{384001, 1}).valid());
    EXPECT_FALSE((AudioFormat{16000, 0}).valid());
    EXPECT_FALSE((AudioFormat{16000, 17}).valid());
}

TEST(AudioFormat, EverySampleSurvivesTheWayThroughFloat)
{
    for (int value = -32768; value <= 32767; ++value) {
        const auto sample = static_cast<int16_t>(value);
        ASSERT_EQ(to_s16(to_float(sample)), sample);
    }
}

TEST(AudioFormat, RoundsToTheNearestAndSaturates)
{
    constexpr float step = 1.0F / 32768.0F;
    EXPECT_EQ(to_s16(0.49F * step), 0);
    EXPECT_EQ(to_s16(0.51F * step), 1);
    EXPECT_EQ(to_s16(0.49999997F * step), 0);
    EXPECT_EQ(to_s16(-0.51F * step), -1);
    EXPECT_EQ(to_s16(-100.49F * step), -100);
    EXPECT_EQ(to_s16(2.5F * step), 2);
    EXPECT_EQ(to_s16(1.0F), 32767);
    EXPECT_EQ(to_s16(-1.0F), -32768);
    EXPECT_EQ(to_s16(1e30F), 32767);
    EXPECT_EQ(to_s16(-std::numeric_limits<float>::infinity()), -32768);
    EXPECT_EQ(to_s16(std::numeric_limits<float>::infinity()), 32767);
    EXPECT_EQ(to_s16(std::numeric_limits<float>::quiet_NaN()), 0);
}

TEST(AudioFormat, MixesTo16BitsWhatItMixesToFloatsRounded)
{
    std::mt19937 random(5);
    const std::vector<int16_t> shorts = testing::noise(3000, random);
    std::vector<float> floats = testing::to_floats(shorts);
    floats[1000] = std::numeric_limits<float>::quiet_NaN();
    for (const int channels : {1, 2, 3}) {
        const size_t frames = shorts.size() / static_cast<size_t>(channels);
        for (const SampleView &in : {SampleView(shorts.data(), frames), SampleView(floats.data(), frames)}) {
            std::vector<float> mixed(frames);
            std::vector<int16_t> rounded(frames), wanted(frames);
            downmix(in, channels, std::span(mixed));
            to_s16(mixed, wanted);
            downmix(in, channels, std::span(rounded));
            ASSERT_EQ(rounded, wanted) << channels;
        }
    }
}

TEST(AudioFormat, MixesChannelsToTheirMean)
{
    const std::vector<int16_t> antiphase{1000, -1000, -32768, 32767};
    std::vector<float> mono(2);
    downmix({antiphase.data(), 2}, 2, mono);
    EXPECT_EQ(mono[0], 0.0F);
    EXPECT_EQ(to_s16(mono[1] * 2.0F), -1);

    const std::vector<int16_t> left_only{1000, 0, 0, 32767, 0, 0};
    downmix({left_only.data(), 2}, 3, mono);
    EXPECT_EQ(to_s16(mono[0]), 333);
    EXPECT_EQ(to_s16(mono[1]), 10922);
}

TEST(AudioFormat, BrokenFloatsBecomeOrdinaryOnes)
{
    const float infinity = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> in{infinity, nan, -infinity, 0.25F};
    std::vector<float> mono(4);
    downmix({in.data(), 4}, 1, mono);
    EXPECT_EQ(mono, (std::vector<float>{1.0F, 0.0F, -1.0F, 0.25F}));
    mono.resize(2);
    downmix({in.data(), 2}, 2, mono);
    EXPECT_EQ(mono, (std::vector<float>{0.5F, -0.375F}));
}

// One sample of each value in each format.
TEST(AudioFormat, EveryFormatIsReadAsWhatItStandsFor)
{
    const auto read = [](SampleFormat format, const auto &samples) {
        std::vector<float> mono(samples.size());
        const void *const plane = samples.data();
        downmix({format, {&plane, 1}, samples.size()}, 1, mono);
        return mono;
    };
    EXPECT_EQ(read(SampleFormat::s16, std::vector<int16_t>{-32768, 0, 16384}), (std::vector<float>{-1, 0, 0.5F}));
    EXPECT_EQ(read(SampleFormat::s32, std::vector<int32_t>{INT32_MIN, 0, 1 << 30, INT32_MAX}),
              (std::vector<float>{-1, 0, 0.5F, 1}));
    EXPECT_EQ(read(SampleFormat::f32, std::vector<float>{-2, 0, 0.5F}), (std::vector<float>{-1, 0, 0.5F}));
    EXPECT_EQ(read(SampleFormat::u8, std::vector<uint8_t>{0, 128, 192}), (std::vector<float>{-1, 0, 0.5F}));
    // From the tables of G.711, which count in 14 and 13 bits: 8031 and 4032 are the largest.
    constexpr float mulaw_step = 4.0F / 32768.0F;
    EXPECT_EQ(read(SampleFormat::mulaw, std::vector<uint8_t>{0xFF, 0x7F, 0x80, 0x00, 0xF0, 0xEF, 0x8F}),
              (std::vector<float>{0, 0, 8031 * mulaw_step, -8031 * mulaw_step, 30 * mulaw_step, 33 * mulaw_step,
                                  4191 * mulaw_step}));
    constexpr float alaw_step = 8.0F / 32768.0F;
    EXPECT_EQ(read(SampleFormat::alaw, std::vector<uint8_t>{0xD5, 0x55, 0xAA, 0x2A, 0xDA, 0xC5}),
              (std::vector<float>{1 * alaw_step, -1 * alaw_step, 4032 * alaw_step, -4032 * alaw_step,
                                  31 * alaw_step, 33 * alaw_step}));
}

TEST(AudioFormat, G711TakesBothSignsAndNeverTurnsBack)
{
    for (const SampleFormat format : {SampleFormat::mulaw, SampleFormat::alaw}) {
        const uint8_t toggled = format == SampleFormat::mulaw ? 0xFF : 0x55;
        float last = -1;
        for (int magnitude = 0; magnitude < 128; ++magnitude) {
            const uint8_t both[] = {static_cast<uint8_t>((magnitude | (format == SampleFormat::alaw ? 0x80 : 0)) ^ toggled),
                                    static_cast<uint8_t>((magnitude | (format == SampleFormat::alaw ? 0 : 0x80)) ^ toggled)};
            std::vector<float> mono(2);
            const void *const plane = both;
            downmix({format, {&plane, 1}, 2}, 1, mono);
            EXPECT_EQ(mono[0], -mono[1]);
            EXPECT_GT(mono[0], last);
            last = mono[0];
        }
        EXPECT_LT(last, 1.0F);
        EXPECT_GT(last, 0.98F);
    }
}

TEST(AudioFormat, PlanesAreMixedAsInterleavedFrames)
{
    std::mt19937 random(14);
    for (const SampleFormat format : {SampleFormat::s16, SampleFormat::s32, SampleFormat::f32, SampleFormat::u8,
                                      SampleFormat::mulaw, SampleFormat::alaw}) {
        for (int channels = 1; channels <= 16; ++channels) {
            constexpr size_t frames = 100;
            const size_t width = bytes_per_sample(format);
            const auto count = static_cast<size_t>(channels);
            // Any bytes, so not-a-numbers and infinities too; at an odd address.
            std::vector<uint8_t> interleaved(1 + frames * count * width);
            for (uint8_t &byte : interleaved) {
                byte = static_cast<uint8_t>(random());
            }
            std::vector<uint8_t> planar(interleaved.size());
            std::vector<const void *> planes;
            for (size_t channel = 0; channel < count; ++channel) {
                uint8_t *const plane = planar.data() + 1 + channel * frames * width;
                planes.push_back(plane);
                for (size_t frame = 0; frame < frames; ++frame) {
                    std::copy_n(interleaved.data() + 1 + (frame * count + channel) * width, width, plane + frame * width);
                }
            }
            const void *const all = interleaved.data() + 1;
            std::vector<float> wanted(frames - 7);
            downmix(SampleView(format, {&all, 1}, frames).part(7, frames - 7), channels, wanted);
            std::vector<float> got(frames - 7);
            downmix(SampleView(format, planes, frames).part(7, frames - 7), channels, got);
            EXPECT_EQ(got, wanted) << channels << " channels of format " << static_cast<int>(format);
            EXPECT_TRUE(std::all_of(got.begin(), got.end(), [](float sample) { return std::abs(sample) <= 1.0F; }));
        }
    }
}

TEST(AudioFormat, CopiesToEveryChannel)
{
    const std::vector<float> mono{0.5F, -1.0F};
    std::vector<int16_t> out(6);
    upmix(mono, 3, {out.data(), 2});
    EXPECT_EQ(out, (std::vector<int16_t>{16384, 16384, 16384, -32768, -32768, -32768}));
    std::vector<float> floats(4);
    upmix(mono, 2, {floats.data(), 2});
    EXPECT_EQ(floats, (std::vector<float>{0.5F, 0.5F, -1.0F, -1.0F}));
}

TEST(AudioFormat, APartOfAViewBeginsAtItsFrame)
{
    std::vector<int16_t> samples(6, 0);
    const SampleBuffer buffer{samples.data(), 3};
    const SampleBuffer last = buffer.part(2, 1, 2);
    EXPECT_EQ(last.frames(), 1U);
    upmix(std::vector<float>{0.5F}, 2, last);
    EXPECT_EQ(samples, (std::vector<int16_t>{0, 0, 0, 0, 16384, 16384}));
    std::vector<float> mono(1);
    downmix(SampleView{samples.data(), 3}.part(2, 1), 2, mono);
    EXPECT_EQ(mono[0], 0.5F);
}

TEST(AudioFormat, SilenceIsInEveryChannel)
{
    std::vector<float> floats(5, 1.0F);
    silence({floats.data(), 2}, 2);
    EXPECT_EQ(floats, (std::vector<float>{0.0F, 0.0F, 0.0F, 0.0F, 1.0F}));
}

TEST(AudioFormat, FramesWithoutMemoryAndLengthsThatWentWrongAreNoView)
{
    const float *const nothing = nullptr;
    EXPECT_FALSE(SampleView(nothing, 1).valid());
    EXPECT_TRUE(SampleView(nothing, 0).valid());
    const int16_t sample = 0;
    EXPECT_TRUE(SampleView(&sample, 1).valid());
    EXPECT_FALSE(SampleView(&sample, static_cast<size_t>(-1)).valid());
    const void *const planes[17] = {&sample, nullptr, &sample};
    EXPECT_TRUE(SampleView(SampleFormat::s16, std::span(planes).first(1), 1).valid());
    EXPECT_FALSE(SampleView(SampleFormat::s16, std::span(planes).first(3), 1).valid());
    EXPECT_TRUE(SampleView(SampleFormat::s16, std::span(planes).first(3), 0).valid());
    EXPECT_FALSE(SampleView(SampleFormat::s16, std::span(planes), 0).valid());
    EXPECT_FALSE(SampleView(SampleFormat::s16, {}, 1).valid());
    EXPECT_FALSE(SampleView(SampleFormat{0}, std::span(planes).first(1), 1).valid());
    EXPECT_FALSE(SampleView(SampleFormat{7}, std::span(planes).first(1), 1).valid());
}

}  // namespace
}  // namespace gemlive::media
