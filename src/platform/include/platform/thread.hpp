#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

namespace gemlive::platform {

// Starts a thread of the library: with a name (the system keeps 15 characters of it), with every signal blocked, since
// signals are the application's, and counted until it has ended. Throws std::system_error if the system refuses.
void start_thread(const char *name, std::function<void()> body);

// True when no thread of the library runs any more, nor frees what the system and OpenSSL keep for each thread. Not to
// be called on one of them.
bool wait_until_threads_ended(std::chrono::milliseconds timeout);

// Those that have not been seen to have ended.
size_t thread_count() noexcept;

}  // namespace gemlive::platform
