#include "base/base64.hpp"

#ifdef GEMLIVE_HAVE_SIMDUTF
#include <simdutf.h>
#else
#include <openssl/evp.h>
#include <algorithm>
#include <array>
#include <cstring>
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

// OpenSSL knows the standard alphabet, whole groups of four and padding as two zero bytes: the text goes through it in
// blocks that are translated first.
std::optional<size_t> decode(std::string_view text, uint8_t *out) noexcept
{
    while (!text.empty() && text.back() == '=') {
        text.remove_suffix(1);
    }
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    std::array<unsigned char, 4096> block;
    std::array<unsigned char, 3072> bytes;
    size_t written = 0;
    while (!text.empty()) {
        const size_t count = std::min(text.size(), block.size());
        std::transform(text.begin(), text.begin() + count, block.begin(), [](char c) -> unsigned char {
            return c == '-' ? '+' : c == '_' ? '/' : c == '=' ? '?' : static_cast<unsigned char>(c);
        });
        const size_t padded = (count + 3) / 4 * 4;
        std::fill(block.begin() + count, block.begin() + padded, '=');
        if (EVP_DecodeBlock(bytes.data(), block.data(), static_cast<int>(padded)) < 0) {
            return std::nullopt;
        }
        const size_t size = padded / 4 * 3 - (padded - count);
        std::memcpy(out + written, bytes.data(), size);
        written += size;
        text.remove_prefix(count);
    }
    return written;
}

#endif

std::string encode(std::span<const uint8_t> bytes)
{
    std::string out;
    append_encoded(bytes, out);
    return out;
}

}  // namespace gemlive::base64
