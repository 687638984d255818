#pragma once

#include <gemlive/gemlive.h>

#include <nlohmann/json.hpp>

#include <string>

namespace gemlive::talk {

using Json = nlohmann::json;
// Keeps the order of its keys: for what people read.
using Line = nlohmann::ordered_json;

constexpr int most_levels = 100;

// What a person or a file gave: discarded when it is no JSON, or more than most_levels of it inside each other, which
// nobody could copy or write without exhausting the stack. With `throwing`, what is no JSON throws Json::parse_error.
template <typename AnyJson = Json>
AnyJson parse_json(const std::string &text, bool throwing = false)
{
    bool too_deep = false;
    const auto watch = [&too_deep](int depth, typename AnyJson::parse_event_t, AnyJson &) {
        too_deep = too_deep || depth > most_levels;
        return !too_deep;
    };
    const AnyJson value = AnyJson::parse(text, watch, throwing);
    return too_deep ? AnyJson(AnyJson::value_t::discarded) : value;
}

// How a command ended.
struct Result {
    gemlive_status status = GEMLIVE_OK;
    std::string message;
    Line fields = Line::object();

    bool ok() const { return status == GEMLIVE_OK; }
};

// The result of a call into the library that was just made on this thread.
inline Result result_of(gemlive_status status)
{
    return {status, status == GEMLIVE_OK ? "" : gemlive_last_error_message()};
}

inline Result invalid_argument(std::string message)
{
    return {GEMLIVE_ERROR_INVALID_ARGUMENT, std::move(message)};
}

inline Line result_line(const std::string &command, const Result &result)
{
    Line line = {{"result", command}, {"status", gemlive_status_name(result.status)}, {"message", result.message}};
    line.update(result.fields);
    return line;
}

// One line of text, whatever bytes are in it.
template <typename AnyJson>
std::string one_line(const AnyJson &value)
{
    return value.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

}  // namespace gemlive::talk
