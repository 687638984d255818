#pragma once

#include <chrono>
#include <functional>

namespace gemlive::emulator {

using Duration = std::chrono::microseconds;

// Time as a conversation sees it; a test owns it and lets it pass at will.
class Timeline {
public:
    virtual ~Timeline() = default;
    virtual Duration now() const = 0;  // since any fixed point
    // Never calls `action` from inside after().
    virtual void after(Duration delay, std::function<void()> action) = 0;
};

}  // namespace gemlive::emulator
