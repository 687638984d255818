#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "base/clock.hpp"

namespace gemlive::engine {

// What has to be looked at again at some time. Called on its I/O thread only.
class Ticker {
public:
    virtual ~Ticker() = default;
    virtual void tick(Clock::time_point now) = 0;
    virtual Clock::time_point next_tick() const = 0;
};

// One I/O thread with one io_context. All sessions of a thread share one timer, on a grid of 5 ms, so that the packets
// of many sessions leave in one wake-up.
class IoThread : public std::enable_shared_from_this<IoThread> {
public:
    static constexpr Clock::duration grid = std::chrono::milliseconds(5);

    boost::asio::io_context &io() noexcept { return io_; }

    template <typename F>
    void post(F &&f)
    {
        boost::asio::post(io_, std::forward<F>(f));
    }

    // Asks again every few milliseconds, on the I/O thread, until it answers true. Any thread.
    void retry(std::function<bool()> done);

    // On the I/O thread.
    void add(Ticker &ticker);
    void remove(Ticker &ticker);
    void arm(const Ticker &ticker);  // its next_tick() may have come nearer

private:
    friend class Engine;
    struct GridTimer;
    // When a ticker is next due was asked once: next_tick() counts from the moment it is asked.
    struct Due {
        Ticker *ticker;
        Clock::time_point at;
    };

    IoThread();

public:
    ~IoThread();

private:
    static void run(std::shared_ptr<IoThread> self);
    void arm_for(Clock::time_point next);
    void on_timer();
    std::vector<Due>::iterator find(const Ticker &ticker);

    boost::asio::io_context io_{1};
    std::vector<Due> tickers_;
    std::unique_ptr<GridTimer> timer_;
    Clock::time_point armed_for_ = Clock::time_point::max();
    bool ticking_ = false;
};

// The threads of the process: started with the first owner, ended after the last. Nobody joins them: what a thread
// needs is kept alive by itself, so an owner may go away on any thread, also on that one.
class Engine {
public:
    static std::shared_ptr<Engine> acquire();
    ~Engine();

    const std::shared_ptr<IoThread> &thread() const noexcept { return thread_; }

private:
    Engine();

    struct Work;
    std::shared_ptr<IoThread> thread_;
    std::unique_ptr<Work> work_;
};

}  // namespace gemlive::engine
