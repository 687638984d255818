#include "platform/thread.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <list>
#include <mutex>
#include <thread>

#if defined(__unix__) || defined(__APPLE__)
#include <csignal>
#include <pthread.h>
#endif

#include "fork_watch.hpp"

namespace gemlive::platform {
namespace {

struct RunningThread {
    std::thread thread;
    bool finished = false;
};

struct Threads {
    std::mutex mutex;
    std::condition_variable changed;
    std::list<RunningThread> list;
    std::atomic<size_t> count{0};
};

// Never destroyed: threads may outlive main.
Threads &threads()
{
    static Threads *const instance = new Threads;
    return *instance;
}

// Signals that arrive for the process are handled on threads of the application. A new thread inherits the mask of the
// one that starts it, so that there is no moment in which a signal could come in.
class SignalsBlocked {
public:
#if defined(__unix__) || defined(__APPLE__)
    SignalsBlocked()
    {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_;
#endif
};

void name_this_thread([[maybe_unused]] const char *name)
{
#if defined(__linux__)
    pthread_setname_np(pthread_self(), name);
#elif defined(__APPLE__)
    pthread_setname_np(name);
#endif
}

// Those that have finished have nothing left to do but to free what belongs to the thread itself.
std::list<RunningThread> take_finished()
{
    std::list<RunningThread> finished;
    auto &list = threads().list;
    for (auto thread = list.begin(); thread != list.end();) {
        const auto next = std::next(thread);
        if (thread->finished) {
            finished.splice(finished.end(), list, thread);
        }
        thread = next;
    }
    return finished;
}

void join(std::list<RunningThread> finished)
{
    for (RunningThread &running : finished) {
        running.thread.join();
        threads().count.fetch_sub(1);
    }
}

}  // namespace

void start_thread(const char *name, std::function<void()> body)
{
    watch_forks();
    std::list<RunningThread> finished;
    {
        std::lock_guard lock(threads().mutex);
        RunningThread &running = threads().list.emplace_back();
        threads().count.fetch_add(1);
        try {
            const SignalsBlocked blocked;
            running.thread = std::thread([&running, name, body = std::move(body)]() mutable {
                name_this_thread(name);
                body();
                body = nullptr;
                std::lock_guard lock(threads().mutex);
                running.finished = true;
                threads().changed.notify_all();
            });
        } catch (...) {
            threads().count.fetch_sub(1);
            threads().list.pop_back();
            throw;
        }
        finished = take_finished();  // last: what throws above would leave them unjoined, which ends the process
    }
    join(std::move(finished));
}

bool wait_until_threads_ended(std::chrono::milliseconds timeout)
{
    std::list<RunningThread> finished;
    bool all = false;
    {
        std::unique_lock lock(threads().mutex);
        all = threads().changed.wait_for(lock, timeout, [] {
            const auto &list = threads().list;
            return std::all_of(list.begin(), list.end(), [](const auto &thread) { return thread.finished; });
        });
        finished = take_finished();
    }
    join(std::move(finished));
    return all;
}

size_t thread_count() noexcept
{
    return threads().count.load();
}

}  // namespace gemlive::platform
