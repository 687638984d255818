#include "support/manual_clock.hpp"

#include <atomic>

namespace gemlive::test {
namespace {

// Not zero, which some code might take for "never".
constexpr int64_t first_us = 1'000'000'000;

std::atomic<int64_t> now_us{first_us};

}  // namespace

ManualClock::ManualClock()
    : before_(Clock::replace_source([] { return now_us.load(std::memory_order_relaxed); }))
{
}

ManualClock::~ManualClock()
{
    Clock::replace_source(before_);
}

void ManualClock::advance(Clock::duration by)
{
    now_us.fetch_add(by.count(), std::memory_order_relaxed);
}

void ManualClock::advance(boost::asio::io_context &io, Clock::duration by)
{
    advance(by);
    // Asio asks our clock only when it sets the system's timer anew.
    boost::asio::steady_timer poke(io, std::chrono::steady_clock::time_point::min());
    poke.async_wait([](boost::system::error_code) {});
    io.restart();
    io.poll();
}

}  // namespace gemlive::test
