#include "reader.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/base64.hpp"
#include "schema.hpp"
#include "schema_rules.hpp"

namespace gemlive::emulator {
namespace {

using schema::Field;
using schema::Type;

constexpr int max_depth = 64;

std::string camel(std::string_view name)
{
    std::string out;
    bool upper = false;
    for (const char c : name) {
        if (c == '_' && !out.empty()) {
            upper = true;
            continue;
        }
        out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = false;
    }
    return out;
}

std::string snake(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (std::isupper(static_cast<unsigned char>(c)))
            out += '_';
        out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

bool parse_number(const Json &value, double &out)
{
    if (value.is_number()) {
        out = value.get<double>();
        return std::isfinite(out);
    }
    if (!value.is_string())
        return false;
    const std::string text = value.get<std::string>();
    char *end = nullptr;
    out = std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0' && std::isfinite(out);
}

// 64 bits do not fit a double, so whole numbers are read on their own.
bool parse_int64(const Json &value, int64_t &out)
{
    if (value.is_number_integer()) {
        if (value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX))
            return false;
        out = value.get<int64_t>();
        return true;
    }
    if (value.is_string()) {
        const std::string text = value.get<std::string>();
        size_t used = 0;
        try {
            out = std::stoll(text, &used);
        } catch (const std::exception &) {
            return false;
        }
        return used == text.size();
    }
    double number = 0;
    if (!parse_number(value, number) || number != std::floor(number) || std::abs(number) > 9.0e18)
        return false;
    out = static_cast<int64_t>(number);
    return true;
}

bool is_base64(const std::string &text)
{
    static thread_local std::vector<uint8_t> scratch;
    scratch.resize(base64::max_decoded_size(text.size()));
    return base64::decode(text, scratch.data()).has_value();
}

class Reader {
public:
    explicit Reader(Flavour flavour) : flavour_(flavour) {}

    Refusal read(const Json &value, std::string_view type, const std::string &path, Json &out, int depth);

private:
    Refusal read_field(const Field &field, const Json &value, const std::string &path, Json &out, int depth);
    Refusal read_value(const Field &field, const Json &value, const std::string &path, Json &out, int depth);

    bool is_for_us(const Field &field) const
    {
        return field.flavour == schema::For::both ||
               (field.flavour == schema::For::gemini) == (flavour_ == Flavour::gemini);
    }

    Flavour flavour_;
};

Refusal wrong_value(const std::string &path, const std::string &type, const Json &value)
{
    return invalid("Invalid value at '" + path + "' (" + type + "), " +
                   value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 60));
}

Refusal Reader::read(const Json &value, std::string_view type, const std::string &path, Json &out, int depth)
{
    if (depth > max_depth)
        return invalid("Invalid JSON payload received. Message too deep. Max recursion depth reached for key ''");
    if (!value.is_object()) {
        const std::string full = "type.googleapis.com/google.ai.generativelanguage." + std::string(type);
        return wrong_value(path, full, value);
    }
    out = Json::object();
    const schema::Message &message = *schema::find_message(type);
    for (const auto &[name, item] : value.items()) {
        const std::string key = camel(name);
        const auto field =
            std::find_if(message.begin(), message.end(), [&](const Field &f) { return f.name == key; });
        if (field == message.end() || !is_for_us(*field)) {
            const std::string where = path.empty() ? "" : " at '" + path + "'";
            return invalid("Invalid JSON payload received. Unknown name \"" + name + "\"" + where +
                           ": Cannot find field.");
        }
        // By proto JSON null is as absent, but one member is known to be refused; it stays visible for that check.
        if (item.is_null() && field->type != Type::any) {
            if (key == "handle")
                out[key] = nullptr;
            continue;
        }
        const std::string at = path.empty() ? snake(key) : path + "." + snake(key);
        if (out.contains(key))
            return invalid("Invalid value at '" + at + "' (oneof), oneof field '" + snake(key) +
                           "' is already set.");
        if (Refusal refusal = read_field(*field, item, at, out[key], depth))
            return refusal;
    }
    return type == "Schema" ? check_schema(out, path) : Refusal{};
}

Refusal Reader::read_field(const Field &field, const Json &value, const std::string &path, Json &out, int depth)
{
    if (field.map) {
        if (!value.is_object())
            return wrong_value(path, "Map", value);
        out = Json::object();
        for (const auto &[key, item] : value.items()) {
            if (Refusal refusal = read_value(field, item, path + "[" + key + "]", out[key], depth))
                return refusal;
        }
        return {};
    }
    if (!field.repeated)
        return read_value(field, value, path, out, depth);
    if (!value.is_array())
        return wrong_value(path, "repeated", value);
    out = Json::array();
    for (size_t i = 0; i < value.size(); ++i) {
        out.push_back(nullptr);
        if (Refusal refusal = read_value(field, value[i], path + "[" + std::to_string(i) + "]", out.back(), depth))
            return refusal;
    }
    return {};
}

Refusal Reader::read_value(const Field &field, const Json &value, const std::string &path, Json &out, int depth)
{
    switch (field.type) {
    case Type::message:
        return read(value, field.of, path, out, depth + 1);
    case Type::any:
        out = value;
        return field.name.ends_with("JsonSchema") ? check_json_schema(value, path) : Refusal{};
    case Type::structure:
        if (!value.is_object())
            return wrong_value(path, "type.googleapis.com/google.protobuf.Struct", value);
        out = value;
        return {};
    case Type::text:
        if (!value.is_string())
            return wrong_value(path, "TYPE_STRING", value);
        out = value;
        return {};
    case Type::boolean:
        if (!value.is_boolean() && value != "true" && value != "false")
            return wrong_value(path, "TYPE_BOOL", value);
        out = value == true || value == "true";
        return {};
    case Type::int32:
    case Type::int64: {
        int64_t number = 0;
        const bool narrow = field.type == Type::int32;
        const bool good = parse_int64(value, number);
        if (!good || (narrow && (number < INT32_MIN || number > INT32_MAX)))
            return wrong_value(path, narrow ? "TYPE_INT32" : "TYPE_INT64", value);
        out = number;
        return {};
    }
    case Type::number: {
        double number = 0;
        if (!parse_number(value, number))
            return wrong_value(path, "TYPE_FLOAT", value);
        out = number;
        return {};
    }
    case Type::bytes:
        if (!value.is_string() || !is_base64(value.get_ref<const std::string &>()))
            return invalid("Invalid value at '" + path + "' (TYPE_BYTES), Base64 decoding failed");
        out = value;
        return {};
    case Type::enumeration: {
        const auto &names = *schema::find_enumeration(field.of);
        const std::string type = "type.googleapis.com/google.ai.generativelanguage." + std::string(field.of);
        if (value.is_number_integer()) {
            const auto index = value.get<int64_t>();
            if (index < 0 || index >= static_cast<int64_t>(names.size()))
                return wrong_value(path, type, value);
            out = std::string(names[static_cast<size_t>(index)]);
            return {};
        }
        if (!value.is_string())
            return wrong_value(path, type, value);
        const std::string name = upper(value.get<std::string>());
        if (std::find(names.begin(), names.end(), name) == names.end())
            return wrong_value(path, type, value);
        out = name;
        return {};
    }
    }
    return {};
}

}  // namespace

Refusal read_client_message(std::string_view text, Flavour flavour, Json &message)
{
    const Json root = parse_json<Json>(text);
    if (root.is_discarded() || !root.is_object())
        return invalid(
            "Invalid JSON payload received. Parser terminated before end of string. Expected an object.");
    if (Refusal refusal = Reader(flavour).read(root, "Request", "", message, 0))
        return refusal;
    if (message.size() > 1) {
        const std::string second = std::next(message.begin()).key();
        return invalid("Invalid value at '' (oneof), oneof field 'message_type' is already set. Cannot set '" +
                       second + "'");
    }
    if (message.empty())
        return invalid("Request contains an invalid argument.");
    return {};
}

}  // namespace gemlive::emulator
