#include "raw_json.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>

#include "base/json_text.hpp"
#include "json_string.hpp"
#include "protocol/limits.hpp"

namespace gemlive::protocol {
namespace {

using simdjson::ondemand::json_type;

size_t skip_digits(std::string_view text, size_t at) noexcept
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        ++at;
    }
    return at;
}

// The form only: a number may be larger than any type of ours.
bool is_number(std::string_view text) noexcept
{
    const auto is_at = [&](size_t at, std::string_view any) {
        return at < text.size() && any.find(text[at]) != std::string_view::npos;
    };
    const size_t first = is_at(0, "-") ? 1 : 0;
    size_t at = is_at(first, "0") ? first + 1 : skip_digits(text, first);
    bool good = at > first;
    if (good && is_at(at, ".")) {
        const size_t fraction = at + 1;
        at = skip_digits(text, fraction);
        good = at > fraction;
    }
    if (good && is_at(at, "eE")) {
        const size_t exponent = at + (is_at(at + 1, "+-") ? 2 : 1);
        at = skip_digits(text, exponent);
        good = at > exponent;
    }
    return good && at == text.size();
}

// Digits before the point when the number is written without an exponent; negative for zeros behind the point.
int64_t decimal_places(std::string_view number) noexcept
{
    const size_t mark = std::min(number.find_first_of("eE"), number.size());
    const std::string_view digits = number.substr(0, mark);
    const size_t first = digits.find_first_of("123456789");
    if (first == std::string_view::npos) {
        return 0;
    }
    std::string_view sign_and_exponent = number.substr(std::min(mark + 1, number.size()));
    sign_and_exponent.remove_prefix(sign_and_exponent.starts_with('+') ? 1 : 0);
    int64_t exponent = 0;
    const auto result =
        std::from_chars(sign_and_exponent.data(), sign_and_exponent.data() + sign_and_exponent.size(), exponent);
    if (result.ec == std::errc::result_out_of_range) {
        return sign_and_exponent.starts_with('-') ? -1 : 1;
    }
    const auto point = static_cast<int64_t>(std::min(digits.find('.'), digits.size()));
    const auto start = static_cast<int64_t>(first);
    return exponent + (start < point ? point - start : point + 1 - start);
}

// Beyond the range of a double.
bool is_huge(std::string_view number) noexcept
{
    constexpr size_t safe_digits = 300;
    if (number.size() < safe_digits && number.find_first_of("eE") == std::string_view::npos) {
        return false;
    }
    double value = 0;
    const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
    // Too near to zero is out of range as well, and does no harm.
    return result.ec == std::errc::result_out_of_range && decimal_places(number) > 0;
}

// On-Demand checks the brackets that it skips and the values that it is asked for: here it is asked for all.
class Check {
public:
    explicit Check(size_t most) : most_values_(most) {}

    JsonError value(Value &value)
    {
        json_type type;
        if (value.type().get(type)) {
            return wrong_shape;
        }
        if (++values_ > most_values_) {
            return too_many;
        }
        switch (type) {
        case json_type::object: {
            simdjson::ondemand::object object;
            const JsonError error = is_too_deep(value) ? too_deep : value.get_object().get(object);
            return error ? error : members(object);
        }
        case json_type::array: {
            simdjson::ondemand::array array;
            const JsonError error = is_too_deep(value) ? too_deep : value.get_array().get(array);
            return error ? error : elements(array);
        }
        case json_type::string: {
            const std::string_view text = token(value);
            const JsonError error = value.get_raw_json_string().error();
            return error ? error : string(text.substr(1, text.size() - 2));
        }
        case json_type::number:
            return number(token(value));
        default: {
            const std::string_view word = token(value);
            return word == "true" || word == "false" || word == "null" ? simdjson::SUCCESS : wrong_shape;
        }
        }
    }

    JsonError members(simdjson::ondemand::object &object)
    {
        for (auto member : object) {
            simdjson::ondemand::field field;
            if (const JsonError error = std::move(member).get(field)) {
                return error;
            }
            if (const JsonError error = string(raw_key(field))) {
                return error;
            }
            if (const JsonError error = value(field.value())) {
                return error;
            }
        }
        return simdjson::SUCCESS;
    }

    Repairs repairs;

private:
    static bool is_too_deep(Value &value) noexcept { return value.current_depth() > most_json_levels; }

    JsonError elements(simdjson::ondemand::array &array)
    {
        for (auto item : array) {
            Value element;
            if (const JsonError error = std::move(item).get(element)) {
                return error;
            }
            if (const JsonError error = value(element)) {
                return error;
            }
        }
        return simdjson::SUCCESS;
    }

    JsonError number(std::string_view text)
    {
        if (!is_number(text)) {
            return wrong_shape;
        }
        if (is_huge(text)) {
            repairs.huge_numbers.push_back(text);
        }
        return simdjson::SUCCESS;
    }

    JsonError string(std::string_view text) noexcept
    {
        if (text.find('\\') == std::string_view::npos) {
            return simdjson::SUCCESS;
        }
        const Escapes escapes = check_escapes(text);
        repairs.half_pairs = repairs.half_pairs || escapes == Escapes::half_pairs;
        return escapes == Escapes::bad ? wrong_shape : simdjson::SUCCESS;
    }

    const size_t most_values_;
    size_t values_ = 0;
};

// From the bracket at `start` to what was read last.
std::string_view text_since(const char *start, Value &value) noexcept
{
    const char *next = nullptr;
    if (value.current_location().get(next)) {
        return {};
    }
    const std::string_view text(start, static_cast<size_t>(next - start));
    return text.substr(0, text.find_last_of("]}") + 1);
}

JsonError finish(std::string_view text, const Repairs &repairs, std::string &out)
{
    return repairs.huge_numbers.empty() ? compact(text, repairs, out)
                                        : compact(quote_huge_numbers(text, repairs), repairs, out);
}

JsonError read_raw_of_type(Value &value, json_type wanted, std::string &out)
{
    json_type type;
    if (value.type().get(type)) {
        return wrong_shape;
    }
    return type == wanted ? read_raw(value, out) : wrong_shape;
}

}  // namespace

JsonError read_raw(Value &value, std::string &out)
{
    const std::string_view scalar = token(value);
    const bool is_container = scalar.front() == '{' || scalar.front() == '[';
    Check check(most_values);
    if (const JsonError error = check.value(value)) {
        return error;
    }
    return finish(is_container ? text_since(scalar.data(), value) : scalar, check.repairs, out);
}

JsonError read_raw(simdjson::ondemand::object &object, Value &value, std::string &out)
{
    const char *const start = value.raw_json_token().data();
    Check check(most_values);
    if (const JsonError error = check.members(object)) {
        return error;
    }
    return finish(text_since(start, value), check.repairs, out);
}

JsonError read_raw_object(Value &value, std::string &out)
{
    return read_raw_of_type(value, json_type::object, out);
}

JsonError read_raw_array(Value &value, std::string &out)
{
    return read_raw_of_type(value, json_type::array, out);
}

JsonError check_raw(simdjson::ondemand::object &object, Repairs &repairs)
{
    Check check(std::numeric_limits<size_t>::max());  // by whoever asked for it, on a thread of his own
    const JsonError error = check.members(object);
    repairs = std::move(check.repairs);
    return error;
}

std::string quote_huge_numbers(std::string_view text, const Repairs &repairs)
{
    std::string quoted;
    const char *at = text.data();
    for (const std::string_view number : repairs.huge_numbers) {
        quoted.append(at, number.data()).append(1, '"').append(number).append(1, '"');
        at = number.data() + number.size();
    }
    return quoted.append(at, text.data() + text.size());
}

JsonError compact(std::string_view text, const Repairs &repairs, std::string &out)
{
    out.resize(text.size() + simdjson::SIMDJSON_PADDING);
    size_t size = 0;
    const JsonError error = simdjson::minify(text.data(), text.size(), out.data(), size);
    out.resize(error ? 0 : size);
    if (repairs.half_pairs) {
        replace_half_pairs(out);
    }
    return error;
}

void use_documented_names(std::string &text, int levels) noexcept
{
    if (text.find('_') == std::string::npos) {
        return;
    }
    int level = 0;
    size_t out = 0;
    for (size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c != '"') {
            const bool is_object = c == '{' || c == '}';
            level += is_object ? (c == '{' ? 1 : -1) : 0;
            text[out++] = text[at++];
            continue;
        }
        size_t end = at + 1;
        while (end < text.size() && text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        end = std::min(end + 1, text.size());
        const bool is_name = end < text.size() && text[end] == ':' && level <= levels;
        for (; at < end; ++at) {
            const bool joins = is_name && text[at] == '_' && text[at + 1] >= 'a' && text[at + 1] <= 'z' &&
                               text[at - 1] != '"';
            text[out++] = joins ? static_cast<char>(text[++at] - 'a' + 'A') : text[at];
        }
    }
    text.resize(out);
}

}  // namespace gemlive::protocol
