#include "event_memory.hpp"

#include <algorithm>
#include <bit>
#include <new>

namespace gemlive::delivery {

EventMemory &EventMemory::instance()
{
    // Never destroyed: events are dropped while the process ends, and in a forked child the lock may be held for ever.
    static EventMemory *const memory = new EventMemory;
    return *memory;
}

EventMemory::EventMemory()
{
#ifdef GEMLIVE_SANITIZED
    keeps_ = false;  // so that the use of an event that is gone is seen
#endif
    for (size_t i = 0; i < size_count; ++i) {
        spare_[i].reserve(std::min(most_spare_bytes / (least_bytes << i), size_t{128}));  // giving back cannot fail
    }
}

size_t EventMemory::size_of(size_t bytes) noexcept
{
    return static_cast<size_t>(std::bit_width((std::max(bytes, least_bytes) - 1) / least_bytes));
}

void *EventMemory::take(size_t bytes)
{
    const size_t size = size_of(bytes);
    if (size >= size_count) {
        return ::operator new(bytes);
    }
    {
        const std::lock_guard lock(mutex_);
        if (keeps_ && !spare_[size].empty()) {
            void *const memory = spare_[size].back();
            spare_[size].pop_back();
            spare_bytes_ -= least_bytes << size;
            return memory;
        }
    }
    return ::operator new(least_bytes << size);
}

void EventMemory::give_back(void *memory, size_t bytes) noexcept
{
    const size_t size = size_of(bytes);
    if (size < size_count) {
        const std::lock_guard lock(mutex_);
        std::vector<void *> &spare = spare_[size];
        const size_t whole = least_bytes << size;
        if (keeps_ && spare.size() < spare.capacity() && spare_bytes_ + whole <= most_spare_bytes) {
            spare.push_back(memory);
            spare_bytes_ += whole;
            return;
        }
    }
    ::operator delete(memory);
}

}  // namespace gemlive::delivery
