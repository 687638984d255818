#include "json_reader.hpp"

#include <charconv>
#include <cmath>

#include "json_string.hpp"
#include "protocol/duration.hpp"

namespace gemlive::protocol {
namespace {

constexpr double exact_integers = 9007199254740992.0;  // doubles above 2^53 skip integers

bool is_string(std::string_view token) noexcept
{
    return token.size() >= 2 && token.front() == '"';
}

std::string_view without_quotes(std::string_view token) noexcept
{
    return token.substr(1, token.size() - 2);
}

// The text between the quotes of a string, which is then read: what is not read may be followed by anything.
JsonError read_string(Value &value, std::string_view &out) noexcept
{
    const std::string_view text = token(value);
    if (!is_string(text)) {
        return wrong_shape;
    }
    out = without_quotes(text);
    return value.get_raw_json_string().error();
}

bool has_escapes(std::string_view text) noexcept
{
    return text.find('\\') != std::string_view::npos;
}

bool parse_integer(std::string_view digits, int64_t &out) noexcept
{
    const char *const end = digits.data() + digits.size();
    int64_t integer = 0;
    const auto whole = std::from_chars(digits.data(), end, integer);
    if (whole.ec == std::errc() && whole.ptr == end) {
        out = integer;
        return true;
    }
    double number = 0;
    const auto real = std::from_chars(digits.data(), end, number);
    if (real.ec != std::errc() || real.ptr != end || std::trunc(number) != number ||
        std::fabs(number) > exact_integers) {
        return false;
    }
    out = static_cast<int64_t>(number);
    return true;
}

}  // namespace

bool is_shape_error(JsonError error) noexcept
{
    return error == wrong_shape || error == too_deep || error == too_many;
}

std::string_view without_byte_order_mark(std::string_view text) noexcept
{
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

std::string_view token(Value &value) noexcept
{
    std::string_view text = value.raw_json_token();
    const size_t last = text.find_last_not_of(" \t\r\n");
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool is_null(Value &value) noexcept
{
    return token(value) == "null";
}

std::string_view raw_key(simdjson::ondemand::field &field) noexcept
{
    const char *const start = field.key().raw();
    const char *end = start;
    while (*end != '"') {
        end += *end == '\\' ? 2 : 1;
    }
    return {start, static_cast<size_t>(end - start)};
}

std::string_view key_of(simdjson::ondemand::field &field, std::string &own)
{
    const std::string_view raw = raw_key(field);
    std::string_view key;
    if (!has_escapes(raw)) {
        return raw;
    }
    if (!field.unescaped_key().get(key)) {
        return key;
    }
    return unescape_half_pairs(raw, own) ? std::string_view(own) : raw;
}

JsonError read_text(Value &value, std::string &out)
{
    const std::string_view text = token(value);
    if (!is_string(text)) {
        int64_t number = 0;
        if (!parse_integer(text, number)) {
            return wrong_shape;
        }
        out.assign(text);
        return simdjson::SUCCESS;
    }
    std::string_view body;
    if (!has_escapes(text)) {
        const JsonError error = read_string(value, body);
        out.assign(body);
        return error;
    }
    if (value.get_string().get(body)) {
        return unescape_half_pairs(without_quotes(text), out) ? simdjson::SUCCESS : wrong_shape;
    }
    out.assign(body);
    return simdjson::SUCCESS;
}

JsonError read_bool(Value &value, bool &out)
{
    const std::string_view text = token(value);
    if (text == "true" || text == "\"true\"") {
        out = true;
    } else if (text == "false" || text == "\"false\"") {
        out = false;
    } else {
        return wrong_shape;
    }
    return simdjson::SUCCESS;
}

JsonError read_int(Value &value, int64_t &out)
{
    const std::string_view text = token(value);
    return parse_integer(is_string(text) ? without_quotes(text) : text, out) ? simdjson::SUCCESS : wrong_shape;
}

JsonError read_base64(Value &value, std::string_view &out)
{
    const std::string_view text = token(value);
    if (!is_string(text)) {
        return wrong_shape;
    }
    if (!has_escapes(text)) {
        return read_string(value, out);
    }
    return value.get_string().get(out) ? wrong_shape : simdjson::SUCCESS;  // some writers escape / and =
}

JsonError read_duration(Value &value, std::optional<int64_t> &out_ms)
{
    std::string_view text;
    if (const JsonError error = read_string(value, text)) {
        return error;
    }
    if (const auto duration = parse_duration(text)) {
        out_ms = duration->floor_ms();
    }
    return simdjson::SUCCESS;
}

}  // namespace gemlive::protocol
