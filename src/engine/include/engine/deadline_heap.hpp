#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "base/clock.hpp"

namespace gemlive::engine {

// What an I/O thread calls at a time that it was told. It keeps its own place in the heap, so nothing is searched.
class TimerClient {
public:
    virtual ~TimerClient() = default;
    // Its deadline is gone then; it may set a new one, for itself or for others, or clear any.
    virtual void on_deadline(Clock::time_point now) = 0;

private:
    friend class DeadlineHeap;
    static constexpr size_t nowhere = std::numeric_limits<size_t>::max();
    size_t place_ = nowhere;
};

// The deadlines of an I/O thread's clients, at most one each. The owner of a client clears it before the client goes.
class DeadlineHeap {
public:
    // Sets or moves, earlier or later.
    void set(TimerClient &client, Clock::time_point at);
    void clear(TimerClient &client);

    // Clock::time_point::max() when there is none.
    Clock::time_point next() const noexcept;
    // Takes the client whose deadline is the earliest, if that is not after `now`; else nullptr.
    TimerClient *take_due(Clock::time_point now);

    size_t size() const noexcept { return entries_.size(); }

private:
    struct Entry {
        Clock::time_point at;
        TimerClient *client;
    };

    void put(size_t place, Entry entry);
    void move_up(size_t place);
    void move_down(size_t place);

    std::vector<Entry> entries_;
};

}  // namespace gemlive::engine
