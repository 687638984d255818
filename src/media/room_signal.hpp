#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>

namespace gemlive::media {

// How a writer that found a ring full hears of room. It announces itself, looks at the room once more, and waits
// for the sequence to change; whoever made room calls made_room().
class RoomSignal {
public:
    // Of two fences one is the first: either the waiter, which looks at the room after its own, sees the room that
    // was made, or made_room() sees the waiter.
    void announce_waiter() noexcept
    {
        waiting_.store(true, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_seq_cst);
    }
    const std::atomic<uint32_t> &sequence() const noexcept { return sequence_; }

    void set_callback(std::function<void()> callback)
    {
        std::lock_guard lock(mutex_);
        callback_ = std::move(callback);
    }

    void made_room()
    {
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (!waiting_.load(std::memory_order_relaxed) || !waiting_.exchange(false, std::memory_order_acq_rel)) {
            return;
        }
        sequence_.fetch_add(1, std::memory_order_release);
        std::function<void()> callback;
        {
            std::lock_guard lock(mutex_);
            callback = callback_;
        }
        if (callback) {
            callback();
        }
    }

private:
    std::atomic<bool> waiting_{false};
    std::atomic<uint32_t> sequence_{0};
    std::mutex mutex_;
    std::function<void()> callback_;
};

}  // namespace gemlive::media
