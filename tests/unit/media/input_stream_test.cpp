#include "media/input_stream.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

void append(std::vector<int16_t> &all, std::span<const int16_t> more)
{
    all.insert(all.end(), more.begin(), more.end());
}

TEST(InputStream, SixteenKilohertzMonoIsUntouched)
{
    std::mt19937 random(11);
    InputStream input({});
    const auto all = noise(50000, random);
    std::vector<int16_t> got;
    for (size_t at = 0; at < all.size();) {
        at += input.push({all.data() + at, std::min(all.size() - at, up_to(random, 1500))});
        append(got, input.take());
        EXPECT_EQ(input.samples_out(), got.size());
    }
    EXPECT_EQ(got, all);
    EXPECT_TRUE(input.flush().empty());
    EXPECT_EQ(input.accepted_frames(), all.size());
    EXPECT_EQ(input.refused_frames(), 0U);
}

TEST(InputStream, TakesWhatTheRingHasRoomForAndCountsTheRest)
{
    InputStream input({.ring_ms = 100, .format = {8000, 2}});
    const std::vector<int16_t> samples(2 * 1000);
    EXPECT_EQ(input.free_frames(), 800U);
    EXPECT_EQ(input.push({samples.data(), 500}), 500U);
    EXPECT_EQ(input.free_frames(), 300U);
    EXPECT_EQ(input.push({samples.data(), 500}), 300U);
    EXPECT_EQ(input.push({samples.data(), 500}), 0U);
    EXPECT_EQ(input.accepted_frames(), 800U);
    EXPECT_EQ(input.refused_frames(), 700U);
    EXPECT_EQ(input.waiting_frames(), 800U);
    input.take();
    EXPECT_EQ(input.free_frames(), 800U);
}

TEST(InputStream, StereoAt48kBecomesTheSameSine)
{
    std::mt19937 random(12);
    InputStream input({.format = {48000, 2}});
    const auto mono = sine(440, 48000, 48000);
    std::vector<float> stereo;
    for (const float sample : mono) {
        stereo.push_back(sample * 1.5F);
        stereo.push_back(sample * 0.5F);
    }
    std::vector<int16_t> got;
    for (size_t at = 0; at < mono.size();) {
        at += input.push({stereo.data() + 2 * at, std::min(mono.size() - at, up_to(random, 4000))});
        append(got, input.take());
    }
    append(got, input.flush());
    ASSERT_EQ(got.size(), 16000U);
    const auto wanted = sine(440, 16000, 16000);
    const auto floats = to_floats(got);
    EXPECT_GT(snr_db(std::span(wanted).subspan(200, 15600), std::span(floats).subspan(200, 15600)), 60.0);
}

TEST(InputStream, ChangesOfFormatLoseNothing)
{
    std::mt19937 random(13);
    const AudioFormat formats[] = {{16000, 1}, {48000, 2}, {44100, 1}, {8000, 3}, {16000, 2}, {96000, 1}};
    InputStream input({});
    uint64_t expected = 0;
    uint64_t got = 0;
    for (int round = 0; round < 60; ++round) {
        const AudioFormat format = formats[random() % std::size(formats)];
        const bool same = input.format() == format;
        ASSERT_EQ(input.set_format(format), Status::ok);
        EXPECT_EQ(input.format(), format);
        if (same) {
            continue;
        }
        const size_t frames = up_to(random, input.free_frames());
        const auto samples = noise(frames * static_cast<size_t>(format.channels), random);
        ASSERT_EQ(input.push({samples.data(), frames}), frames);
        expected += resampled_count(frames, format.sample_rate, 16000);
        if (random() % 2 == 0) {
            got += input.take().size();
        }
    }
    got += input.flush().size();
    EXPECT_EQ(got, expected);
    EXPECT_EQ(input.samples_out(), expected);
    EXPECT_EQ(input.waiting_frames(), 0U);
}

TEST(InputStream, SamplesOfEachFormatStayInOrder)
{
    InputStream input({});
    std::vector<int16_t> wanted;
    for (int i = 0; i < 5; ++i) {
        // Two formats of one rate, so that the samples can be compared.
        const int channels = i % 2 + 1;
        ASSERT_EQ(input.set_format({16000, channels}), Status::ok);
        const std::vector<int16_t> samples(static_cast<size_t>(100 * channels), static_cast<int16_t>(i + 1));
        ASSERT_EQ(input.push({samples.data(), 100}), 100U);
        wanted.insert(wanted.end(), 100, static_cast<int16_t>(i + 1));
    }
    const auto got = input.take();
    EXPECT_EQ(std::vector<int16_t>(got.begin(), got.end()), wanted);
}

// A microphone's signal in one format, in one of both layouts.
struct Recording {
    SampleFormat format;
    size_t channels;
    size_t frames;
    bool planar;
    std::vector<uint8_t> bytes;

    // Planes where they are asked for; the view is only good as long as `planes` is.
    SampleView from(size_t frame, size_t count, std::vector<const void *> &planes) const
    {
        const size_t width = bytes_per_sample(format);
        planes.clear();
        for (size_t plane = 0; plane < (planar ? channels : 1); ++plane) {
            planes.push_back(bytes.data() + plane * frames * width + frame * width * (planar ? 1 : channels));
        }
        return {format, planes, count};
    }
};

std::vector<int16_t> heard(const Recording &recording, int rate, const std::function<size_t()> &block)
{
    InputStream input({.ring_ms = 10'000, .format = {rate, static_cast<int>(recording.channels)}});
    std::vector<int16_t> got;
    std::vector<const void *> planes;
    for (size_t at = 0; at < recording.frames;) {
        const size_t count = std::min(block(), recording.frames - at);
        const size_t taken = input.push(recording.from(at, count, planes));
        EXPECT_EQ(taken, count);
        at += taken;
        append(got, input.take());
    }
    append(got, input.flush());
    EXPECT_EQ(input.waiting_frames(), 0U);
    return got;
}

TEST(InputStream, AnyChunkingOfAnyFormatIsHeardAsTheWhole)
{
    std::mt19937 random(15);
    for (const SampleFormat format : {SampleFormat::s16, SampleFormat::s32, SampleFormat::f32, SampleFormat::u8,
                                      SampleFormat::mulaw, SampleFormat::alaw}) {
        struct Device {
            int rate;
            size_t channels;
            size_t ms;
        };
        for (const Device &device : {Device{16'000, 1, 10'000}, Device{44'100, 2, 500}, Device{48'000, 16, 200},
                                     Device{8'000, 3, 500}, Device{384'000, 1, 100}, Device{11'111, 1, 500}}) {
            for (const bool planar : {false, true}) {
                const int rate = device.rate;
                const size_t frames = static_cast<size_t>(rate) * device.ms / 1'000;
                const size_t size = frames * device.channels * bytes_per_sample(format);
                Recording recording{format, device.channels, frames, planar, std::vector<uint8_t>(size)};
                for (uint8_t &byte : recording.bytes) {
                    byte = static_cast<uint8_t>(random());
                }
                const auto whole = heard(recording, rate, [&] { return frames; });
                EXPECT_EQ(whole.size(), resampled_count(frames, rate, 16'000));
                const auto name = "format " + std::to_string(static_cast<int>(format)) + " at " + std::to_string(rate);
                EXPECT_TRUE(heard(recording, rate, [&] { return up_to(random, frames / 3) + 1; }) == whole) << name;
                if (device.ms <= 500) {
                    EXPECT_TRUE(heard(recording, rate, [] { return size_t{1}; }) == whole) << name << ", frame by frame";
                }
            }
        }
    }
}

TEST(InputStream, PlanesForOtherChannelsAreNotTaken)
{
    InputStream input({.format = {16'000, 3}});
    const int16_t sample = 1;
    const void *const planes[4] = {&sample, &sample, &sample, &sample};
    for (size_t count : {2U, 4U}) {
        const SampleView view(SampleFormat::s16, std::span(planes).first(count), 1);
        EXPECT_FALSE(input.fits(view));
        EXPECT_EQ(input.push(view), 0U);
    }
    const SampleView view(SampleFormat::s16, std::span(planes).first(3), 1);
    EXPECT_TRUE(input.fits(view));
    EXPECT_EQ(input.push(view), 1U);
}

// Blocks of 10 ms, as a device has them. Where the count is exact at every mark of ten minutes it cannot be off after ten hours:
// both rates meet every second.
TEST(InputStream, TheCountOfSamplesDoesNotDrift)
{
    for (const int rate : {8'000, 44'100, 48'000}) {
        const size_t block = static_cast<size_t>(rate) / 100;
        const std::vector<int16_t> samples(block);
        InputStream input({.format = {rate, 1}});
        constexpr uint64_t blocks = 10 * 60 * 100;
        for (uint64_t i = 1; i <= blocks; ++i) {
            ASSERT_EQ(input.push({samples.data(), block}), block);
            input.take();
            if (i % 100 == 0) {
                input.settle();
                ASSERT_EQ(input.samples_out(), i / 100 * 16'000) << rate;
            }
        }
    }
}

TEST(InputStream, TellsHowLoudTheNewestSoundIs)
{
    InputStream input({.ring_ms = 1'000, .format = {48'000, 2}});
    const auto push = [&](float left, float right, size_t frames) {
        std::vector<float> stereo;
        for (size_t i = 0; i < frames; ++i) {
            stereo.insert(stereo.end(), {left, right});
        }
        ASSERT_EQ(input.push({stereo.data(), frames}), frames);
        input.take();
    };
    EXPECT_EQ(input.level().peak, 0.0F);
    push(1.0F, -0.5F, 48'000);
    EXPECT_EQ(input.level().peak, 0.25F);
    EXPECT_EQ(input.level().rms, 0.25F);
    push(-0.5F, -0.5F, 1'440);  // 30 of 60 ms
    EXPECT_EQ(input.level().peak, 0.5F);
    EXPECT_NEAR(input.level().rms, std::sqrt((0.0625F + 0.25F) / 2), 1e-3F);
    push(0.0F, 0.0F, 2'880);
    EXPECT_EQ(input.level().peak, 0.0F);
    EXPECT_EQ(input.level().rms, 0.0F);
    push(std::numeric_limits<float>::quiet_NaN(), 2.0F, 480);
    EXPECT_EQ(input.level().peak, 0.5F);
    input.mute(true);
    EXPECT_EQ(input.level().peak, 0.0F);
}

TEST(InputStream, RefusesBadFormatsAndTooManyChanges)
{
    InputStream input({});
    EXPECT_EQ(input.set_format({0, 1}), Status::invalid_argument);
    EXPECT_EQ(input.set_format({16000, 99}), Status::invalid_argument);
    Status status = Status::ok;
    int changes = 0;
    for (; status == Status::ok && changes < 1000; ++changes) {
        status = input.set_format({16000, changes % 2 + 2});
    }
    EXPECT_EQ(status, Status::would_block);
    EXPECT_LT(changes, 1000);
    input.take();
    EXPECT_EQ(input.set_format({48000, 1}), Status::ok);
}

TEST(InputStream, ACommandsMarkIsMetExactly)
{
    std::mt19937 random(14);
    for (const int rate : {16000, 48000, 44100, 8000}) {
        InputStream input({.format = {rate, 1}});
        const auto samples = noise(static_cast<size_t>(rate) / 5, random);
        uint64_t frames = 0;
        for (int round = 0; round < 20; ++round) {
            const size_t before = up_to(random, samples.size() / 2);
            frames += input.push({samples.data(), before});
            const InputMark mark = input.position();
            EXPECT_EQ(mark.frames, frames);
            frames += input.push({samples.data(), samples.size() / 3});
            input.take(mark);
            input.settle();
            EXPECT_EQ(input.samples_out(), resampled_count(mark.frames, rate, 16000));
            input.take();
        }
        input.flush();
        EXPECT_EQ(input.samples_out(), resampled_count(frames, rate, 16000));
    }
}

TEST(InputStream, MarksOfAnOlderFormatAreMetToo)
{
    InputStream input({.format = {48000, 1}});
    const std::vector<int16_t> samples(4800);
    input.push({samples.data(), 4800});
    const InputMark first = input.position();
    input.set_format({16000, 1});
    const InputMark second = input.position();
    EXPECT_LT(first, second);
    input.push({samples.data(), 100});
    const InputMark third = input.position();
    input.push({samples.data(), 100});
    input.take(first);
    input.settle();
    EXPECT_EQ(input.samples_out(), 1600U);
    input.take(second);
    EXPECT_EQ(input.samples_out(), 1600U);
    input.take(third);
    EXPECT_EQ(input.samples_out(), 1700U);
    input.take(first);
    EXPECT_EQ(input.samples_out(), 1700U);
    input.take();
    EXPECT_EQ(input.samples_out(), 1800U);
}

TEST(InputStream, TellsAWaiterOnceAboutRoom)
{
    InputStream input({.ring_ms = 100});
    int calls = 0;
    input.set_space_callback([&calls] { ++calls; });
    const std::vector<int16_t> samples(1600);
    input.push({samples.data(), 1600});
    input.take();
    EXPECT_EQ(calls, 0);
    input.push({samples.data(), 1600});
    const uint32_t sequence = input.space_sequence().load();
    input.announce_waiter();
    EXPECT_EQ(input.free_frames(), 0U);
    input.take();
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(input.space_sequence().load(), sequence + 1);
    input.push({samples.data(), 1600});
    input.take();
    EXPECT_EQ(calls, 1);
}

TEST(InputStream, ABrokenSampleDoesNotSpoilWhatFollows)
{
    InputStream input({.format = {48000, 1}});
    std::vector<float> samples(4800, 0.0F);
    samples[10] = std::numeric_limits<float>::quiet_NaN();
    samples[20] = std::numeric_limits<float>::infinity();
    input.push({samples.data(), samples.size()});
    const auto got = input.take();
    ASSERT_GT(got.size(), 1000U);
    EXPECT_EQ(got[500], 0);
    EXPECT_EQ(got.back(), 0);
}

TEST(InputStream, TellsThePaceOfThePushes)
{
    InputStream input({.format = {48000, 1}});
    EXPECT_EQ(input.pace().block, Clock::duration::zero());
    const std::vector<int16_t> samples(960);
    const Clock::time_point before = Clock::now();
    input.push({samples.data(), 480});
    EXPECT_EQ(input.pace().block, std::chrono::milliseconds(10));
    EXPECT_GE(input.pace().last_push, before);
    EXPECT_LE(input.pace().last_push, Clock::now());
    input.set_format({16000, 2});
    input.push({samples.data(), 480});
    EXPECT_EQ(input.pace().block, std::chrono::milliseconds(30));
}

}  // namespace
}  // namespace gemlive::media
