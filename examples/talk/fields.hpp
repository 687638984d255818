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
};

// What is wrong with the fields of a command, with what is allowed; nothing when they are right.
std::optional<std::string> check_fields(const Json &command, std::span<const Field> fields);

}  // namespace gemlive::talk
