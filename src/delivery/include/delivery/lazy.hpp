#pragma once

#include <atomic>
#include <memory>

namespace gemlive::delivery {

// A value that is made when it is first asked for, by any thread, and then stays where it is. Two threads that ask at
// once may both make it; one of the two is kept.
template <typename T>
class Lazy {
public:
    Lazy() = default;
    ~Lazy() { delete made_.load(std::memory_order_relaxed); }
    Lazy(const Lazy &) = delete;
    Lazy &operator=(const Lazy &) = delete;

    template <typename Make>
    const T &get(Make &&make) const
    {
        // Acquire, against the release below: who sees the pointer sees the value.
        if (const T *const made = made_.load(std::memory_order_acquire)) {
            return *made;
        }
        auto mine = std::make_unique<const T>(make());
        const T *first = nullptr;
        if (made_.compare_exchange_strong(first, mine.get(), std::memory_order_acq_rel)) {
            return *mine.release();
        }
        return *first;
    }

private:
    mutable std::atomic<const T *> made_{nullptr};
};

}  // namespace gemlive::delivery
