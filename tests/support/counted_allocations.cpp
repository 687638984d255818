#include "support/counted_allocations.hpp"

#include <utility>

namespace {

__attribute__((tls_model("initial-exec"))) thread_local bool counting = false;
__attribute__((tls_model("initial-exec"))) thread_local size_t counted = 0;

}  // namespace

#ifndef GEMLIVE_SANITIZED
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

void *malloc(size_t size)
{
    counted += counting;
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size)
{
    counted += counting;
    return __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size)
{
    counted += counting;
    return __libc_realloc(memory, size);
}
}
#endif

namespace gemlive::test {

void count_allocations(bool on) noexcept
{
    counting = on;
}

size_t take_counted_allocations() noexcept
{
    return std::exchange(counted, 0);
}

}  // namespace gemlive::test
