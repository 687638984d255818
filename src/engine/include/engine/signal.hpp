#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/clock.hpp"

namespace gemlive::engine {

namespace asio = boost::asio;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, asio::io_context::executor_type>;

// What one coroutine waits for and anybody on its thread can give. A notification before the wait is kept.
class Signal {
public:
    explicit Signal(asio::io_context &io) : timer_(io.get_executor(), Clock::time_point::max()) {}

    void notify()
    {
        notified_ = true;
        if (waiting_) {
            waiting_ = false;
            timer_.cancel();
        }
    }

    asio::awaitable<void> wait()
    {
        co_await wait_until(Clock::time_point::max());
    }

    // False when the time came first.
    asio::awaitable<bool> wait_until(Clock::time_point deadline)
    {
        if (!notified_) {
            waiting_ = true;
            timer_.expires_at(deadline);
            auto [ec] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
            static_cast<void>(ec);
            waiting_ = false;
        }
        const bool notified = notified_;
        notified_ = false;
        co_return notified;
    }

private:
    Timer timer_;
    bool notified_ = false;
    bool waiting_ = false;
};

}  // namespace gemlive::engine
