#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gemlive::protocol {

// Makes samples of the bytes of a turn's audio parts, which may be cut anywhere: an odd byte waits for the next
// part.
class AudioAssembler {
public:
    // The samples that `bytes` completes; they stay until the next call.
    std::span<const int16_t> add(std::span<const uint8_t> bytes);

    // Between turns: a byte left over belongs to nothing any more.
    void start_turn() noexcept { odd_byte_.reset(); }

    bool has_odd_byte() const noexcept { return odd_byte_.has_value(); }

private:
    std::vector<int16_t> samples_;
    std::optional<uint8_t> odd_byte_;
};

}  // namespace gemlive::protocol
