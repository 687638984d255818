#include "settings/options.hpp"

#include <cmath>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "base/json_text.hpp"
#include "protocol/utf8.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

const json null_value;

Error refuse(std::string message)
{
    return {Status::invalid_argument, std::move(message)};
}

// Numbers without a fraction are shown as people write them.
std::string shown(double number)
{
    if (number == std::floor(number) && std::fabs(number) < 1e15) {
        return std::to_string(static_cast<int64_t>(number));
    }
    std::ostringstream out;
    out << number;
    return out.str();
}

const json &default_of(const Option &option)
{
    static const std::map<std::string_view, json> *const defaults = [] {
        auto *const made = new std::map<std::string_view, json>;
        for (const Option &entry : option_table()) {
            if (*entry.default_json) {
                (*made)[entry.name] = parse_json<json>(entry.default_json);
            }
        }
        return made;
    }();
    const auto found = defaults->find(option.name);
    return found == defaults->end() ? null_value : found->second;
}

bool is_allowed_word(const Option &option, const std::string &word)
{
    std::istringstream words(option.allowed);
    for (std::string allowed; words >> allowed;) {
        if (word == allowed) {
            return true;
        }
    }
    return false;
}

Error wrong_type(const Option &option)
{
    return refuse(std::string("option ") + option.name + " takes a " + option_type_name(option.type));
}

Error check_number(const Option &option, const json &value)
{
    const double number = value.get<double>();
    if (option.least == option.most || (number >= option.least && number <= option.most)) {
        return {};
    }
    return refuse(std::string("option ") + option.name + " is " + shown(number) + "; allowed is " +
                  shown(option.least) + " to " + shown(option.most));
}

Error check_type(const Option &option, json &value)
{
    switch (option.type) {
    case OptionType::text:
        if (!value.is_string()) {
            return wrong_type(option);
        }
        if (*option.allowed && !is_allowed_word(option, value.get<std::string>())) {
            return refuse(std::string("option ") + option.name + " is \"" + value.get<std::string>() +
                          "\"; allowed is one of: " + option.allowed);
        }
        return {};
    case OptionType::integer:
        if (value.is_number_float() && value.get<double>() == std::floor(value.get<double>())) {
            value = static_cast<int64_t>(value.get<double>());
        }
        return value.is_number_integer() ? check_number(option, value) : wrong_type(option);
    case OptionType::number:
        return value.is_number() ? check_number(option, value) : wrong_type(option);
    case OptionType::boolean:
        if (value.is_number_integer() && (value == 0 || value == 1)) {
            value = value == 1;
        }
        return value.is_boolean() ? Error() : wrong_type(option);
    case OptionType::object:
        return value.is_object() ? Error() : wrong_type(option);
    case OptionType::list:
        return value.is_array() ? Error() : wrong_type(option);
    case OptionType::object_or_boolean:
        if (value.is_boolean()) {
            value = json{{"proactiveAudio", value}};
        }
        return value.is_object() ? Error() : wrong_type(option);
    }
    return wrong_type(option);
}

}  // namespace

std::string environment(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

Error Options::check(std::string_view name, json &value) const
{
    const Option *const option = find_option(name);
    if (!option) {
        return refuse("there is no option \"" + std::string(name) + "\"; the nearest one is \"" +
                      std::string(nearest_option(name)) + "\"");
    }
    if (value.is_null()) {
        return {};
    }
    return check_type(*option, value);
}

Error Options::remember(Error error)
{
    if (error && !first_error_) {
        first_error_ = error;
    }
    return error;
}

Error Options::set(std::string_view name, json value)
{
    Error error = check(name, value);
    if (!error) {
        if (value.is_null() && !find_option(name)->nullable) {
            return unset(name);
        }
        values_[std::string(name)] = std::move(value);
        ordered_.erase(std::string(name));
        unset_.erase(std::string(name));
    }
    return remember(std::move(error));
}

void Options::keep_order(const std::string &name, const ordered_json &given)
{
    if (values_.count(name) && (name == "tools" || name == "setup")) {
        ordered_[name] = given;
    }
}

Error Options::set_text(std::string_view name, std::string_view text)
{
    if (!protocol::valid_utf8(text)) {
        return remember(refuse("option " + std::string(name) + " is not valid UTF-8"));
    }
    const Option *const option = find_option(name);
    if (option && option->type != OptionType::text) {
        return set_json(name, text);
    }
    return set(name, std::string(text));
}

Error Options::set_json(std::string_view name, std::string_view text)
{
    ordered_json value;
    if (Error error = parse_json(text, "option " + std::string(name), value)) {
        return remember(std::move(error));
    }
    Error error = set(name, json(value));
    if (!error) {
        keep_order(std::string(name), value);
    }
    return error;
}

Error Options::set_all(std::string_view text)
{
    ordered_json object;
    if (Error error = parse_json(text, "the JSON of the options", object)) {
        return remember(std::move(error));
    }
    if (!object.is_object()) {
        return remember(refuse("options have to be one JSON object, {\"name\": value, …}"));
    }
    for (const auto &[name, value] : object.items()) {
        json copy(value);
        if (Error error = check(name, copy)) {
            return remember(std::move(error));
        }
    }
    for (const auto &[name, value] : object.items()) {
        set(name, json(value));
        keep_order(name, value);
    }
    return {};
}

Error Options::unset(std::string_view name)
{
    json nothing;
    Error error = check(name, nothing);
    if (!error) {
        values_.erase(std::string(name));
        ordered_.erase(std::string(name));
        unset_.insert(std::string(name));
    }
    return remember(std::move(error));
}

const json &Options::get(std::string_view name) const
{
    const auto found = values_.find(name);
    if (found != values_.end()) {
        return found->second;
    }
    const Option *const option = find_option(name);
    return option ? default_of(*option) : null_value;
}

ordered_json Options::ordered(std::string_view name) const
{
    const auto found = ordered_.find(name);
    return found == ordered_.end() ? ordered_json(get(name)) : found->second;
}

bool Options::is_set(std::string_view name) const
{
    return values_.find(name) != values_.end();
}

bool Options::is_off(std::string_view name) const
{
    const auto found = values_.find(name);
    return found != values_.end() && found->second.is_null();
}

std::string Options::text(std::string_view name) const
{
    const json &value = get(name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

int64_t Options::integer(std::string_view name) const
{
    const json &value = get(name);
    return value.is_number() ? value.get<int64_t>() : 0;
}

bool Options::boolean(std::string_view name) const
{
    const json &value = get(name);
    return value.is_boolean() && value.get<bool>();
}

Options Options::merged(const Options &changes) const
{
    Options result = *this;
    for (const std::string &name : changes.unset_) {
        result.values_.erase(name);
        result.ordered_.erase(name);
    }
    for (const auto &[name, value] : changes.values_) {
        result.values_[name] = value;
        result.ordered_.erase(name);
    }
    for (const auto &[name, value] : changes.ordered_) {
        result.ordered_[name] = value;
    }
    result.remember(changes.first_error_);
    return result;
}

std::vector<const Option *> Options::differences(const Options &other) const
{
    std::vector<const Option *> names;
    for (const Option &option : option_table()) {
        // The order of a schema's properties is told to the model, so it counts.
        if (is_off(option.name) != other.is_off(option.name) || ordered(option.name) != other.ordered(option.name)) {
            names.push_back(&option);
        }
    }
    return names;
}

Options Options::with_values_of(const Options &other, std::span<const Option *const> names) const
{
    Options result = *this;
    for (const Option *const option : names) {
        const std::string name = option->name;
        result.values_.erase(name);
        result.ordered_.erase(name);
        if (const auto value = other.values_.find(name); value != other.values_.end()) {
            result.values_[name] = value->second;
        }
        if (const auto value = other.ordered_.find(name); value != other.ordered_.end()) {
            result.ordered_[name] = value->second;
        }
    }
    return result;
}

}  // namespace gemlive::settings
