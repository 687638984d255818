#pragma once

#include <cstddef>

// The system calls of one thread that a link and an I/O thread make: they are replaced in a program that uses these. A
// sanitizer has replacements of its own, so in its builds none is counted.
namespace gemlive::test {

struct SystemCalls {
    size_t waits = 0;  // epoll_wait
    size_t changes_of_what_is_waited_for = 0;  // epoll_ctl
    size_t timers = 0;  // timerfd_settime
    size_t receives = 0;
    size_t sends = 0;

    bool operator==(const SystemCalls &) const = default;
};

void count_system_calls(bool on) noexcept;         // of the calling thread, from now on
SystemCalls take_counted_system_calls() noexcept;  // those since the last call

}  // namespace gemlive::test
