#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"

namespace gemlive::test {

// The library's clock in the hands of a test: it stands still until the test moves it. One at a time.
class ManualClock {
public:
    ManualClock();
    ~ManualClock();
    ManualClock(const ManualClock &) = delete;
    ManualClock &operator=(const ManualClock &) = delete;

    void advance(Clock::duration by);

    // The same, and everything that becomes due, or follows from that, is done on `io` before it returns.
    void advance(boost::asio::io_context &io, Clock::duration by);

private:
    Clock::Source before_;
};

}  // namespace gemlive::test
