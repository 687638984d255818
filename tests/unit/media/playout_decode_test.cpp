// base64 text of a server is decoded straight into the ring, in pieces that end anywhere.
#include "base/base64.hpp"
#include "media/playout.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

std::vector<uint8_t> to_bytes(std::span<const int16_t> samples)
{
    std::vector<uint8_t> bytes;
    for (const int16_t sample : samples) {
        const auto word = static_cast<uint16_t>(sample);
        bytes.push_back(static_cast<uint8_t>(word & 0xFF));
        bytes.push_back(static_cast<uint8_t>(word >> 8));
    }
    return bytes;
}

// As the session does it. Says what the playout gave back.
std::vector<int16_t> decode(Playout &playout, uint64_t turn, std::string_view text, int sample_rate = 24000)
{
    std::vector<int16_t> got;
    while (!text.empty()) {
        const auto room = playout.begin_chunk(turn, sample_rate, base64::max_decoded_size(text.size()));
        if (room.empty()) {
            break;
        }
        const auto part = text.substr(0, room.size() / 3 * 4);
        const auto bytes = base64::decode(part, room.data());
        EXPECT_TRUE(bytes);
        const auto samples = playout.commit(bytes.value_or(0));
        got.insert(got.end(), samples.begin(), samples.end());
        text.remove_prefix(part.size());
    }
    return got;
}

std::vector<int16_t> read(Playout &playout, size_t frames)
{
    std::vector<int16_t> out(frames);
    out.resize(playout.read({out.data(), frames}));
    return out;
}

TEST(PlayoutDecode, PiecesOfAnyLengthGiveTheSamples)
{
    std::mt19937 random(91);
    Playout playout({});
    playout.enable();
    const auto samples = noise(100000, random);
    const auto bytes = to_bytes(samples);
    std::vector<int16_t> committed;
    for (size_t at = 0; at < bytes.size();) {
        const size_t size = std::min(bytes.size() - at, up_to(random, random() % 2 == 0 ? 7 : 20000));
        const auto more = decode(playout, 1, base64::encode(std::span(bytes).subspan(at, size)));
        committed.insert(committed.end(), more.begin(), more.end());
        at += size;
        ASSERT_EQ(committed.size(), at / 2);
    }
    EXPECT_EQ(committed, samples);
    playout.end_of_turn(1);
    EXPECT_EQ(read(playout, samples.size() + 100), samples);
    EXPECT_EQ(playout.heard(1).frames, samples.size());
    EXPECT_EQ(playout.dropped_frames(), 0U);
}

TEST(PlayoutDecode, AnOddByteWaitsForItsTurnOnly)
{
    Playout playout({});
    playout.enable();
    const std::vector<uint8_t> three{1, 0, 2};
    const std::vector<uint8_t> one{0};
    EXPECT_EQ(decode(playout, 1, base64::encode(three)), (std::vector<int16_t>{1}));
    EXPECT_EQ(decode(playout, 1, base64::encode(one)), (std::vector<int16_t>{2}));
    EXPECT_TRUE(decode(playout, 1, base64::encode(one)).empty());
    EXPECT_EQ(decode(playout, 2, base64::encode(three)), (std::vector<int16_t>{1}));
    EXPECT_EQ(playout.heard(2).frames + static_cast<uint64_t>(playout.queued_ms()), 0U);
}

TEST(PlayoutDecode, AnOddByteSurvivesAFlushInTheMiddleOfItsTurn)
{
    Playout playout({});
    playout.enable();
    decode(playout, 1, base64::encode(std::vector<uint8_t>{1, 0, 2}));
    EXPECT_EQ(playout.flush().at(0).flushed_frames, 1U);
    EXPECT_EQ(decode(playout, 1, base64::encode(std::vector<uint8_t>{3, 4, 0})), (std::vector<int16_t>{0x302, 4}));
}

TEST(PlayoutDecode, NothingIsDecodedWhileThePlayoutIsOff)
{
    Playout playout({});
    EXPECT_TRUE(playout.begin_chunk(1, 24000, 1000).empty());
    playout.enable();
    EXPECT_TRUE(playout.begin_chunk(1, 24000, 0).empty());
    EXPECT_FALSE(playout.begin_chunk(1, 24000, 1000).empty());
}

TEST(PlayoutDecode, RoomIsAllThatIsAskedForOrEnoughToGoOn)
{
    Playout playout({});
    playout.enable();
    EXPECT_EQ(playout.begin_chunk(1, 24000, 3).size(), 3U);
    playout.commit(3);
    EXPECT_EQ(playout.begin_chunk(1, 24000, 9000).size(), 9000U);
    playout.commit(9000);
    EXPECT_GE(playout.begin_chunk(1, 24000, 100000).size(), 256U);
    playout.commit(1);
    EXPECT_EQ(playout.begin_chunk(1, 24000, 200).size(), 200U);
}

TEST(PlayoutDecode, WhatIsBegunAndNotUsedCostsNothing)
{
    Playout playout({});
    playout.enable();
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(playout.begin_chunk(static_cast<uint64_t>(i), 24000, 9600).empty());
        EXPECT_TRUE(playout.commit(0).empty());
    }
    EXPECT_EQ(playout.queued_ms(), 0);
    EXPECT_TRUE(playout.append(1, std::vector<int16_t>(100, 7), 24000));
    EXPECT_EQ(read(playout, 100), std::vector<int16_t>(100, 7));
}

TEST(PlayoutDecode, TheOldestGoesWhenNobodyReads)
{
    Playout playout({.playout_ms = 1000});
    playout.enable();
    const auto text = base64::encode(to_bytes(std::vector<int16_t>(4800, 3)));
    for (int i = 0; i < 100; ++i) {
        decode(playout, 1, text);
        ASSERT_LE(playout.queued_ms(), 1000);
    }
    EXPECT_EQ(playout.dropped_frames(), 95U * 4800);
}

TEST(PlayoutDecode, ARateThatCannotBeIsCounted)
{
    Playout playout({});
    playout.enable();
    EXPECT_TRUE(playout.begin_chunk(1, 0, 200).empty());
    EXPECT_EQ(playout.dropped_frames(), 100U);
}

}  // namespace
}  // namespace gemlive::media
