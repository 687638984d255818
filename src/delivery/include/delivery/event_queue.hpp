#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "base/status.hpp"
#include "delivery/event_source.hpp"
#include "platform/wakeup.hpp"

namespace gemlive::delivery {

// An event on its way into the application's code. While it lives, waiting for its session's end waits for it.
class HandOut {
public:
    HandOut() = default;
    ~HandOut() { end(); }
    HandOut(const HandOut &) = delete;
    HandOut &operator=(const HandOut &) = delete;

    const EventPtr &event() const noexcept { return event_; }
    // To the callback of the event's session.
    void deliver() const { (*deliver_)(event_); }
    void end();

private:
    friend class EventQueue;
    EventPtr event_;
    std::shared_ptr<EventSource::State> source_;
    std::shared_ptr<const Deliver> deliver_;
};

// What waits to be handed to the application: of one session, or of many that share it. Filled by their threads, drained
// by one thread at a time, one event of a session and then the next session's: a busy one starves nobody.
class EventQueue {
public:
    EventQueue() = default;
    EventQueue(const EventQueue &) = delete;
    EventQueue &operator=(const EventQueue &) = delete;

    // Waits up to timeout_ms (negative: no limit). timeout; closed once the queue is sealed and the last event of each
    // source was taken; cancelled after wake() or cancel(); invalid_state when another thread drains.
    Status take(int64_t timeout_ms, EventPtr &event);
    Status take(int64_t timeout_ms, HandOut &out);

    // Holds the right to drain over several takes (dispatch).
    bool begin_drain();
    void end_drain();
    Status take_next(HandOut &out);  // within begin_drain and end_drain; does not wait
    size_t size() const;
    bool is_cancelled() const;

    void wake();
    void cancel();  // for good: every wait ends, and every later one; what is pushed is gone
    void seal();    // no source joins any more

    using Hook = std::function<void()>;
    // Called when the queue turns from empty to non-empty, and now if it is not empty. Returns when no call of the old
    // hook runs any more.
    void set_hook(Hook hook);

    // -1 where the system has no such thing.
    int wait_handle();

private:
    friend class EventSource;
    friend class HandOut;

    Status take(int64_t timeout_ms, HandOut *out, EventPtr &event);
    Status take_locked(HandOut *out, EventPtr &event);
    bool has_news_locked() const;
    void signal_locked();
    bool signal_handle_locked();  // true: a drainer waits, to be notified by `changed_`
    void settle_handle_locked();
    void call_hook();

    // Sources that have events, in the order in which they are asked.
    void append_locked(EventSource::State &source) noexcept;
    void remove_locked(EventSource::State &source) noexcept;

    mutable std::mutex mutex_;  // also of the sources' states
    std::condition_variable changed_;
    std::condition_variable handed_back_;
    EventSource::State *first_ = nullptr;
    EventSource::State *last_ = nullptr;
    size_t waiting_events_ = 0;
    size_t open_sources_ = 0;  // whose `closed` was not taken
    bool sealed_ = false;
    bool draining_ = false;
    bool drainer_waits_ = false;
    bool woken_ = false;
    bool cancelled_ = false;
    bool handle_signalled_ = false;
    platform::WakeupHandle handle_;

    std::mutex hook_mutex_;
    Hook hook_;
};

}  // namespace gemlive::delivery
