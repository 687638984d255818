#include "protocol/utf8.hpp"

#include <simdjson.h>

namespace gemlive::protocol {

bool valid_utf8(std::string_view text) noexcept
{
    return simdjson::validate_utf8(text);
}

}  // namespace gemlive::protocol
