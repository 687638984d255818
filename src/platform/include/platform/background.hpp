#pragma once

#include <functional>

#include "base/clock.hpp"

namespace gemlive::platform {

// Work that takes milliseconds, such as encoding a picture, off the threads of sockets, sound and the application. All of it is done on
// one thread, which lives while there is some: each owner keeps no more than a few pieces waiting.

// `work` is done at `at` or as soon after it as the thread is free; what it throws is dropped.
void do_in_background(const void *owner, Clock::time_point at, std::function<void()> work);

// What the owner has waiting is not done; a piece that has begun goes on.
void cancel_in_background(const void *owner);

}  // namespace gemlive::platform
