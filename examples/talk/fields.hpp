#pragma once

#include "result.hpp"

#include <optional>
#include <span>
#include <string>

namespace gemlive::talk {

enum class FieldType { text, whole, truth, object, any };

struct Field {
    const char *name;
    FieldType type;
    bool required = false;
    int64_t least = 0;
    int64_t most = 86'400'000;
    // The words that are allowed, separated by spaces; empty: any text.
    const char *words = "";
    // May also be given as NAME_code_units: UTF-16 code units, which can say what JSON's strings cannot.
    bool code_units = false;
};

// Of a command whose fields the library knows.
inline constexpr Field any_field = {"*", FieldType::any};

// What is wrong with the fields of a command, with what is allowed; nothing when they are right.
std::optional<std::string> check_fields(const Json &command, std::span<const Field> fields);

// The text of the field NAME_code_units of checked fields, where it is given. A surrogate without its other half
// becomes its three bytes, which are no UTF-8: the library is to refuse them.
std::optional<std::string> text_from_code_units(const Json &command, const std::string &name);

}  // namespace gemlive::talk
