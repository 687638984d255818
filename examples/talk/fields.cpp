#include "fields.hpp"

#include <algorithm>
#include <sstream>

namespace gemlive::talk {
namespace {

std::string names_of(std::span<const Field> fields)
{
    std::string names;
    for (const Field &field : fields) {
        names += (names.empty() ? "" : ", ") + std::string(field.name);
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

}  // namespace

std::optional<std::string> check_fields(const Json &command, std::span<const Field> fields)
{
    for (const auto &[name, value] : command.items()) {
        if (name == "do") {
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
        if (field.required && !command.contains(field.name)) {
            return "'" + std::string(field.name) + "' is missing: " + allowed(field);
        }
    }
    return std::nullopt;
}

}  // namespace gemlive::talk
