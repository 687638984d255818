#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gemlive::protocol {

// Makes samples of the base64 of a turn's audio parts, whose bytes may be cut anywhere: an odd byte waits for the
// next part.
class AudioAssembler {
public:
    static constexpr size_t least_room = 2;  // samples: three bytes, and one that waited

    // How many samples `base64` completes, if it is base64; with blanks in it, fewer.
    size_t samples_in(std::string_view base64) const noexcept;

    // How much room decode() needs to take all of `base64` at once.
    size_t room_for(std::string_view base64) const noexcept;

    // Decodes straight into memory of the caller's: takes from the front of `base64` what has room in `out`
    // (least_room or more) and says how many samples that made. Nothing if it is not base64: the rest is then not
    // to be used.
    std::optional<size_t> decode(std::string_view &base64, std::span<int16_t> out) noexcept;

    // The same into memory of its own: the samples stay until the next call.
    std::optional<std::span<const int16_t>> add(std::string_view base64);

    // Between turns: a byte left over belongs to nothing any more.
    void start_turn() noexcept { odd_byte_.reset(); }

    bool has_odd_byte() const noexcept { return odd_byte_.has_value(); }

private:
    std::vector<int16_t> samples_;
    std::optional<uint8_t> odd_byte_;
};

}  // namespace gemlive::protocol
