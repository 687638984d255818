#pragma once

#include "base/clock.hpp"
#include "media/audio_format.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gemlive::media {

struct Packet {
    uint64_t first_sample = 0;  // 16 kHz samples since the session's first
    std::span<const int16_t> samples;
};

// Cuts the 16 kHz stream into packets of 50 ms. The rest at the end waits for more, but no longer than
// `partial_after`, and not at all once cut() says that something else follows here.
class Packetizer {
public:
    static constexpr size_t packet_samples = wire_sample_rate / 20;

    explicit Packetizer(Clock::duration partial_after) : partial_after_(partial_after) {}

    void set_partial_after(Clock::duration partial_after) noexcept { partial_after_ = partial_after; }

    void add(std::span<const int16_t> samples, Clock::time_point now);

    // Everything added so far goes out before anything added later, the last packet as short as it is.
    void cut();

    // The next packet that is due. Its samples live until the next add().
    std::optional<Packet> next(Clock::time_point now);

    // When the waiting rest becomes due by itself; nothing if there is none. A whole packet is due at once.
    std::optional<Clock::time_point> next_due() const;

    // When the next packet will be whole, if a microphone goes on as it did with its last block, and wakes nobody by
    // itself. Its blocks are what comes: a packet is whole with the one that brings its last sample, and not before.
    Clock::time_point whole_at(Clock::time_point last_block, Clock::duration block) const;

    // The next sample added is this one of the session; nothing waits. What lies between is left out.
    void move_to(uint64_t sample) noexcept;

    // Throws away what waits; says how many samples. The numbering goes on behind them.
    size_t clear();

    size_t waiting_samples() const noexcept { return samples_.size() - taken_; }
    uint64_t next_sample() const noexcept { return first_sample_; }

private:
    Clock::duration partial_after_;
    std::vector<int16_t> samples_;
    size_t taken_ = 0;
    uint64_t first_sample_ = 0;    // of samples_[taken_]
    std::vector<uint64_t> cuts_;   // sample indices, ascending
    Clock::time_point last_add_{};
    Clock::time_point waits_since_{};  // when the first waiting sample came
};

}  // namespace gemlive::media
