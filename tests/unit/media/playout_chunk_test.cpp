// Samples are made straight in the ring, in pieces that end anywhere.
#include "media/playout.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

// As the session does it.
void make(Playout &playout, uint64_t turn, std::span<const int16_t> samples, int sample_rate = 24000)
{
    while (!samples.empty()) {
        const auto room = playout.begin_chunk(turn, sample_rate, samples.size());
        if (room.empty()) {
            break;
        }
        const size_t part = std::min(room.size(), samples.size());
        std::copy_n(samples.begin(), part, room.begin());
        playout.commit(part);
        samples = samples.subspan(part);
    }
}

std::vector<int16_t> read(Playout &playout, size_t frames)
{
    std::vector<int16_t> out(frames);
    out.resize(playout.read({out.data(), frames}));
    return out;
}

TEST(PlayoutChunk, PiecesOfAnyLengthGiveTheSamples)
{
    std::mt19937 random(91);
    Playout playout({});
    playout.enable();
    const auto samples = noise(100000, random);
    for (size_t at = 0; at < samples.size();) {
        const size_t size = std::min(samples.size() - at, up_to(random, random() % 2 == 0 ? 7 : 20000));
        make(playout, 1, std::span(samples).subspan(at, size));
        at += size;
        ASSERT_EQ(playout.queued_ms(), static_cast<int64_t>(at * 1000 / 24000));
    }
    playout.end_of_turn(1);
    EXPECT_EQ(read(playout, samples.size() + 100), samples);
    EXPECT_EQ(playout.heard(1).frames, samples.size());
    EXPECT_EQ(playout.dropped_frames(), 0U);
}

TEST(PlayoutChunk, ThereIsNoPlaceWhileThePlayoutIsOff)
{
    Playout playout({});
    EXPECT_TRUE(playout.begin_chunk(1, 24000, 1000).empty());
    playout.enable();
    EXPECT_TRUE(playout.begin_chunk(1, 24000, 0).empty());
    EXPECT_FALSE(playout.begin_chunk(1, 24000, 1000).empty());
}

TEST(PlayoutChunk, RoomIsAllThatIsAskedForOrEnoughToGoOn)
{
    Playout playout({});
    playout.enable();
    EXPECT_EQ(playout.begin_chunk(1, 24000, 3).size(), 3U);
    playout.commit(3);
    EXPECT_EQ(playout.begin_chunk(1, 24000, 4500).size(), 4500U);
    playout.commit(4500);
    EXPECT_GE(playout.begin_chunk(1, 24000, 50000).size(), 128U);
    playout.commit(1);
    EXPECT_EQ(playout.begin_chunk(1, 24000, 100).size(), 100U);
}

TEST(PlayoutChunk, WhatIsBegunAndNotUsedCostsNothing)
{
    Playout playout({});
    playout.enable();
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(playout.begin_chunk(static_cast<uint64_t>(i), 24000, 9600).empty());
        playout.commit(0);
    }
    EXPECT_EQ(playout.queued_ms(), 0);
    EXPECT_TRUE(playout.append(1, std::vector<int16_t>(100, 7), 24000));
    EXPECT_EQ(read(playout, 100), std::vector<int16_t>(100, 7));
}

TEST(PlayoutChunk, TheOldestGoesWhenNobodyReads)
{
    Playout playout({.playout_ms = 1000});
    playout.enable();
    const std::vector<int16_t> samples(4800, 3);
    for (int i = 0; i < 100; ++i) {
        make(playout, 1, samples);
        ASSERT_LE(playout.queued_ms(), 1000);
    }
    EXPECT_EQ(playout.dropped_frames(), 95U * 4800);
}

TEST(PlayoutChunk, ARateThatCannotBeIsCounted)
{
    Playout playout({});
    playout.enable();
    EXPECT_TRUE(playout.begin_chunk(1, 0, 100).empty());
    EXPECT_EQ(playout.dropped_frames(), 100U);
}

}  // namespace
}  // namespace gemlive::media
