#include "base/handle_table.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace gemlive {
namespace {

void destroy(HandleTable &table, uint64_t handle)
{
    ASSERT_NE(table.pin(handle), nullptr);
    ASSERT_TRUE(table.retire(handle));
    while (table.pins(handle) > 1) {
        std::this_thread::yield();
    }
    table.free(handle);
}

TEST(HandleTable, DeadHandlesOfAReusedSlotStayDead)
{
    HandleTable table(1);
    int first = 1;
    int second = 2;
    const uint64_t old = table.insert(&first);
    destroy(table, old);
    const uint64_t fresh = table.insert(&second);
    EXPECT_NE(old, fresh);
    EXPECT_EQ(table.pin(old), nullptr);
    EXPECT_EQ(table.pin(fresh), &second);
    table.unpin(fresh);
    EXPECT_EQ(table.live_count(), 1);
}

TEST(HandleTable, ForeignAndInventedHandlesGiveNothing)
{
    HandleTable table(2);
    int object = 0;
    const uint64_t handle = table.insert(&object);
    EXPECT_EQ(table.pin(0), nullptr);
    EXPECT_EQ(table.pin(handle ^ (uint64_t{3} << 60)), nullptr);
    EXPECT_EQ(table.pin(handle + 1), nullptr);
    EXPECT_EQ(table.pin(handle + (uint64_t{100'000} << 36)), nullptr);
    EXPECT_EQ(HandleTable(1).pin(handle), nullptr);
}

TEST(HandleTable, ANumberOutlivesItsObjectAndIsNeverThatOfAnotherToken)
{
    HandleTable table(1);
    int object = 0;
    std::vector<uint64_t> tokens;
    for (uint8_t number = 1; number <= 20; ++number) {
        tokens.push_back(table.insert(&object));
        EXPECT_EQ(table.recall(tokens.back()), 0) << "the one before had this slot, not this token";
        table.remember(tokens.back(), number);
        destroy(table, tokens.back());
        for (size_t i = 0; i < tokens.size(); ++i) {
            const bool known = i + HandleTable::remembered_tokens >= tokens.size();
            EXPECT_EQ(table.recall(tokens[i]), known ? i + 1 : 0) << "token " << i << " of " << tokens.size();
        }
    }
    EXPECT_EQ(table.recall(0), 0);
    EXPECT_EQ(table.recall(tokens.back() + (uint64_t{100'000} << 36)), 0);
}

TEST(HandleTable, OnlyOneRetires)
{
    HandleTable table(1);
    int object = 0;
    const uint64_t handle = table.insert(&object);
    table.pin(handle);
    table.pin(handle);
    EXPECT_TRUE(table.retire(handle));
    EXPECT_FALSE(table.retire(handle));
    EXPECT_EQ(table.pin(handle), nullptr);
    EXPECT_EQ(table.pins(handle), 2u);
    table.unpin(handle);
    table.free(handle);
    EXPECT_EQ(table.live_count(), 0);
}

TEST(HandleTable, NobodyGetsAnObjectThatIsBeingFreed)
{
    struct Object {
        std::atomic<bool> alive{true};
    };
    HandleTable table(1);
    std::atomic<uint64_t> shared{0};
    std::atomic<bool> stop{false};
    std::atomic<int> dead_seen{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i) {
        readers.emplace_back([&] {
            while (!stop) {
                const uint64_t handle = shared.load();
                if (auto *const object = static_cast<Object *>(table.pin(handle))) {
                    dead_seen += !object->alive.load();
                    table.unpin(handle);
                }
            }
        });
    }
    std::vector<std::unique_ptr<Object>> graveyard;
    for (int i = 0; i < 300; ++i) {
        auto object = std::make_unique<Object>();
        const uint64_t handle = table.insert(object.get());
        shared = handle;
        std::this_thread::yield();
        destroy(table, handle);
        object->alive = false;
        graveyard.push_back(std::move(object));
    }
    stop = true;
    for (std::thread &reader : readers) {
        reader.join();
    }
    EXPECT_EQ(dead_seen.load(), 0);
}

}  // namespace
}  // namespace gemlive
