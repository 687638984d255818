#include "media/audio_format.hpp"

#include <gtest/gtest.h>

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
    downmix(SampleView{samples.data(), 3}.part(2, 1, 2), 2, mono);
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
}

}  // namespace
}  // namespace gemlive::media
