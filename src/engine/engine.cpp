#include "engine/engine.hpp"

namespace gemlive::engine {
namespace {

struct Process {
    std::mutex mutex;
    std::weak_ptr<Engine> engine;
};

// Never destroyed: threads may outlive main.
Process &process()
{
    static Process *const instance = new Process;
    return *instance;
}

}  // namespace

std::shared_ptr<Engine> Engine::acquire(size_t threads)
{
    std::lock_guard lock(process().mutex);
    std::shared_ptr<Engine> engine = process().engine.lock();
    if (!engine) {
        engine.reset(new Engine);
    }
    engine->grow(threads);
    process().engine = engine;
    return engine;
}

void Engine::grow(size_t threads)
{
    std::lock_guard lock(mutex_);
    while (threads_.size() < threads) {
        threads_.push_back(IoThread::start());
    }
}

Engine::~Engine()
{
    for (const std::shared_ptr<IoThread> &thread : threads_) {
        thread->release();
    }
}

std::shared_ptr<IoThread> Engine::next_thread()
{
    std::lock_guard lock(mutex_);
    return threads_[next_++ % threads_.size()];
}

size_t Engine::thread_count() const
{
    std::lock_guard lock(mutex_);
    return threads_.size();
}

}  // namespace gemlive::engine
