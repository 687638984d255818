#include "protocol/audio_assembler.hpp"

#include <algorithm>
#include <bit>

#include "base/base64.hpp"
#include "protocol/limits.hpp"

namespace gemlive::protocol {
namespace {

// The samples' bytes lie in memory as the wire has them.
void to_native(std::span<int16_t> samples) noexcept
{
    if constexpr (std::endian::native != std::endian::little) {
        for (int16_t &sample : samples) {
            const auto bits = static_cast<uint16_t>(sample);
            sample = static_cast<int16_t>(static_cast<uint16_t>(bits << 8 | bits >> 8));
        }
    }
}

}  // namespace

size_t AudioAssembler::samples_in(std::string_view base64) const noexcept
{
    return (base64::decoded_size(base64) + (odd_byte_ ? 1 : 0)) / 2;
}

size_t AudioAssembler::room_for(std::string_view base64) const noexcept
{
    return std::max((base64::decoded_size(base64) + (odd_byte_ ? 1 : 0) + 1) / 2, least_room);
}

std::optional<size_t> AudioAssembler::decode(std::string_view &base64, std::span<int16_t> out) noexcept
{
    auto *const bytes = reinterpret_cast<uint8_t *>(out.data());
    const size_t waited = odd_byte_ ? 1 : 0;
    if (waited > out.size_bytes()) {
        return 0;
    }
    const auto decoded = base64::decode_front(base64, {bytes + waited, out.size_bytes() - waited});
    if (!decoded) {
        return std::nullopt;
    }
    const size_t count = waited + *decoded;
    if (odd_byte_ && *decoded > 0) {
        bytes[0] = *odd_byte_;
        odd_byte_.reset();
    }
    if (*decoded > 0 && count % 2 != 0) {
        odd_byte_ = bytes[count - 1];
    }
    const size_t samples = *decoded > 0 ? count / 2 : 0;
    to_native(out.first(samples));
    return samples;
}

std::optional<std::span<const int16_t>> AudioAssembler::add(std::string_view base64)
{
    const size_t room = room_for(base64);
    if (samples_.size() < room || is_wasteful(samples_.size() * sizeof(int16_t), room * sizeof(int16_t))) {
        samples_ = std::vector<int16_t>(room);
    }
    const std::optional<size_t> count = decode(base64, samples_);
    if (!count) {
        return std::nullopt;
    }
    return std::span<const int16_t>(samples_.data(), *count);
}

}  // namespace gemlive::protocol
