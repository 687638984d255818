#include "protocol/audio_assembler.hpp"

#include <gtest/gtest.h>

#include "base/base64.hpp"

namespace gemlive::protocol {
namespace {

std::vector<int16_t> all(AudioAssembler &assembler, std::vector<uint8_t> bytes)
{
    const std::string text = base64::encode(bytes);
    const size_t promised = assembler.samples_in(text);
    const auto samples = assembler.add(text).value();
    EXPECT_EQ(samples.size(), promised);
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

// As into the chunks of a playout ring, which the parts do not fit into. The parts end in odd bytes and in
// padding, and some have blanks.
void expect_same_in_chunks(const std::vector<uint8_t> &bytes, size_t part_size, size_t room)
{
    AudioAssembler whole;
    const Samples wanted = all(whole, bytes);
    AudioAssembler assembler;
    Samples found;
    for (size_t at = 0; at < bytes.size(); at += part_size) {
        const size_t end = std::min(at + part_size, bytes.size());
        std::string part = base64::encode(std::span(bytes).subspan(at, end - at));
        for (size_t blank = 7; blank < part.size() && at % 2 == 0; blank += 7) {
            part.insert(blank, at % 4 == 0 ? " " : "\r\n");
        }
        for (std::string_view rest = part; !rest.empty();) {
            Samples chunk(room);  // of exactly this size, so that a sanitizer sees a write behind it
            const auto count = assembler.decode(rest, chunk);
            ASSERT_TRUE(count && *count <= room);
            ASSERT_TRUE(rest.empty() || *count > 0) << room;
            found.insert(found.end(), chunk.begin(), chunk.begin() + static_cast<ptrdiff_t>(*count));
        }
    }
    ASSERT_EQ(found, wanted) << room;
}

TEST(AudioAssembler, DecodesIntoChunksOfAnySize)
{
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 6001; ++i) {
        bytes.push_back(static_cast<uint8_t>(i * 37 + i / 256));
    }
    for (size_t room = AudioAssembler::least_room; room < 60; ++room) {
        expect_same_in_chunks(bytes, 43, room);
        expect_same_in_chunks(bytes, 1043, room);
        expect_same_in_chunks(bytes, 1043, 5 * room);
    }
}

TEST(AudioAssembler, TellsWhatIsNotBase64)
{
    AudioAssembler assembler;
    EXPECT_FALSE(assembler.add("A*AA"));
    EXPECT_FALSE(assembler.add("A"));
    EXPECT_EQ(assembler.add("AAE=").value().size(), 1u);
    EXPECT_EQ(assembler.add("").value().size(), 0u);
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
