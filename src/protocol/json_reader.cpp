#include "json_reader.hpp"

#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "protocol/duration.hpp"

namespace gemlive::protocol {
namespace {

constexpr double exact_integers = 9007199254740992.0;  // doubles above 2^53 skip integers

bool is_string(std::string_view token) noexcept
{
    return token.size() >= 2 && token.front() == '"';
}

bool parse_integer(std::string_view digits, int64_t &out) noexcept
{
    const char *const end = digits.data() + digits.size();
    const auto whole = std::from_chars(digits.data(), end, out);
    if (whole.ec == std::errc() && whole.ptr == end) {
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

JsonError read_raw_of_type(Value &value, simdjson::ondemand::json_type wanted, std::string &out)
{
    simdjson::ondemand::json_type type;
    if (const JsonError error = value.type().get(type)) {
        return error;
    }
    return type == wanted ? read_raw(value, out) : wrong_shape;
}

}  // namespace

bool is_shape_error(JsonError error) noexcept
{
    return error == simdjson::INCORRECT_TYPE || error == simdjson::STRING_ERROR;
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

JsonError read_text(Value &value, std::string &out)
{
    const std::string_view text = token(value);
    if (is_string(text)) {
        std::string_view unescaped;
        if (const JsonError error = value.get_string().get(unescaped)) {
            return error;
        }
        out.assign(unescaped);
        return simdjson::SUCCESS;
    }
    int64_t number = 0;
    if (!parse_integer(text, number)) {
        return wrong_shape;
    }
    out.assign(text);
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
    std::string_view text = token(value);
    if (is_string(text)) {
        text = text.substr(1, text.size() - 2);
    }
    return parse_integer(text, out) ? simdjson::SUCCESS : wrong_shape;
}

JsonError read_bytes(Value &value, ByteBuffer &out)
{
    std::string_view text = token(value);
    if (!is_string(text)) {
        return wrong_shape;
    }
    // Straight from the message: only what holds an escape, which no base64 needs, is unescaped first.
    text = text.substr(1, text.size() - 2);
    std::optional<size_t> size = base64::decode(text, out.prepare(base64::max_decoded_size(text.size())));
    if (!size && text.find('\\') != std::string_view::npos) {
        if (const JsonError error = value.get_string().get(text)) {
            return error;
        }
        size = base64::decode(text, out.prepare(base64::max_decoded_size(text.size())));
    }
    if (!size) {
        return wrong_shape;
    }
    out.set_size(*size);
    return simdjson::SUCCESS;
}

JsonError read_duration(Value &value, std::optional<int64_t> &out_ms)
{
    std::string_view text = token(value);
    if (!is_string(text)) {
        return wrong_shape;
    }
    if (const JsonError error = value.get_string().get(text)) {
        return error;
    }
    if (const auto duration = parse_duration(text)) {
        out_ms = duration->floor_ms();
    }
    return simdjson::SUCCESS;
}

JsonError read_raw(Value &value, std::string &out)
{
    std::string_view text;
    if (const JsonError error = simdjson::to_json_string(value).get(text)) {
        return error;
    }
    // On-Demand only counted the brackets of what it skipped.
    if (!nlohmann::json::accept(text)) {
        return simdjson::TAPE_ERROR;
    }
    out.resize(text.size() + simdjson::SIMDJSON_PADDING);
    size_t size = 0;
    const JsonError error = simdjson::minify(text.data(), text.size(), out.data(), size);
    out.resize(error ? 0 : size);
    return error;
}

JsonError read_raw_object(Value &value, std::string &out)
{
    return read_raw_of_type(value, simdjson::ondemand::json_type::object, out);
}

JsonError read_raw_array(Value &value, std::string &out)
{
    return read_raw_of_type(value, simdjson::ondemand::json_type::array, out);
}

}  // namespace gemlive::protocol
