#include "base/clock.hpp"

#include <atomic>

namespace gemlive {
namespace {

int64_t steady_us()
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

std::atomic<Clock::Source> source{steady_us};

}  // namespace

Clock::time_point Clock::now() noexcept
{
    return time_point(duration(source.load(std::memory_order_relaxed)()));
}

Clock::Source Clock::replace_source(Source replacement) noexcept
{
    return source.exchange(replacement ? replacement : steady_us);
}

}  // namespace gemlive
