#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

#include "base/clock.hpp"
#include "base/status.hpp"
#include "delivery/event.hpp"
#include "platform/wakeup.hpp"

namespace gemlive::delivery {

// What waits to be handed to the application. Filled by the I/O thread, drained by one thread at a time.
// Over its bound audio events go, oldest first, counted in a `dropped` event; others never.
class EventQueue {
public:
    explicit EventQueue(size_t bound) : bound_(bound) {}
    EventQueue(const EventQueue &) = delete;
    EventQueue &operator=(const EventQueue &) = delete;

    // False when the bound is passed and nothing may be dropped: the session has to close. Its last events, a handful,
    // pass any bound.
    bool push(std::shared_ptr<Event> event, bool past_bound = false);

    // Waits up to timeout_ms (negative: no limit). timeout; closed once the last event was taken; cancelled after wake()
    // or cancel(); invalid_state when another thread drains.
    Status take(int64_t timeout_ms, EventPtr &event);

    // Holds the right to drain over several takes (dispatch).
    bool begin_drain();
    void end_drain();
    Status take_next(EventPtr &event);  // within begin_drain and end_drain; does not wait
    size_t size() const;

    void wake();
    void cancel();  // for good: every wait ends, and every later one

    using Hook = std::function<void()>;
    // Called when the queue turns from empty to non-empty, and now if it is not empty. Returns when no call of the old
    // hook runs any more.
    void set_hook(Hook hook);

    // -1 where the system has no such thing.
    int wait_handle();

private:
    Status take_locked(EventPtr &event);
    void signal_locked();
    void settle_handle_locked();
    bool is_cancelled() const;

    const size_t bound_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Event>> events_;
    size_t audio_events_ = 0;
    int64_t dropped_frames_ = 0;
    uint64_t next_seq_ = 1;
    bool draining_ = false;
    bool woken_ = false;
    bool cancelled_ = false;
    bool finished_ = false;  // `closed` was taken
    platform::WakeupHandle handle_;

    std::mutex hook_mutex_;
    Hook hook_;
};

}  // namespace gemlive::delivery
