#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gemlive::media {

// From 0 to 1: a full-scale sine has peak 1 and RMS 0.707. Aligned to its size: Clang calls a library for an atomic that is not.
struct alignas(8) Level {
    float peak = 0;
    float rms = 0;
};

// How loud the newest 50 to 60 ms of a mono signal are. One thread adds, any thread reads; neither waits.
class InputLevel {
public:
    void add(std::span<const int16_t> mono, int sample_rate) noexcept;
    Level read() const noexcept { return level_.load(std::memory_order_relaxed); }

private:
    struct Block {
        int32_t peak = 0;
        int64_t squares = 0;
        size_t samples = 0;
    };
    static constexpr size_t block_count = 6;
    static constexpr int blocks_per_second = 100;

    void publish() noexcept;

    // The adding thread's own: the current block, and five whole ones before it.
    std::array<Block, block_count> blocks_{};
    size_t current_ = 0;

    std::atomic<Level> level_{};
    static_assert(std::atomic<Level>::is_always_lock_free);
};

}  // namespace gemlive::media
