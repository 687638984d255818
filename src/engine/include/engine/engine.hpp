#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/io_thread.hpp"

namespace gemlive::engine {

// The I/O threads of the process: started with the first owner, ended after the last. Nobody joins them: what a thread
// needs is kept alive by itself, so an owner may go away on any thread, also on that one.
class Engine {
public:
    // The one engine, with `threads` I/O threads at least: it grows, and does not shrink before it ends.
    static std::shared_ptr<Engine> acquire(size_t threads = 1);
    ~Engine();

    // The thread for one more session, the threads in turn. The session stays on it.
    std::shared_ptr<IoThread> next_thread();
    size_t thread_count() const;

private:
    Engine() = default;
    void grow(size_t threads);

    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<IoThread>> threads_;
    size_t next_ = 0;
};

}  // namespace gemlive::engine
