#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

#include <gtest/gtest.h>

#include "delivery/event.hpp"

#ifndef GEMLIVE_SANITIZED  // whose own allocator cannot be replaced everywhere
namespace {

std::atomic<size_t> allocations{0};

}  // namespace

void *operator new(size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void *const memory = std::malloc(size > 0 ? size : 1)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, size_t) noexcept
{
    std::free(memory);
}

namespace gemlive::delivery {
namespace {

std::string show(std::string_view message)
{
    return std::string(message);
}

TEST(Allocation, AnAudioEventWithSamplesAndMessageIsOne)
{
    const std::string message(3200, 'a');
    const AudioEvent first = make_audio_event(1200, message, show);
    const size_t before = allocations;
    const AudioEvent made = make_audio_event(1200, message, show);
    EXPECT_EQ(allocations - before, 1u);
    EXPECT_EQ(made.samples.size(), 1200u);
}

TEST(Allocation, AudioEventsThatComeAndGoNeedNone)
{
    const std::string message(300, 'a');
    const auto hold_a_few = [&] {
        std::vector<AudioEvent> held;
        held.reserve(20);
        const size_t before = allocations;
        for (size_t i = 0; i < 20; ++i) {
            held.push_back(make_audio_event(4800, message, show));
        }
        return allocations - before;
    };
    hold_a_few();
    EXPECT_EQ(hold_a_few(), 0u);
}

TEST(Allocation, ReadingAnEventsTypedFieldsNeedsNone)
{
    const Event event(EventType::turn_finished, TurnFinished{"completed", "", 3, "a transcript longer than fifteen", 4});
    const size_t before = allocations;
    EXPECT_EQ(event.shown("reason"), "completed");
    EXPECT_EQ(event.shown("transcript").size(), 32u);
    EXPECT_EQ(event.shown_int("heard_ms", -1), 4);
    EXPECT_EQ(allocations - before, 0u);
}

}  // namespace
}  // namespace gemlive::delivery
#endif
