#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "member_name.hpp"

// The lenient half of the proto3 JSON mapping on top of simdjson On-Demand. A null is an absent member everywhere:
// the reader then leaves its target alone, as it does when it returns an error.
namespace gemlive::protocol {

using Value = simdjson::ondemand::value;
using JsonError = simdjson::error_code;

constexpr JsonError wrong_shape = simdjson::INCORRECT_TYPE;
constexpr JsonError too_deep = simdjson::DEPTH_ERROR;
constexpr JsonError too_many = simdjson::CAPACITY;  // values

// Errors that leave the rest of the message readable, unlike text that is no JSON.
bool is_shape_error(JsonError error) noexcept;

// Some writers of files begin with one; it is no JSON.
std::string_view without_byte_order_mark(std::string_view text) noexcept;

// The text of a scalar as it stands in the message, quotes included.
std::string_view token(Value &value) noexcept;
bool is_null(Value &value) noexcept;

// What stands between the quotes of a member's name, and what that means. `own` is used for the rare name that is
// not text: half a pair in it becomes the replacement character, and a bad escape stays as it is.
std::string_view raw_key(simdjson::ondemand::field &field) noexcept;
std::string_view key_of(simdjson::ondemand::field &field, std::string &own);

JsonError read_text(Value &value, std::string &out);  // also the number of an enum
JsonError read_bool(Value &value, bool &out);         // also "true"
JsonError read_int(Value &value, int64_t &out);       // also "12", 12.0 and 1.2e1

// The text of base64, whose alphabet is looked at by whoever decodes it. It lies in the message, or in the parser
// where it had escapes.
JsonError read_base64(Value &value, std::string_view &out);

// Milliseconds of a Duration; a text that is none is no value.
JsonError read_duration(Value &value, std::optional<int64_t> &out_ms);

// Calls f(key, value) for each member that is not null. f returns a JsonError.
template <typename F>
JsonError each_member(simdjson::ondemand::object &object, F &&f)
{
    for (auto member : object) {
        simdjson::ondemand::field field;
        if (const JsonError error = std::move(member).get(field)) {
            return error;
        }
        std::string own;
        const std::string_view key = key_of(field, own);
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
