#include "base/chunk_pool.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace gemlive {
namespace {

using Chunk = std::array<uint8_t, 64>;

TEST(ChunkPool, HasABound)
{
    ChunkPool<Chunk> pool(2, 1);
    auto first = pool.take();
    auto second = pool.take();
    EXPECT_TRUE(first);
    EXPECT_TRUE(second);
    EXPECT_FALSE(pool.take());
    pool.give_back(std::move(first));
    EXPECT_TRUE(pool.take());
}

TEST(ChunkPool, KeepsSomeForTheNext)
{
    ChunkPool<Chunk> pool(10, 2);
    std::vector<std::unique_ptr<Chunk>> taken;
    for (int i = 0; i < 4; ++i) {
        taken.push_back(pool.take());
    }
    const Chunk *const last_kept = taken[1].get();
    for (auto &chunk : taken) {
        pool.give_back(std::move(chunk));
    }
    EXPECT_EQ(pool.spare(), 2U);
    EXPECT_EQ(pool.chunks(), 2U);
    const auto chunk = pool.take();
    EXPECT_EQ(chunk.get(), last_kept);
    EXPECT_EQ(pool.spare(), 1U);
    pool.free_spare();
    EXPECT_EQ(pool.spare(), 0U);
    EXPECT_EQ(pool.chunks(), 1U);
    pool.give_back(nullptr);
    EXPECT_EQ(pool.chunks(), 1U);
}

}  // namespace
}  // namespace gemlive
