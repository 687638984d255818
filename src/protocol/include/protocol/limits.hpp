#pragma once

#include <cstddef>

namespace gemlive::protocol {

constexpr size_t smallest_buffer = 16 * 1024;

// A buffer that one huge message has blown up goes back once messages are small again.
constexpr bool is_wasteful(size_t capacity, size_t needed) noexcept
{
    return capacity > 1024 * 1024 && needed < capacity / 16;
}

// Entries of a message's lists that are read. The service sends a few; what is more is counted and left out.
constexpr size_t most_parts = 1024;
constexpr size_t most_calls = 256;
constexpr size_t most_words = 4096;
constexpr size_t most_modalities = 32;
constexpr size_t most_unknown = 64;

// Values of a member that is handed on as text, all levels together: looking at more would hold up the other
// sessions.
constexpr size_t most_values = 1'000'000;

}  // namespace gemlive::protocol
