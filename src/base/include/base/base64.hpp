#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gemlive::base64 {

// Characters that `bytes` bytes take: the standard alphabet, padded.
constexpr size_t encoded_size(size_t bytes) noexcept
{
    return (bytes + 2) / 3 * 4;
}

// Most bytes that `characters` characters can hold.
constexpr size_t max_decoded_size(size_t characters) noexcept
{
    return (characters + 3) / 4 * 3;
}

constexpr bool is_blank(char c) noexcept
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Bytes that a text holds, if it is base64; with blanks in it, fewer.
constexpr size_t decoded_size(std::string_view text) noexcept
{
    size_t size = text.size();
    for (int padding = 0; padding < 2 && size > 0 && text[size - 1] == '='; ++padding) {
        --size;
    }
    return size / 4 * 3 + (size % 4 == 0 ? 0 : size % 4 - 1);
}

// Appends to `out`; allocates only when its capacity is too small.
void append_encoded(std::span<const uint8_t> bytes, std::string &out);
std::string encode(std::span<const uint8_t> bytes);

// Takes both alphabets, mixed too, padded or not, with blanks or without. `out` has room for decoded_size(text)
// bytes. Nothing if the text is not base64; the content of `out` is then undefined.
std::optional<size_t> decode(std::string_view text, uint8_t *out) noexcept;

// For memory that comes in pieces: takes from the front of `text` what has room in `out`, and says how many bytes
// that made. Three bytes of room or more, and it goes on.
std::optional<size_t> decode_front(std::string_view &text, std::span<uint8_t> out) noexcept;

}  // namespace gemlive::base64
