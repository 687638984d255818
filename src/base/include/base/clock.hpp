#pragma once

#include <chrono>
#include <cstdint>

namespace gemlive {

// The one clock of the library. All deadlines and times of events read it; a test may replace its source.
// It satisfies the standard's Clock requirements, so Asio timers can run on it.
struct Clock {
    using duration = std::chrono::microseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Clock>;
    static constexpr bool is_steady = true;

    using Source = int64_t (*)();  // microseconds since any fixed point, never going back

    static time_point now() noexcept;

    // Returns the source that was in use. nullptr brings the machine's steady clock back.
    static Source replace_source(Source source) noexcept;
};

// A time-out as the application, or the server, named it: more than ten years is as good as none, and cannot overflow.
inline std::chrono::milliseconds bounded_ms(int64_t ms) noexcept
{
    constexpr int64_t ten_years = int64_t{10} * 365 * 24 * 3600 * 1000;
    return std::chrono::milliseconds(ms < 0 ? 0 : ms > ten_years ? ten_years : ms);
}

inline int64_t to_ms(Clock::duration d) noexcept
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
}

}  // namespace gemlive
