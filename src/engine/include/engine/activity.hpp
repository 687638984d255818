#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.hpp"

namespace gemlive::engine {

class IoThread;

// What an I/O thread calls when a real-time thread began to give it something after a rest.
class ActivityClient {
public:
    virtual ~ActivityClient() = default;
    virtual void on_activity(Clock::time_point now) = 0;
};

// One bit for each client, set by real-time threads and read by the I/O thread in one pass. A word, once made, stays
// where it is until the map goes, so a late notification of a client that has left is harmless: it calls its successor.
class ActivityMap {
public:
    struct Slot {
        std::atomic<uint64_t> *word = nullptr;
        uint64_t bit = 0;
        size_t index = 0;
    };

    Slot add(ActivityClient &client);
    void remove(size_t index);

    // Calls the clients whose bit is set, and clears it. They may add and remove clients meanwhile.
    void call_active(Clock::time_point now);

private:
    static constexpr size_t words_in_block = 64;
    using Block = std::array<std::atomic<uint64_t>, words_in_block>;

    std::vector<std::unique_ptr<Block>> blocks_;
    std::vector<ActivityClient *> clients_;  // by index; nullptr: free
    std::vector<size_t> free_;
};

// A real-time thread's way to wake an I/O thread: while the client is awake a notification is one load, and the first
// one of a client that rests sets its bit and makes one system call that never waits.
class Activity {
public:
    // Any thread, also a real-time one. What it tells of has to be published before.
    void notify() noexcept
    {
        std::atomic_thread_fence(std::memory_order_seq_cst);  // with the one in rest(): one of the two sees the other
        if (resting_.load(std::memory_order_relaxed) && resting_.exchange(false, std::memory_order_acquire)) {
            wake();
        }
    }

    // The rest on the I/O thread. A client is awake until it rests for the first time. `thread` outlives this object.
    void attach(IoThread &thread, ActivityClient &client);
    void detach();
    // From now on a notification wakes. Whoever rests looks once more afterwards: something may just have come.
    void rest() noexcept
    {
        resting_.store(true, std::memory_order_release);
        std::atomic_thread_fence(std::memory_order_seq_cst);
    }
    bool stay_awake() noexcept { return resting_.exchange(false, std::memory_order_acquire); }
    bool rests() const noexcept { return resting_.load(std::memory_order_relaxed); }

private:
    void wake() noexcept;

    std::atomic<bool> resting_{false};
    IoThread *thread_ = nullptr;
    ActivityMap::Slot slot_;
};

}  // namespace gemlive::engine
