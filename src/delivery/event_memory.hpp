#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <vector>

namespace gemlive::delivery {

// Where the memory of audio events comes from and goes: taken on an I/O thread, given back by whoever drops the event
// last. Blocks of few sizes are kept for the next event: an allocator would give ten kilobytes back to the system each
// time, and the two threads would meet at its lock. Any thread.
class EventMemory {
public:
    EventMemory();
    EventMemory(const EventMemory &) = delete;

    // The process's.
    static EventMemory &instance();

    void *take(size_t bytes);
    void give_back(void *memory, size_t bytes) noexcept;  // with the number of take()

private:
    static constexpr size_t least_bytes = 1024;
    static constexpr size_t size_count = 7;  // each twice the one before; what is larger is not kept
    static constexpr size_t most_spare_bytes = 1 << 20;

    static size_t size_of(size_t bytes) noexcept;  // which of them

    std::mutex mutex_;
    std::array<std::vector<void *>, size_count> spare_;
    size_t spare_bytes_ = 0;
    bool keeps_ = true;
};

}  // namespace gemlive::delivery
