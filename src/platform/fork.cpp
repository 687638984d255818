#include "platform/fork.hpp"

#include <atomic>

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#endif

#include "fork_watch.hpp"
#include "platform/thread.hpp"

namespace gemlive::platform {
namespace {

std::atomic<bool> forked_child{false};

[[maybe_unused]] void look_in_child()
{
    if (thread_count() > 0) {
        forked_child.store(true, std::memory_order_relaxed);
    }
}

}  // namespace

bool is_forked_child() noexcept
{
    return forked_child.load(std::memory_order_relaxed);
}

void watch_forks()
{
#if defined(__unix__) || defined(__APPLE__)
    [[maybe_unused]] static const int registered = pthread_atfork(nullptr, nullptr, look_in_child);
#endif
}

}  // namespace gemlive::platform
