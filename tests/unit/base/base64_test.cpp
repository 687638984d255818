#include "base/base64.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace gemlive::base64 {
namespace {

TEST(Base64, SaysHowMuchATextHolds)
{
    std::vector<uint8_t> bytes;
    for (int size = 0; size < 20; ++size) {
        std::string text = encode(bytes);
        EXPECT_EQ(decoded_size(text), bytes.size());
        std::vector<uint8_t> decoded(
            bytes.size());  // of exactly this size, so that a sanitizer sees a write behind it
        EXPECT_EQ(decode(text, decoded.data()), bytes.size());
        EXPECT_EQ(decoded, bytes);
        while (text.ends_with('=')) {
            text.pop_back();
        }
        EXPECT_EQ(decoded_size(text), bytes.size());
        bytes.push_back(static_cast<uint8_t>(size * 77));
    }
}

TEST(Base64, DecodesIntoMemoryThatComesInPieces)
{
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 1000; ++i) {
        bytes.push_back(static_cast<uint8_t>(i * 77 + i / 256));
    }
    std::string blanks = encode(bytes);
    for (size_t at = 5; at < blanks.size(); at += 5) {
        blanks.insert(at, "\n");
    }
    for (const std::string &text : {encode(bytes), blanks}) {
        for (size_t room = 3; room < 300; room += room < 20 ? 1 : 17) {
            std::vector<uint8_t> found;
            for (std::string_view rest = text; !rest.empty();) {
                std::vector<uint8_t> piece(room);
                const auto size = decode_front(rest, piece);
                ASSERT_TRUE(size && *size > 0) << room;
                found.insert(found.end(), piece.begin(), piece.begin() + static_cast<ptrdiff_t>(*size));
            }
            ASSERT_EQ(found, bytes) << room;
        }
    }
    std::string_view bad = "AAAAA*AA";
    EXPECT_FALSE(decode_front(bad, std::span(bytes)));
}

TEST(Base64, TakesBothAlphabetsAndNothingElse)
{
    uint8_t out[16];
    EXPECT_EQ(decode("+/-_", out), 3u);
    EXPECT_EQ(decode(" +/\r\n-_ \tAA = = ", out), 4u);
    for (const char *text : {"A", "AAAAA", "A*AA", "AA=A", "\xff\xff\xff\xff"}) {
        EXPECT_FALSE(decode(text, out)) << text;
    }
}

}  // namespace
}  // namespace gemlive::base64
