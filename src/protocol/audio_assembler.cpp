#include "protocol/audio_assembler.hpp"

#include <bit>
#include <cstring>

namespace gemlive::protocol {
namespace {

int16_t sample(uint8_t low, uint8_t high) noexcept
{
    return static_cast<int16_t>(static_cast<uint16_t>(low | high << 8));
}

}  // namespace

std::span<const int16_t> AudioAssembler::add(std::span<const uint8_t> bytes)
{
    const size_t total = bytes.size() + (odd_byte_ ? 1 : 0);
    const size_t count = total / 2;
    if (samples_.size() < count) {
        samples_.resize(count);
    }
    size_t written = 0;
    if (odd_byte_ && !bytes.empty()) {
        samples_[written++] = sample(*odd_byte_, bytes.front());
        bytes = bytes.subspan(1);
        odd_byte_.reset();
    }
    const size_t whole = bytes.size() / 2;
    if constexpr (std::endian::native == std::endian::little) {
        if (whole > 0) {
            std::memcpy(samples_.data() + written, bytes.data(), whole * 2);
        }
    } else {
        for (size_t i = 0; i < whole; ++i) {
            samples_[written + i] = sample(bytes[2 * i], bytes[2 * i + 1]);
        }
    }
    written += whole;
    if (bytes.size() % 2 != 0) {
        odd_byte_ = bytes.back();
    }
    return {samples_.data(), written};
}

}  // namespace gemlive::protocol
