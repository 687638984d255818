#include "realtime_guard.hpp"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace {

constexpr const char *function_names[] = {
    "malloc",          "calloc",          "realloc",        "free",
    "memalign",        "posix_memalign",  "aligned_alloc",  "pthread_mutex_lock",
    "pthread_mutex_trylock", "pthread_mutex_unlock", "pthread_rwlock_rdlock", "pthread_rwlock_wrlock",
    "pthread_cond_wait", "pthread_cond_timedwait", "pthread_cond_clockwait", "pthread_cond_signal",
    "pthread_cond_broadcast", "write",    "read",           "syscall",
    "nanosleep",       "clock_nanosleep", "sched_yield",    "mmap",
    "munmap",
};

enum Function {
    f_malloc, f_calloc, f_realloc, f_free, f_memalign, f_posix_memalign, f_aligned_alloc, f_mutex_lock,
    f_mutex_trylock, f_mutex_unlock, f_rwlock_rdlock, f_rwlock_wrlock, f_cond_wait, f_cond_timedwait,
    f_cond_clockwait, f_cond_signal, f_cond_broadcast, f_write, f_read, f_syscall, f_nanosleep, f_clock_nanosleep,
    f_sched_yield, f_mmap, f_munmap, function_count
};
static_assert(sizeof(function_names) / sizeof(function_names[0]) == function_count);

// Static TLS: the first use of a dynamic one would itself allocate.
__attribute__((tls_model("initial-exec"))) thread_local int guards = 0;
__attribute__((tls_model("initial-exec"))) thread_local uint32_t violations = 0;

}  // namespace

namespace gemlive::testing {

RealtimeGuard::RealtimeGuard() noexcept
{
    ++guards;
}

RealtimeGuard::~RealtimeGuard()
{
    --guards;
}

bool RealtimeGuard::works() noexcept
{
#ifdef GEMLIVE_SANITIZED
    return false;
#else
    return true;
#endif
}

std::string RealtimeGuard::take_violations()
{
    std::string names;
    for (int i = 0; i < function_count; ++i) {
        if ((violations >> i & 1U) != 0) {
            names += names.empty() ? "" : " ";
            names += function_names[i];
        }
    }
    violations = 0;
    return names;
}

}  // namespace gemlive::testing

#ifndef GEMLIVE_SANITIZED

namespace {

void note(Function function) noexcept
{
    if (guards > 0) {
        violations |= 1U << function;
    }
}

// The next definition of the same name. dlsym may allocate and lock, so this must not be reached first under a
// guard; the constructor below sees to that.
void *next_functions[function_count];

template <typename Type>
Type next(Function function) noexcept
{
    if (!next_functions[function]) {
        // Without a version dlsym may give the condition variables of an older, different layout.
        next_functions[function] = dlvsym(RTLD_NEXT, function_names[function], "GLIBC_2.3.2");
    }
    if (!next_functions[function]) {
        next_functions[function] = dlsym(RTLD_NEXT, function_names[function]);
    }
    return reinterpret_cast<Type>(next_functions[function]);
}

__attribute__((constructor)) void find_all()
{
    for (int i = f_mutex_lock; i < function_count; ++i) {
        next<void *>(static_cast<Function>(i));
    }
}

}  // namespace

#define GEMLIVE_INTERPOSE extern "C" __attribute__((visibility("default")))

// The allocator has second names, so these need no look-up, which would allocate.
extern "C" {
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);
void *__libc_memalign(size_t, size_t);
}

GEMLIVE_INTERPOSE void *malloc(size_t size)
{
    note(f_malloc);
    return __libc_malloc(size);
}

GEMLIVE_INTERPOSE void *calloc(size_t count, size_t size)
{
    note(f_calloc);
    return __libc_calloc(count, size);
}

GEMLIVE_INTERPOSE void *realloc(void *memory, size_t size)
{
    note(f_realloc);
    return __libc_realloc(memory, size);
}

GEMLIVE_INTERPOSE void free(void *memory)
{
    note(f_free);
    __libc_free(memory);
}

GEMLIVE_INTERPOSE void *memalign(size_t alignment, size_t size)
{
    note(f_memalign);
    return __libc_memalign(alignment, size);
}

GEMLIVE_INTERPOSE void *aligned_alloc(size_t alignment, size_t size)
{
    note(f_aligned_alloc);
    return __libc_memalign(alignment, size);
}

GEMLIVE_INTERPOSE int posix_memalign(void **memory, size_t alignment, size_t size)
{
    note(f_posix_memalign);
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

#define GEMLIVE_FORWARD(result, name, function, parameters, arguments)  \
    GEMLIVE_INTERPOSE result name parameters                            \
    {                                                                   \
        note(function);                                                 \
        return next<result(*) parameters>(function) arguments;          \
    }

GEMLIVE_FORWARD(int, pthread_mutex_lock, f_mutex_lock, (pthread_mutex_t * mutex), (mutex))
GEMLIVE_FORWARD(int, pthread_mutex_trylock, f_mutex_trylock, (pthread_mutex_t * mutex), (mutex))
GEMLIVE_FORWARD(int, pthread_mutex_unlock, f_mutex_unlock, (pthread_mutex_t * mutex), (mutex))
GEMLIVE_FORWARD(int, pthread_rwlock_rdlock, f_rwlock_rdlock, (pthread_rwlock_t * lock), (lock))
GEMLIVE_FORWARD(int, pthread_rwlock_wrlock, f_rwlock_wrlock, (pthread_rwlock_t * lock), (lock))
GEMLIVE_FORWARD(int, pthread_cond_wait, f_cond_wait, (pthread_cond_t * condition, pthread_mutex_t *mutex),
                (condition, mutex))
GEMLIVE_FORWARD(int, pthread_cond_timedwait, f_cond_timedwait,
                (pthread_cond_t * condition, pthread_mutex_t *mutex, const timespec *until),
                (condition, mutex, until))
GEMLIVE_FORWARD(int, pthread_cond_clockwait, f_cond_clockwait,
                (pthread_cond_t * condition, pthread_mutex_t *mutex, clockid_t clock, const timespec *until),
                (condition, mutex, clock, until))
GEMLIVE_FORWARD(int, pthread_cond_signal, f_cond_signal, (pthread_cond_t * condition), (condition))
GEMLIVE_FORWARD(int, pthread_cond_broadcast, f_cond_broadcast, (pthread_cond_t * condition), (condition))
GEMLIVE_FORWARD(ssize_t, write, f_write, (int file, const void *data, size_t size), (file, data, size))
GEMLIVE_FORWARD(ssize_t, read, f_read, (int file, void *data, size_t size), (file, data, size))
GEMLIVE_FORWARD(int, nanosleep, f_nanosleep, (const timespec *time, timespec *rest), (time, rest))
GEMLIVE_FORWARD(int, clock_nanosleep, f_clock_nanosleep,
                (clockid_t clock, int flags, const timespec *time, timespec *rest), (clock, flags, time, rest))
GEMLIVE_FORWARD(int, sched_yield, f_sched_yield, (), ())
GEMLIVE_FORWARD(void *, mmap, f_mmap,
                (void *address, size_t size, int protection, int flags, int file, off_t offset),
                (address, size, protection, flags, file, offset))
GEMLIVE_FORWARD(int, munmap, f_munmap, (void *address, size_t size), (address, size))

GEMLIVE_INTERPOSE long syscall(long number, ...)
{
    note(f_syscall);
    va_list list;
    va_start(list, number);
    long argument[6];
    for (long &a : argument) {
        a = va_arg(list, long);
    }
    va_end(list);
    return next<long (*)(long, ...)>(f_syscall)(number, argument[0], argument[1], argument[2], argument[3],
                                                argument[4], argument[5]);
}

#endif
