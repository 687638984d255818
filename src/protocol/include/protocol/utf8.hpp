#pragma once

#include <string_view>

namespace gemlive::protocol {

bool valid_utf8(std::string_view text) noexcept;

}  // namespace gemlive::protocol
