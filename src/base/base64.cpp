#include "base/base64.hpp"

#include <algorithm>

#ifdef GEMLIVE_HAVE_SIMDUTF
#include <simdutf.h>
#else
#include <array>
#include <cstring>
#include <openssl/evp.h>
#endif

namespace gemlive::base64 {

#ifdef GEMLIVE_HAVE_SIMDUTF

void append_encoded(std::span<const uint8_t> bytes, std::string &out)
{
    const size_t old_size = out.size();
    out.resize(old_size + encoded_size(bytes.size()));
    simdutf::binary_to_base64(reinterpret_cast<const char *>(bytes.data()), bytes.size(), out.data() + old_size);
}

std::optional<size_t> decode(std::string_view text, uint8_t *out) noexcept
{
    const auto result = simdutf::base64_to_binary(text.data(), text.size(), reinterpret_cast<char *>(out),
                                                  simdutf::base64_default_or_url);
    if (result.error != simdutf::error_code::SUCCESS) {
        return std::nullopt;
    }
    return result.count;
}

#else

void append_encoded(std::span<const uint8_t> bytes, std::string &out)
{
    const size_t old_size = out.size();
    const size_t added = encoded_size(bytes.size());
    out.resize(old_size + added + 1);  // OpenSSL writes a NUL after the text
    EVP_EncodeBlock(reinterpret_cast<unsigned char *>(out.data() + old_size), bytes.data(),
                    static_cast<int>(bytes.size()));
    out.resize(old_size + added);
}

// OpenSSL knows the standard alphabet, whole groups of four and padding as two zero bytes: the text goes through
// it in blocks that are made so first.
std::optional<size_t> decode(std::string_view text, uint8_t *out) noexcept
{
    std::array<unsigned char, 4096> block;
    std::array<unsigned char, 3072> bytes;
    size_t filled = 0;
    size_t padding = 0;
    size_t written = 0;
    const auto flush = [&] {
        const size_t padded = (filled + 3) / 4 * 4;
        std::fill(block.begin() + filled, block.begin() + padded, '=');
        const bool good = EVP_DecodeBlock(bytes.data(), block.data(), static_cast<int>(padded)) >= 0;
        const size_t size = padded / 4 * 3 - (padded - filled);
        std::memcpy(out + written, bytes.data(), good ? size : 0);
        written += size;
        filled = 0;
        return good;
    };
    for (const char c : text) {
        if (is_blank(c)) {
            continue;
        }
        if (c == '=') {
            ++padding;
        } else if (padding > 0) {
            return std::nullopt;
        } else {
            block[filled++] = c == '-' ? '+' : c == '_' ? '/' : static_cast<unsigned char>(c);
        }
        if (filled == block.size() && !flush()) {
            return std::nullopt;
        }
    }
    if (filled % 4 == 1 || padding > 2 || (filled > 0 && !flush())) {
        return std::nullopt;
    }
    return written;
}

#endif

namespace {

// The first `count` characters that are not blank: where a text can be cut when `count` is a multiple of four.
std::string_view first_characters(std::string_view text, size_t count) noexcept
{
    const std::string_view first = text.substr(0, count);
    if (std::none_of(first.begin(), first.end(), is_blank)) {
        return first;
    }
    size_t at = 0;
    while (at < text.size() && count > 0) {
        count -= is_blank(text[at++]) ? 0 : 1;
    }
    return text.substr(0, at);
}

}  // namespace

std::optional<size_t> decode_front(std::string_view &text, std::span<uint8_t> out) noexcept
{
    const bool fits = decoded_size(text) <= out.size();
    const std::string_view piece = fits ? text : first_characters(text, out.size() / 3 * 4);
    const std::optional<size_t> size = piece.empty() ? 0 : decode(piece, out.data());
    if (size) {
        text.remove_prefix(piece.size());
    }
    return size;
}

std::string encode(std::span<const uint8_t> bytes)
{
    std::string out;
    append_encoded(bytes, out);
    return out;
}

}  // namespace gemlive::base64
