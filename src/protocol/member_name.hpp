#pragma once

#include <string_view>

namespace gemlive::protocol {

// Compares with the lowerCamelCase name; takes the snake_case spelling too.
bool is_named(std::string_view key, std::string_view camel) noexcept;

}  // namespace gemlive::protocol
