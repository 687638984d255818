#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gemlive::protocol {

// A protobuf Duration. Both members have the same sign; its range does not fit into 64 bits of nanoseconds.
struct Duration {
    int64_t seconds = 0;
    int32_t nanos = 0;

    // Whole milliseconds, towards the past.
    int64_t floor_ms() const noexcept;

    bool operator==(const Duration &) const = default;
};

// Reads "9.5s": decimal seconds with up to nine fraction digits. Nothing if the text has another form.
std::optional<Duration> parse_duration(std::string_view text) noexcept;

// Writes 0, 3, 6 or 9 fraction digits, as the protobuf libraries do.
std::string format_duration(Duration duration);

}  // namespace gemlive::protocol
