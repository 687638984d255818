#include "fields.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string_view>
#include <vector>

namespace gemlive::talk {
namespace {

constexpr const char *code_units_suffix = "_code_units";
constexpr uint32_t last_code_unit = 0xFFFF;

std::string names_of(std::span<const Field> fields)
{
    std::string names;
    for (const Field &field : fields) {
        names += (names.empty() ? "" : ", ") + std::string(field.name);
        if (field.code_units) {
            names += ", " + std::string(field.name) + code_units_suffix;
        }
    }
    return names.empty() ? "none but do" : names;
}

std::string allowed(const Field &field)
{
    switch (field.type) {
    case FieldType::text: {
        if (*field.words == '\0') {
            return "a string";
        }
        std::istringstream words(field.words);
        std::string list;
        for (std::string word; words >> word;) {
            list += (list.empty() ? "" : " or ") + ('"' + word + '"');
        }
        return list;
    }
    case FieldType::whole:
        return "a whole number from " + std::to_string(field.least) + " to " + std::to_string(field.most);
    case FieldType::truth:
        return "true or false";
    case FieldType::object:
        return "a JSON object";
    case FieldType::any:
        break;
    }
    return "any JSON value";
}

bool has_word(const std::string &words, const std::string &word)
{
    std::istringstream stream(words);
    for (std::string next; stream >> next;) {
        if (next == word) {
            return true;
        }
    }
    return false;
}

bool fits(const Json &value, const Field &field)
{
    switch (field.type) {
    case FieldType::text:
        return value.is_string() && (*field.words == '\0' || has_word(field.words, value.get<std::string>()));
    case FieldType::whole: {
        if (!value.is_number()) {
            return false;
        }
        const double number = value.get<double>();
        return number >= static_cast<double>(field.least) && number <= static_cast<double>(field.most) &&
               number == static_cast<double>(static_cast<int64_t>(number));
    }
    case FieldType::truth:
        return value.is_boolean();
    case FieldType::object:
        return value.is_object();
    case FieldType::any:
        break;
    }
    return true;
}

std::optional<std::string> check_code_units(const Json &command, std::span<const Field> fields,
                                            const std::string &name)
{
    const auto field = std::find_if(fields.begin(), fields.end(), [&name](const Field &known) {
        return known.code_units && name == std::string(known.name) + code_units_suffix;
    });
    if (field == fields.end()) {
        return "'" + name + "' is no field of " + command.value("do", "") + "; allowed: " + names_of(fields);
    }
    const auto is_code_unit = [](const Json &unit) {
        return unit.is_number_unsigned() && unit.get<uint64_t>() <= last_code_unit;
    };
    const Json &units = command.at(name);
    if (!units.is_array() || !std::all_of(units.begin(), units.end(), is_code_unit)) {
        return "'" + name + "' has to be a list of whole numbers from 0 to 65535, not " + one_line(units);
    }
    if (command.contains(field->name)) {
        return "'" + name + "' and '" + field->name + "' exclude each other";
    }
    return std::nullopt;
}

void append_utf8(std::string &text, uint32_t code)
{
    const auto append = [&text](uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        append(code);
        return;
    }
    if (code < 0x800) {
        append(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            append(0xE0 | code >> 12);
        } else {
            append(0xF0 | code >> 18);
            append(0x80 | (code >> 12 & 0x3F));
        }
        append(0x80 | (code >> 6 & 0x3F));
    }
    append(0x80 | (code & 0x3F));
}

}  // namespace

std::optional<std::string> text_from_code_units(const Json &command, const std::string &name)
{
    const auto field = command.find(name + code_units_suffix);
    if (field == command.end()) {
        return std::nullopt;
    }
    const auto units = field->get<std::vector<uint32_t>>();
    std::string text;
    for (size_t at = 0; at < units.size(); ++at) {
        const bool high = (units[at] & 0xFC00) == 0xD800;
        if (high && at + 1 < units.size() && (units[at + 1] & 0xFC00) == 0xDC00) {
            append_utf8(text, 0x10000 + ((units[at] & 0x3FF) << 10 | (units[at + 1] & 0x3FF)));
            ++at;
        } else {
            append_utf8(text, units[at]);
        }
    }
    return text;
}

std::optional<std::string> check_fields(const Json &command, std::span<const Field> fields)
{
    if (fields.size() == 1 && std::string_view(fields.front().name) == any_field.name) {
        return std::nullopt;
    }
    for (const auto &[name, value] : command.items()) {
        if (name == "do") {
            continue;
        }
        if (name.ends_with(code_units_suffix)) {
            if (auto wrong = check_code_units(command, fields, name)) {
                return wrong;
            }
            continue;
        }
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&name = name](const Field &known) { return name == known.name; });
        if (field == fields.end()) {
            return "'" + name + "' is no field of " + command.value("do", "") + "; allowed: " + names_of(fields);
        }
        if (!fits(value, *field)) {
            return "'" + name + "' has to be " + allowed(*field) + ", not " + one_line(value);
        }
    }
    for (const Field &field : fields) {
        const bool given = command.contains(field.name) ||
                           (field.code_units && command.contains(std::string(field.name) + code_units_suffix));
        if (field.required && !given) {
            return "'" + std::string(field.name) + "' is missing: " + allowed(field);
        }
    }
    return std::nullopt;
}

}  // namespace gemlive::talk
