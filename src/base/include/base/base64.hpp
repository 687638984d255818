#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gemlive::base64 {

// Characters that `bytes` bytes take: the standard alphabet, padded.
constexpr size_t encoded_size(size_t bytes) noexcept { return (bytes + 2) / 3 * 4; }

// Most bytes that `characters` characters can hold.
constexpr size_t max_decoded_size(size_t characters) noexcept { return (characters + 3) / 4 * 3; }

// Appends to `out`; allocates only when its capacity is too small.
void append_encoded(std::span<const uint8_t> bytes, std::string &out);
std::string encode(std::span<const uint8_t> bytes);

// Takes both alphabets, mixed too, padded or not. `out` has room for max_decoded_size(text.size()) bytes.
// Nothing if the text is not base64; the content of `out` is then undefined.
std::optional<size_t> decode(std::string_view text, uint8_t *out) noexcept;

}  // namespace gemlive::base64
