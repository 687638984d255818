#pragma once

#include <cstddef>

// The allocations of one thread, whoever asks for them: malloc and its kin are replaced in a program that uses these. A
// sanitizer has its own, so in its builds none is counted.
namespace gemlive::test {

void count_allocations(bool on) noexcept;    // of the calling thread, from now on
size_t take_counted_allocations() noexcept;  // those since the last call

}  // namespace gemlive::test
