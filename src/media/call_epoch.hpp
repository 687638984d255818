#pragma once

#include <atomic>
#include <cstdint>

namespace gemlive::media {

// Quiescent-state reclamation for the calls of one real-time thread, which may neither lock nor wait.
//
// The thread brackets each call with enter() and leave(). Another thread that has taken something out of its sight
// (by a sequentially consistent store to the pointer the calls load) notes now(), and frees it once left_since()
// says that the call of that moment, if there was one, is over: later calls cannot have found it.
//
//   calling thread           other thread
//   count odd     (seq_cst)  pointer = new   (seq_cst)    of these four, in their one order, either the load finds
//   load pointer  (seq_cst)  load count      (seq_cst)    the new pointer, or the other thread the odd count
//   … use …
//   count even    (release)  load count      (acquire)    what was used can be freed
class CallEpoch {
public:
    // One thread at a time; another one only after it in the sense of the memory model.
    void enter() noexcept { count_.store(count_.load(std::memory_order_relaxed) + 1, std::memory_order_seq_cst); }
    void leave() noexcept { count_.store(count_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

    uint64_t now() const noexcept { return count_.load(std::memory_order_seq_cst); }
    bool left_since(uint64_t then) const noexcept
    {
        return then % 2 == 0 || count_.load(std::memory_order_acquire) != then;
    }

private:
    std::atomic<uint64_t> count_{0};  // odd while a call runs
};

}  // namespace gemlive::media
