#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <nlohmann/json.hpp>

#include "base/json_text.hpp"
#include "protocol/duration.hpp"
#include "protocol/failure.hpp"

namespace gemlive::protocol {
namespace {

std::string text_member(const nlohmann::json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A number in `text`, which is nothing but digits.
std::optional<int> number(std::string_view text) noexcept
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value)
                                                                                  : std::nullopt;
}

// "Sun, 06 Nov 1994 08:49:37 GMT", the one form of a date that HTTP still writes.
std::optional<int64_t> unix_time_of(std::string_view date) noexcept
{
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (date.size() != 29 || date.substr(3, 2) != ", " || date.substr(25) != " GMT") {
        return std::nullopt;
    }
    const auto month = std::find(months.begin(), months.end(), date.substr(8, 3));
    const auto day = number(date.substr(5, 2));
    const auto year = number(date.substr(12, 4));
    const auto hour = number(date.substr(17, 2));
    const auto minute = number(date.substr(20, 2));
    const auto second = number(date.substr(23, 2));
    if (month == months.end() || !day || !year || !hour || !minute || !second) {
        return std::nullopt;
    }
    const std::chrono::year_month_day whole(std::chrono::year(*year),
                                            std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                            std::chrono::day(static_cast<unsigned>(*day)));
    if (!whole.ok()) {
        return std::nullopt;
    }
    return int64_t{std::chrono::sys_days(whole).time_since_epoch().count()} * 86400 + *hour * 3600 + *minute * 60 +
           *second;
}

}  // namespace

std::optional<RestError> parse_rest_error(std::string_view body)
{
    nlohmann::json document = parse_json<nlohmann::json>(body);
    if (document.is_array() && !document.empty()) {
        document = nlohmann::json(document.front());  // streaming endpoints wrap it
    }
    if (!document.is_object() || !document.contains("error") || !document["error"].is_object()) {
        return std::nullopt;
    }
    const nlohmann::json &object = document["error"];
    RestError error;
    const auto code = object.find("code");
    if (code != object.end() && code->is_number_integer()) {
        error.code = code->get<int64_t>();
    }
    error.status = text_member(object, "status");
    error.message = text_member(object, "message");
    const auto details = object.find("details");
    if (details != object.end() && details->is_array()) {
        for (const nlohmann::json &detail : *details) {
            const std::string delay = detail.is_object() ? text_member(detail, "retryDelay") : "";
            if (const auto duration = parse_duration(delay)) {
                error.retry_delay_ms = duration->floor_ms();
            }
        }
    }
    return error;
}

std::optional<int64_t> parse_retry_after(std::string_view header, int64_t unix_time_s) noexcept
{
    if (const auto seconds = number(header)) {
        return int64_t{*seconds} * 1000;
    }
    if (const auto date = unix_time_of(header)) {
        return std::max<int64_t>(*date - unix_time_s, 0) * 1000;
    }
    return std::nullopt;
}

}  // namespace gemlive::protocol
