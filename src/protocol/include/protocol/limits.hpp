#pragma once

#include <cstddef>

namespace gemlive::protocol {

constexpr size_t smallest_buffer = 16 * 1024;

// A buffer that one huge message has blown up goes back once messages are small again.
constexpr bool is_wasteful(size_t capacity, size_t needed) noexcept
{
    return capacity > 1024 * 1024 && needed < capacity / 16;
}

}  // namespace gemlive::protocol
