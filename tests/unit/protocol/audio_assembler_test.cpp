#include "protocol/audio_assembler.hpp"

#include <gtest/gtest.h>

namespace gemlive::protocol {
namespace {

std::vector<int16_t> all(AudioAssembler &assembler, std::vector<uint8_t> bytes)
{
    const auto samples = assembler.add(bytes);
    return {samples.begin(), samples.end()};
}

using Samples = std::vector<int16_t>;

TEST(AudioAssembler, ReadsLittleEndianSamples)
{
    AudioAssembler assembler;
    EXPECT_EQ(all(assembler, {0x00, 0x00, 0xe8, 0x03, 0x18, 0xfc, 0xff, 0x7f, 0x00, 0x80}),
              (Samples{0, 1000, -1000, 32767, -32768}));
    EXPECT_FALSE(assembler.has_odd_byte());
}

TEST(AudioAssembler, CarriesAnOddByteOver)
{
    AudioAssembler assembler;
    EXPECT_EQ(all(assembler, {0x34}), Samples{});
    EXPECT_TRUE(assembler.has_odd_byte());
    EXPECT_EQ(all(assembler, {}), Samples{});
    EXPECT_EQ(all(assembler, {0x12, 0x01, 0x00, 0xff}), (Samples{0x1234, 1}));
    EXPECT_TRUE(assembler.has_odd_byte());
    EXPECT_EQ(all(assembler, {0xff}), Samples{-1});
    EXPECT_FALSE(assembler.has_odd_byte());
}

TEST(AudioAssembler, EveryCutGivesTheSameSamples)
{
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 64; ++i) {
        bytes.push_back(static_cast<uint8_t>(i * 37));
    }
    AudioAssembler whole;
    const Samples wanted = all(whole, bytes);
    for (size_t first = 0; first <= bytes.size(); ++first) {
        for (size_t step = 1; step < 8; ++step) {
            AudioAssembler assembler;
            Samples found = all(assembler, {bytes.begin(), bytes.begin() + first});
            for (size_t at = first; at < bytes.size(); at += step) {
                const size_t end = std::min(at + step, bytes.size());
                const Samples more = all(assembler, {bytes.begin() + at, bytes.begin() + end});
                found.insert(found.end(), more.begin(), more.end());
            }
            ASSERT_EQ(found, wanted) << first << " then " << step;
        }
    }
}

TEST(AudioAssembler, ForgetsTheOddByteBetweenTurns)
{
    AudioAssembler assembler;
    all(assembler, {0x7f});
    assembler.start_turn();
    EXPECT_EQ(all(assembler, {0x01, 0x00}), Samples{1});
}

}  // namespace
}  // namespace gemlive::protocol
