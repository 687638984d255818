#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "base/clock.hpp"
#include "engine/activity.hpp"
#include "engine/deadline_heap.hpp"
#include "engine/run_queue.hpp"

namespace gemlive::engine {

// One I/O thread with one io_context. All its sessions share one timer, on a grid of 5 ms, so that the packets of many
// sessions leave in one wake-up. Without a deadline, a message or a notification it sleeps.
class IoThread : public std::enable_shared_from_this<IoThread> {
public:
    static constexpr Clock::duration grid = std::chrono::milliseconds(5);

    // Throws std::system_error when the system has no descriptor or thread to give.
    static std::shared_ptr<IoThread> start();
    ~IoThread();

    boost::asio::io_context &io() noexcept { return io_; }

    // Any thread. What throws on the I/O thread ends there, counted; a client whose state matters catches its own.
    template <typename F>
    void post(F &&f)
    {
        boost::asio::post(io_, [this, work = std::forward<F>(f)]() mutable { run_queue_.run(work); });
    }
    // Asks again every few milliseconds, on the I/O thread, until it answers true. Any thread.
    void retry(std::function<bool()> done);
    bool runs_here() const noexcept;
    uint64_t uncaught_exceptions() const noexcept { return uncaught_.load(std::memory_order_relaxed); }

    // On the I/O thread.
    void set_deadline(TimerClient &client, Clock::time_point at);
    void clear_deadline(TimerClient &client);
    ActivityMap &activity() noexcept { return activity_; }

    // Makes the I/O thread look at its activity map. Any thread, also a real-time one.
    void wake() const noexcept;

    // The thread ends when nothing is left to do.
    void release();

private:
    struct Waiting;  // what Asio waits for

    IoThread();
    void run();
    void arm();
    void on_timer();
    void wait_for_wakeup();

    boost::asio::io_context io_{1};
    RunQueue &run_queue_ = RunQueue::of(io_);
    DeadlineHeap deadlines_;
    ActivityMap activity_;
    std::unique_ptr<Waiting> waiting_;
    Clock::time_point armed_for_ = Clock::time_point::max();
    Clock::time_point ticking_ = Clock::time_point::min();  // the time of the round of deadlines that runs
    std::atomic<uint64_t> uncaught_{0};
};

}  // namespace gemlive::engine
