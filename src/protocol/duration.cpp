#include "protocol/duration.hpp"

#include <charconv>
#include <cstdio>

namespace gemlive::protocol {
namespace {

constexpr int64_t most_seconds = 315'576'000'000;  // 10,000 years, the limit of the protobuf type

bool only_digits(std::string_view text) noexcept
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

int64_t Duration::floor_ms() const noexcept
{
    const int32_t part = nanos / 1'000'000;
    return seconds * 1000 + part - (nanos < 0 && nanos % 1'000'000 != 0 ? 1 : 0);
}

std::optional<Duration> parse_duration(std::string_view text) noexcept
{
    if (text.empty() || text.back() != 's') {
        return std::nullopt;
    }
    text.remove_suffix(1);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) {
        text.remove_prefix(1);
    }
    const size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (!only_digits(whole)) {
        return std::nullopt;
    }
    Duration result;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), result.seconds);
    if (error != std::errc() || result.seconds > most_seconds) {
        return std::nullopt;
    }
    if (point != std::string_view::npos) {
        const std::string_view fraction = text.substr(point + 1);
        if (!only_digits(fraction) || fraction.size() > 9) {
            return std::nullopt;
        }
        for (size_t i = 0; i < 9; ++i) {
            result.nanos = result.nanos * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
        }
    }
    if (negative) {
        result.seconds = -result.seconds;
        result.nanos = -result.nanos;
    }
    return result;
}

std::string format_duration(Duration duration)
{
    const bool negative = duration.seconds < 0 || duration.nanos < 0;
    const auto seconds = negative ? -duration.seconds : duration.seconds;
    auto fraction = negative ? -duration.nanos : duration.nanos;
    std::string text(negative ? "-" : "");
    text += std::to_string(seconds);
    if (fraction != 0) {
        int digits = 9;
        while (digits > 3 && fraction % 1000 == 0) {
            fraction /= 1000;
            digits -= 3;
        }
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, ".%0*d", digits, fraction);
        text += buffer;
    }
    text += 's';
    return text;
}

}  // namespace gemlive::protocol
