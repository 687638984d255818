#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace gemlive::media {

// 200 ms at the models' rate.
constexpr size_t chunk_frames = 4800;

struct PlayoutChunk {
    uint64_t seq = 0;
    uint64_t turn = 0;
    uint64_t turn_offset = 0;  // of the first sample within its turn
    uint64_t first_frame = 0;  // of the first sample among all that were ever appended
    int sample_rate = 0;
    uint32_t size = 0;  // the reader looks at it only when a later chunk has been begun
    std::array<int16_t, chunk_frames> samples;
};

// A place in the queue as one word that grows: chunk number and sample within it.
class PlayoutPosition {
public:
    constexpr PlayoutPosition() = default;
    constexpr PlayoutPosition(uint64_t seq, size_t offset) : word_(seq << offset_bits | offset) {}
    static constexpr PlayoutPosition from_word(uint64_t word)
    {
        PlayoutPosition position;
        position.word_ = word;
        return position;
    }

    constexpr uint64_t word() const { return word_; }
    constexpr uint64_t seq() const { return word_ >> offset_bits; }
    constexpr size_t offset() const { return static_cast<size_t>(word_ & ((uint64_t{1} << offset_bits) - 1)); }
    constexpr PlayoutPosition after(size_t frames) const { return from_word(word_ + frames); }

    friend constexpr auto operator<=>(const PlayoutPosition &, const PlayoutPosition &) = default;

private:
    static constexpr int offset_bits = 16;
    static_assert(chunk_frames < (size_t{1} << offset_bits));

    uint64_t word_ = 0;
};

}  // namespace gemlive::media
