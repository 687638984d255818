#pragma once

#include <map>
#include <string_view>
#include <vector>

namespace gemlive::emulator::schema {

enum class Type { message, text, boolean, int32, int64, number, bytes, enumeration, structure, any };
enum class For { both, gemini, vertex };

struct Field {
    std::string_view name;  // lowerCamelCase; the original snake_case is taken too
    Type type;
    std::string_view of = {};  // the message's or the enumeration's name
    bool repeated = false;
    bool map = false;  // of text to `type`
    For flavour = For::both;
};

using Message = std::vector<Field>;

// Null if there is none.
const Message *find_message(std::string_view name);
const std::vector<std::string_view> *find_enumeration(std::string_view name);

}  // namespace gemlive::emulator::schema
