#include "media/playout.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;
using namespace std::chrono_literals;

constexpr Clock::time_point start{1h};

std::vector<int16_t> ramp(size_t frames, int first = 1)
{
    std::vector<int16_t> samples(frames);
    for (size_t i = 0; i < frames; ++i) {
        samples[i] = static_cast<int16_t>(first + static_cast<int>(i % 30000));
    }
    return samples;
}

struct Read {
    std::vector<int16_t> samples;
    size_t heard = 0;
};

Read read(Playout &playout, size_t frames)
{
    Read result;
    result.samples.assign(frames, 12345);
    result.heard = playout.read({result.samples.data(), frames});
    return result;
}

bool silent(std::span<const int16_t> samples)
{
    return std::all_of(samples.begin(), samples.end(), [](int16_t sample) { return sample == 0; });
}

TEST(Playout, KeepsNothingWhileItIsOff)
{
    Playout playout({});
    playout.append(1, ramp(1000), 24000);
    EXPECT_FALSE(playout.reader_seen());
    const Read nothing = read(playout, 480);
    EXPECT_TRUE(silent(nothing.samples));
    EXPECT_EQ(nothing.heard, 0U);
    EXPECT_TRUE(playout.reader_seen());
    EXPECT_FALSE(playout.enabled());
    playout.enable();
    EXPECT_EQ(playout.queued_ms(), 0);
    EXPECT_EQ(read(playout, 480).heard, 0U);
    EXPECT_EQ(playout.heard(1).frames, 0U);
}

TEST(Playout, ModelsRateComesOutUntouched)
{
    std::mt19937 random(21);
    Playout playout({});
    playout.enable();
    const auto all = noise(100000, random);
    std::vector<int16_t> got;
    size_t given = 0;
    while (got.size() < all.size()) {
        const size_t chunk = std::min(all.size() - given, up_to(random, 9000));
        playout.append(1, std::span(all).subspan(given, chunk), 24000);
        given += chunk;
        if (given == all.size()) {
            playout.end_of_turn(1);
        }
        const size_t frames = std::min(given - got.size(), up_to(random, 9000));
        const Read block = read(playout, frames);
        EXPECT_EQ(block.heard, frames);
        got.insert(got.end(), block.samples.begin(), block.samples.end());
        EXPECT_EQ(playout.heard(1).frames, got.size());
        playout.collect(start);
    }
    EXPECT_EQ(got, all);
    const auto finished = playout.next_finished();
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->turn, 1U);
    EXPECT_EQ(finished->frames, 100000U);
    EXPECT_EQ(finished->ms, 4166);
    EXPECT_FALSE(playout.next_finished());
    const Read after = read(playout, 480);
    EXPECT_TRUE(silent(after.samples));
    EXPECT_EQ(after.heard, 0U);
}

TEST(Playout, WaitsForItsPrebufferUnlessTheTurnIsComplete)
{
    Playout playout({.prebuffer_ms = 100});
    playout.enable();
    playout.append(1, ramp(2399), 24000);
    EXPECT_EQ(read(playout, 100).heard, 0U);
    playout.append(1, ramp(1), 24000);
    EXPECT_EQ(read(playout, 2400).heard, 2400U);
    EXPECT_EQ(read(playout, 1000).heard, 0U);
    playout.append(2, ramp(240), 24000);
    EXPECT_EQ(read(playout, 480).heard, 0U);
    playout.end_of_turn(2);
    const Read all = read(playout, 480);
    EXPECT_EQ(all.heard, 240U);
    EXPECT_TRUE(silent(std::span(all.samples).subspan(240)));
}

TEST(Playout, TurnsFollowEachOtherWithoutAGap)
{
    Playout playout({.prebuffer_ms = 500});
    playout.enable();
    const auto all = ramp(20000);
    playout.append(1, std::span(all).first(7000), 24000);
    playout.end_of_turn(1);
    playout.append(2, std::span(all).subspan(7000), 24000);
    playout.end_of_turn(2);
    const Read block = read(playout, 20000);
    EXPECT_EQ(block.samples, all);
    EXPECT_EQ(playout.heard(1).frames, 7000U);
    EXPECT_EQ(playout.heard(2).frames, 13000U);
    EXPECT_EQ(playout.next_finished()->turn, 1U);
    EXPECT_EQ(playout.next_finished()->turn, 2U);
    EXPECT_FALSE(playout.next_finished());
}

TEST(Playout, AnUnderrunFadesOutAndInWithoutAStep)
{
    Playout playout({});
    playout.enable();
    const auto in = sine(300, 24000, 24000);
    const auto samples = to_16_bits(in);
    const double step = largest_step(in);
    std::vector<float> got;
    for (size_t at = 0; at < samples.size(); at += 4000) {
        playout.append(1, std::span(samples).subspan(at, 4000), 24000);
        const Read block = read(playout, 4800);
        EXPECT_EQ(block.heard, 4000U);
        EXPECT_TRUE(silent(std::span(block.samples).subspan(4000 + 120)));
        const auto floats = to_floats(block.samples);
        got.insert(got.end(), floats.begin(), floats.end());
    }
    EXPECT_LT(largest_step(got), 1.5 * step);
    EXPECT_EQ(playout.heard(1).frames, samples.size());
}

TEST(Playout, AFlushIsHeardAtOnceAndCountedExactly)
{
    std::mt19937 random(22);
    for (int round = 0; round < 50; ++round) {
        Playout playout({});
        playout.enable();
        const auto in = to_16_bits(sine(300, 24000, 30000));
        playout.append(1, std::span(in).first(10000), 24000);
        playout.end_of_turn(1);
        playout.append(2, std::span(in).subspan(10000), 24000);
        const size_t heard = up_to(random, 29000);
        const Read before = read(playout, heard);
        const auto flushed = playout.flush();
        uint64_t sum = 0;
        for (const auto &turn : flushed) {
            sum += turn.flushed_frames;
            EXPECT_EQ(turn.heard_frames, playout.heard(turn.turn).frames);
        }
        EXPECT_EQ(sum, 30000 - heard);
        EXPECT_EQ(playout.heard(1).frames + playout.heard(2).frames, heard);
        EXPECT_EQ(playout.queued_ms(), 0);
        const Read after = read(playout, 480);
        EXPECT_EQ(after.heard, 0U);
        EXPECT_TRUE(silent(std::span(after.samples).subspan(120)));
        auto joined = to_floats(before.samples);
        const auto tail = to_floats(after.samples);
        joined.insert(joined.end(), tail.begin(), tail.end());
        EXPECT_LT(largest_step(joined), 0.08);
        EXPECT_TRUE(silent(read(playout, 4800).samples));
        EXPECT_EQ(playout.next_finished().has_value(), heard >= 10000);
        EXPECT_FALSE(playout.next_finished());
    }
}

TEST(Playout, TheNextTurnAfterAFlushBeginsWithItsFirstSample)
{
    Playout playout({});
    playout.enable();
    playout.append(1, ramp(9600), 24000);
    read(playout, 1000);
    const auto flushed = playout.flush();
    ASSERT_EQ(flushed.size(), 1U);
    EXPECT_EQ(flushed[0].heard_ms, 41);
    EXPECT_EQ(flushed[0].flushed_ms, 358);
    EXPECT_TRUE(playout.flush().empty());
    const auto next = ramp(5000, 700);
    playout.append(2, next, 24000);
    const Read block = read(playout, 5000);
    const size_t silence_ends = 96;
    EXPECT_EQ(block.heard, 5000 - silence_ends);
    EXPECT_TRUE(std::equal(block.samples.begin() + silence_ends, block.samples.end(), next.begin()));
}

TEST(Playout, AFlushBeforeTheFirstReadIsSilent)
{
    Playout playout({});
    playout.enable();
    playout.append(1, ramp(9600), 24000);
    EXPECT_EQ(playout.flush().at(0).flushed_frames, 9600U);
    EXPECT_TRUE(silent(read(playout, 480).samples));
}

TEST(Playout, TheOldestGoesWhenNobodyReads)
{
    Playout playout({.playout_ms = 1000});
    playout.enable();
    for (int i = 0; i < 500; ++i) {
        playout.append(1, std::vector<int16_t>(2400, static_cast<int16_t>(i)), 24000);
        ASSERT_LE(playout.queued_ms(), 1000);
    }
    EXPECT_GE(playout.queued_ms(), 800);
    const uint64_t left = 500 * 2400 - playout.dropped_frames();
    EXPECT_EQ(playout.queued_ms(), static_cast<int64_t>(left / 24));
    playout.end_of_turn(1);
    const Read rest = read(playout, left + 100);
    EXPECT_EQ(rest.heard, left);
    EXPECT_EQ(rest.samples[left - 1], 499);
    EXPECT_EQ(playout.heard(1).frames, left);
    EXPECT_TRUE(playout.next_finished());
}

TEST(Playout, ShortTurnsDoNotFillTheMemory)
{
    Playout playout({.playout_ms = 1000});
    playout.enable();
    for (uint64_t turn = 1; turn <= 5000; ++turn) {
        playout.append(turn, std::vector<int16_t>(1, 1), 24000);
    }
    EXPECT_GT(playout.dropped_frames(), 4900U);
}

TEST(Playout, RefusesSampleRatesThatCannotBe)
{
    Playout playout({});
    playout.enable();
    EXPECT_FALSE(playout.append(1, ramp(100), 0));
    EXPECT_FALSE(playout.append(1, ramp(100), -5));
    EXPECT_FALSE(playout.append(1, ramp(100), 1 << 30));
    EXPECT_EQ(playout.dropped_frames(), 300U);
    EXPECT_TRUE(playout.append(1, ramp(100), 24000));
    EXPECT_EQ(read(playout, 100).heard, 100U);
}

TEST(Playout, ManySmallReadsAcrossAFlushNeverStep)
{
    std::mt19937 random(23);
    Playout playout({});
    playout.set_output_format({48000, 1});
    uint64_t turn = 1;
    size_t phase = 0;
    std::vector<float> got;
    for (int i = 0; i < 3000; ++i) {
        if (random() % 8 == 0) {
            const auto in = sine(200, 24000, 2400, 0.5, phase);
            phase += in.size();
            playout.append(turn, to_16_bits(in), 24000);
        }
        if (random() % 100 == 0) {
            playout.flush();
            ++turn;
            phase = 0;
        }
        std::vector<float> block(up_to(random, 200));
        playout.read({block.data(), block.size()});
        got.insert(got.end(), block.begin(), block.end());
        playout.collect(start);
    }
    EXPECT_LT(largest_step(got), 0.03);
}

}  // namespace
}  // namespace gemlive::media
