#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "delivery/event.hpp"

namespace gemlive::delivery {

class EventQueue;

// Gives one event to the application.
using Deliver = std::function<void(const EventPtr &)>;

// How much of one session may wait. One event always may, whatever its size.
struct EventBound {
    size_t events;
    size_t bytes;
};

// A session's end of an event queue: its events, their numbers, its bound. Past the bound audio events go, oldest first,
// counted in a `dropped` event; others never.
class EventSource {
public:
    explicit EventSource(EventBound bound);
    ~EventSource();  // like cancel()
    EventSource(const EventSource &) = delete;
    EventSource &operator=(const EventSource &) = delete;

    // Once, before the first push. `deliver` is for a queue that a CallbackThread drains.
    void join(const std::shared_ptr<EventQueue> &queue, Deliver deliver = nullptr);

    // False when the bound is passed and nothing may be dropped: the session has to close. Its last events, a handful,
    // pass any bound. One thread, the session's.
    bool push(std::shared_ptr<Event> event, bool past_bound = false);

    // Takes back what waits, and what is pushed later is gone. Any thread; never waits.
    void cancel();
    // After cancel(): waits until no event of it is in the application's code, unless this thread is within a callback.
    // Then the callback is released; by its own thread when it still runs.
    void wait_handed_back();

    // What is pushed between the two wakes nobody before the end: the messages of one read cost one wake-up. On the
    // thread that pushes; a second begin is the same batch, an end without one does nothing.
    void begin_batch() noexcept;
    void end_batch();

private:
    friend class EventQueue;
    friend class HandOut;
    struct State;
    const std::shared_ptr<State> state_;
};

}  // namespace gemlive::delivery
