#pragma once

#include <string>

namespace gemlive::testing {

// While one lives, this thread must not allocate, lock, wait or make a system call that has a name here: the
// program that links this sees every call of them, those from inside libraries too.
class RealtimeGuard {
public:
    RealtimeGuard() noexcept;
    ~RealtimeGuard();
    RealtimeGuard(const RealtimeGuard &) = delete;
    RealtimeGuard &operator=(const RealtimeGuard &) = delete;

    // False in sanitizer builds, whose runtimes need the same functions.
    static bool works() noexcept;

    // What this thread called under a guard since the last time this was asked: "malloc free", empty if all is
    // well.
    static std::string take_violations();
};

}  // namespace gemlive::testing
