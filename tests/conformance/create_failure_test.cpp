// What a creation that fails leaves behind: nothing. Memory and threads are refused here, one request after the other.
#include "contract.hpp"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <new>
#include <utility>

namespace {

constexpr int64_t many = 1'000'000;
thread_local int64_t allocations_until_failure = -1;  // negative: none fails
std::atomic<bool> threads_fail{false};

}  // namespace

[[gnu::noinline]] void *operator new(size_t bytes)
{
    if (allocations_until_failure >= 0 && allocations_until_failure-- == 0) {
        throw std::bad_alloc();
    }
    if (void *const memory = std::malloc(bytes == 0 ? 1 : bytes)) {
        return memory;
    }
    throw std::bad_alloc();
}

// The standard library asks in this form too, and gives back by the plain delete: one that the sanitizer's new had made would not match it.
[[gnu::noinline]] void *operator new(size_t bytes, const std::nothrow_t &) noexcept
{
    if (allocations_until_failure >= 0 && allocations_until_failure-- == 0) {
        return nullptr;
    }
    return std::malloc(bytes == 0 ? 1 : bytes);
}

[[gnu::noinline]] void operator delete(void *memory) noexcept
{
    std::free(memory);
}

[[gnu::noinline]] void operator delete(void *memory, size_t) noexcept
{
    std::free(memory);
}

extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument)
{
    using Create = int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static const auto real = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
    return threads_fail ? EAGAIN : real(thread, attributes, body, argument);
}

namespace {

using CreateFailure = Contract;

struct Given {
    std::atomic<int> released{0};

    static void GEMLIVE_CALL on_event(const gemlive_event *, void *) {}
    static void GEMLIVE_CALL on_release(void *self) { ++static_cast<Given *>(self)->released; }
};

int64_t live_sessions()
{
    return gemlive_live_object_count(GEMLIVE_OBJECT_SESSION);
}

gemlive_status create(gemlive_model *from, Given &given, gemlive_session **session)
{
    return gemlive_session_create_with_callback(from, nullptr, Given::on_event, &given, Given::on_release, session);
}

// It left a live handle that nobody knew. Refused are the last requests, around the making of the handle and after it: those
// before it are for options, as JSON, whose library cannot give a document back without memory.
TEST_F(CreateFailure, ASessionWithoutMemoryLeavesNoHandle)
{
    constexpr int64_t last = 12;
    gemlive_model *const from = unreachable_model();
    gemlive_session *session = nullptr;
    int64_t needed = 0;
    for (int warm = 0; warm < 2; ++warm) {
        Given given;
        allocations_until_failure = many;
        ASSERT_EQ(create(from, given, &session), GEMLIVE_OK);
        needed = many - std::exchange(allocations_until_failure, -1);
        gemlive_session_destroy(session);
    }
    ASSERT_GT(needed, last) << "the library's allocations do not come through here";
    int failures = 0;
    for (int64_t at = needed - last; at < needed; ++at) {
        Given given;
        allocations_until_failure = at;
        const gemlive_status status = create(from, given, &session);
        allocations_until_failure = -1;
        if (status == GEMLIVE_OK) {
            gemlive_session_destroy(session);
        } else {
            ++failures;
            EXPECT_EQ(status, GEMLIVE_ERROR_OUT_OF_MEMORY) << "at allocation " << at;
            EXPECT_EQ(session, nullptr);
        }
        ASSERT_EQ(live_sessions(), 0) << "at allocation " << at << " of " << needed;
        ASSERT_EQ(given.released, 1) << "at allocation " << at << " of " << needed;
    }
    EXPECT_GT(failures, last / 2);
}

TEST_F(CreateFailure, ASessionWithoutACallbackThreadLeavesNoHandle)
{
    gemlive_model *const from = unreachable_model();
    Given given;
    gemlive_session *session = nullptr;
    threads_fail = true;
    const gemlive_status status = create(from, given, &session);
    threads_fail = false;
    EXPECT_NE(status, GEMLIVE_OK);
    EXPECT_EQ(session, nullptr);
    EXPECT_EQ(live_sessions(), 0);
    EXPECT_EQ(given.released, 1);
}

}  // namespace
