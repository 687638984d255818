#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "member_name.hpp"
#include "protocol/reused.hpp"

// The lenient half of the proto3 JSON mapping on top of simdjson On-Demand. A null is an absent member everywhere:
// the reader then leaves its target alone.
namespace gemlive::protocol {

using Value = simdjson::ondemand::value;
using JsonError = simdjson::error_code;

constexpr JsonError wrong_shape = simdjson::INCORRECT_TYPE;

// Errors that leave the rest of the message readable, unlike text that is no JSON.
bool is_shape_error(JsonError error) noexcept;

// The text of a scalar as it stands in the message, quotes included.
std::string_view token(Value &value) noexcept;
bool is_null(Value &value) noexcept;

JsonError read_text(Value &value, std::string &out);  // also the number of an enum
JsonError read_bool(Value &value, bool &out);         // also "true"
JsonError read_int(Value &value, int64_t &out);       // also "12", 12.0 and 1.2e1
JsonError read_bytes(Value &value, ByteBuffer &out);  // base64 in either alphabet

// Milliseconds of a Duration; a text that is none is no value.
JsonError read_duration(Value &value, std::optional<int64_t> &out_ms);

// Compact JSON text with every digit and key as sent.
JsonError read_raw(Value &value, std::string &out);
JsonError read_raw_object(Value &value, std::string &out);
JsonError read_raw_array(Value &value, std::string &out);

// Calls f(key, value) for each member that is not null. f returns a JsonError.
template <typename F>
JsonError each_member(simdjson::ondemand::object &object, F &&f)
{
    for (auto member : object) {
        simdjson::ondemand::field field;
        std::string_view key;
        if (const JsonError error = std::move(member).get(field)) {
            return error;
        }
        if (const JsonError error = field.unescaped_key().get(key)) {
            return error;
        }
        Value value = field.value();
        if (is_null(value)) {
            continue;
        }
        if (const JsonError error = f(key, value)) {
            return error;
        }
    }
    return simdjson::SUCCESS;
}

template <typename F>
JsonError each_member(Value &value, F &&f)
{
    simdjson::ondemand::object object;
    if (const JsonError error = value.get_object().get(object)) {
        return error;
    }
    return each_member(object, std::forward<F>(f));
}

// Calls f(value) for each element that is not null.
template <typename F>
JsonError each_element(Value &value, F &&f)
{
    simdjson::ondemand::array array;
    if (const JsonError error = value.get_array().get(array)) {
        return error;
    }
    for (auto item : array) {
        Value element;
        if (const JsonError error = std::move(item).get(element)) {
            return error;
        }
        if (is_null(element)) {
            continue;
        }
        if (const JsonError error = f(element)) {
            return error;
        }
    }
    return simdjson::SUCCESS;
}

}  // namespace gemlive::protocol
