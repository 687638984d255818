#pragma once

#include <cstring>
#include <string>

#include "guard.hpp"

namespace gemlive::capi {

// Writes a text into the caller's buffer; without one it only says how much that needs.
inline Error copy_out(const std::string &text, char *buffer, size_t capacity, size_t *needed)
{
    if (needed) {
        *needed = text.size() + 1;
    }
    if (!buffer && capacity == 0) {
        return {};
    }
    if (!buffer) {
        return null_argument("buffer");
    }
    if (capacity < text.size() + 1) {
        return {Status::too_small, "the text takes " + std::to_string(text.size() + 1) + " bytes, and capacity is " +
                                       std::to_string(capacity)};
    }
    std::memcpy(buffer, text.c_str(), text.size() + 1);
    return {};
}

}  // namespace gemlive::capi
