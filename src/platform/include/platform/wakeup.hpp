#pragma once

#include "platform/descriptor.hpp"

namespace gemlive::platform {

// Wakes whoever waits in poll, select or epoll: its descriptor is readable from signal() until clear().
class WakeupHandle {
public:
    // Without a descriptor where the system has none to give.
    static WakeupHandle create() noexcept;

    WakeupHandle() = default;

    explicit operator bool() const noexcept { return static_cast<bool>(descriptor_); }
    int descriptor() const noexcept { return descriptor_.number(); }  // -1: none

    // One system call that never waits: also for real-time threads. Any thread, any number of times.
    void signal() const noexcept;
    void clear() const noexcept;

private:
    Descriptor descriptor_;
};

}  // namespace gemlive::platform
