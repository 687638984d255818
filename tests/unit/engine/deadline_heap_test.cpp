#include "engine/deadline_heap.hpp"

#include <algorithm>
#include <memory>
#include <random>

#include <gtest/gtest.h>

namespace gemlive::engine::test {
namespace {

struct Client final : TimerClient {
    void on_deadline(Clock::time_point) override {}
};

Clock::time_point at(int64_t us)
{
    return Clock::time_point(Clock::duration(us));
}

TEST(DeadlineHeap, GivesTheDueOnesInTheOrderOfTheirDeadlines)
{
    DeadlineHeap heap;
    Client late, early, middle;
    heap.set(late, at(30));
    heap.set(early, at(10));
    heap.set(middle, at(20));

    EXPECT_EQ(heap.next(), at(10));
    EXPECT_EQ(heap.take_due(at(5)), nullptr);
    EXPECT_EQ(heap.take_due(at(20)), &early);
    EXPECT_EQ(heap.take_due(at(20)), &middle);
    EXPECT_EQ(heap.take_due(at(20)), nullptr);
    EXPECT_EQ(heap.next(), at(30));
}

TEST(DeadlineHeap, AnEmptyOneHasNoDeadline)
{
    DeadlineHeap heap;
    EXPECT_EQ(heap.next(), Clock::time_point::max());
    EXPECT_EQ(heap.take_due(Clock::time_point::max()), nullptr);
}

TEST(DeadlineHeap, ADeadlineMovesBothWaysAndIsClearedOnce)
{
    DeadlineHeap heap;
    Client a, b;
    heap.set(a, at(10));
    heap.set(b, at(20));
    heap.set(a, at(30));
    EXPECT_EQ(heap.next(), at(20));
    heap.set(a, at(5));
    EXPECT_EQ(heap.next(), at(5));
    EXPECT_EQ(heap.size(), 2u);
    heap.clear(a);
    heap.clear(a);
    EXPECT_EQ(heap.take_due(at(20)), &b);
    EXPECT_EQ(heap.size(), 0u);
}

// Against a list that is searched.
TEST(DeadlineHeap, AgreesWithASearchedListOverRandomOperations)
{
    std::mt19937 random(7);
    DeadlineHeap heap;
    struct Listed {
        std::unique_ptr<Client> client = std::make_unique<Client>();
        Clock::time_point at = Clock::time_point::max();
    };
    std::vector<Listed> all(300);
    const auto earliest = [&] {
        return std::min_element(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    };
    for (int round = 0; round < 20'000; ++round) {
        Listed &chosen = all[random() % all.size()];
        switch (random() % 3) {
        case 0:
        case 1:
            chosen.at = at(static_cast<int64_t>(random() % 10'000));
            heap.set(*chosen.client, chosen.at);
            break;
        case 2:
            if (TimerClient *const due = heap.take_due(at(static_cast<int64_t>(random() % 5'000)))) {
                const auto taken = std::find_if(all.begin(), all.end(),
                                                [&](const auto &listed) { return listed.client.get() == due; });
                ASSERT_NE(taken, all.end());
                ASSERT_EQ(taken->at, earliest()->at);
                taken->at = Clock::time_point::max();
            } else {
                heap.clear(*chosen.client);
                chosen.at = Clock::time_point::max();
            }
            break;
        }
        ASSERT_EQ(heap.next(), earliest()->at);
    }
}

}  // namespace
}  // namespace gemlive::engine::test
