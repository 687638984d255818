#pragma once

#include <vector>

#include "delivery/event_queue.hpp"

namespace gemlive::delivery {

// The waiting events of one session. A ring that grows up to the bound, so that steady traffic allocates nothing.
class WaitingEvents {
public:
    size_t count() const noexcept { return count_; }
    size_t bytes() const noexcept { return bytes_; }
    size_t audio_count() const noexcept { return audio_count_; }
    const Event &front() const noexcept { return *at(0).event; }

    void push_back(std::shared_ptr<Event> event, size_t bytes);
    std::shared_ptr<Event> pop_front() noexcept;
    std::shared_ptr<Event> take_oldest_audio() noexcept;  // there is one

private:
    struct Entry {
        std::shared_ptr<Event> event;
        size_t bytes = 0;
    };

    Entry &at(size_t index) noexcept { return ring_[(first_ + index) & (ring_.size() - 1)]; }
    const Entry &at(size_t index) const noexcept { return ring_[(first_ + index) & (ring_.size() - 1)]; }
    void grow();
    std::shared_ptr<Event> taken(Entry &entry) noexcept;

    std::vector<Entry> ring_;  // its size is a power of two
    size_t first_ = 0;
    size_t count_ = 0;
    size_t bytes_ = 0;
    size_t audio_count_ = 0;
};

// Under the mutex of its queue, except where a comment says otherwise.
struct EventSource::State : std::enable_shared_from_this<State> {
    explicit State(EventBound given) : bound(given) {}

    bool is_empty() const noexcept { return events.count() == 0; }
    size_t size() const noexcept { return events.count() + (dropped_frames > 0); }
    // Drops audio, also `event` itself when no other is left to go. False: the bound is passed.
    bool put(std::shared_ptr<Event> event, bool past_bound);
    std::shared_ptr<Event> take();
    WaitingEvents forget() noexcept;

    const EventBound bound;
    std::shared_ptr<EventQueue> queue;  // set once, before the first push
    std::shared_ptr<const Deliver> deliver;
    WaitingEvents events;
    int64_t dropped_frames = 0;
    uint64_t next_seq = 1;
    bool open = false;       // until its `closed` was taken, or it was cancelled
    bool cancelled = false;
    bool in_hand = false;    // an event of it is in the application's code
    bool in_list = false;    // of the queue's sources that have events
    State *before = nullptr;
    State *behind = nullptr;

    // Of the thread that pushes alone.
    bool batching = false;
    bool signal_due = false;
    bool hook_due = false;
};

}  // namespace gemlive::delivery
