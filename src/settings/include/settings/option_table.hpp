#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gemlive::settings {

enum class OptionType : uint8_t { text, integer, number, boolean, object, list, object_or_boolean };

// When a change of the option takes effect on a live session.
enum class OptionEffect : uint8_t {
    in_place,
    turn_end,   // within the connection; where the model cannot, as `reconnect`
    reconnect,  // by a new connection that is made when no reply is cut by that
    next_dial,  // when the session connects for some other reason
    never,
};

// The one list of options. Setters, options JSON, --option, docs and bindings come from it.
struct Option {
    const char *name;
    OptionType type;
    const char *default_json;  // "" = absent
    OptionEffect effect;
    const char *setup_path;    // dotted path in the setup message; "" = not a plain member of it
    const char *about;
    double least = 0;
    double most = 0;           // least == most: any value
    const char *allowed = "";  // of a text: words separated by spaces; "" = any
    bool secret = false;
    bool nullable = false;     // null means off, which differs from absent
};

std::span<const Option> option_table() noexcept;
const Option *find_option(std::string_view name) noexcept;
// The name in the table that a person most likely meant.
std::string_view nearest_option(std::string_view name) noexcept;

const char *option_type_name(OptionType type) noexcept;
const char *option_effect_name(OptionEffect effect) noexcept;  // for people
const char *option_effect_word(OptionEffect effect) noexcept;  // for programs

}  // namespace gemlive::settings
