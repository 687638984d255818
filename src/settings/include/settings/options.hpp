#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "settings/option_table.hpp"

namespace gemlive::settings {

// Values by name, checked against the option table when they are set.
class Options {
public:
    // Each keeps the first error for first_error() and changes nothing when it fails. A text for an option of another
    // type is read as JSON.
    Error set(std::string_view name, nlohmann::json value);
    Error set_text(std::string_view name, std::string_view text);
    Error set_json(std::string_view name, std::string_view json);
    Error set_all(std::string_view json_object);
    Error unset(std::string_view name);
    const Error &first_error() const noexcept { return first_error_; }

    // The value that was set, else the default, else null. `is_off`: set to null on purpose.
    const nlohmann::json &get(std::string_view name) const;
    // The same with the members of objects in the order in which they were given as text.
    nlohmann::ordered_json ordered(std::string_view name) const;
    bool is_set(std::string_view name) const;
    bool is_off(std::string_view name) const;
    std::string text(std::string_view name) const;
    int64_t integer(std::string_view name) const;
    bool boolean(std::string_view name) const;

    // These options, with what `changes` sets on top. What was unset there has its default again.
    Options merged(const Options &changes) const;
    // Names from the table whose values are others here.
    std::vector<const Option *> differences(const Options &other) const;
    // These options, but for the values that `names` have in `other`.
    Options with_values_of(const Options &other, std::span<const Option *const> names) const;

private:
    Error check(std::string_view name, nlohmann::json &value) const;
    Error remember(Error error);
    void keep_order(const std::string &name, const nlohmann::ordered_json &given);

    std::map<std::string, nlohmann::json, std::less<>> values_;
    std::map<std::string, nlohmann::ordered_json, std::less<>> ordered_;  // those whose order is told to a model
    std::set<std::string, std::less<>> unset_;  // on purpose
    Error first_error_;
};

// A variable of the environment; "" when absent.
std::string environment(const char *name);

}  // namespace gemlive::settings
