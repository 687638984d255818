#include "playout_queue.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

#include <map>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;
using Passed = PlayoutQueue::Passed;

constexpr PlayoutPosition origin{1, 0};

class PlayoutQueueTest : public ::testing::Test {
protected:
    // Says how many samples got in.
    size_t append(uint64_t turn, size_t frames, int16_t value, int sample_rate = 24000)
    {
        size_t all = 0;
        while (all < frames) {
            const auto room = queue_.room(turn, offsets_[turn], sample_rate, frames - all);
            if (room.empty()) {
                break;
            }
            std::fill(room.begin(), room.end(), value);
            queue_.publish(room.size());
            offsets_[turn] += room.size();
            all += room.size();
        }
        return all;
    }

    // One call of the reader: takes up to `frames` from where it is.
    std::vector<int16_t> read(size_t frames)
    {
        std::vector<int16_t> got;
        queue_.enter();
        while (got.size() < frames) {
            const auto front = queue_.front(at_);
            if (!front.chunk) {
                break;
            }
            const size_t taken = std::min(front.frames, frames - got.size());
            if (!queue_.claim(at_, at_.after(taken))) {
                break;
            }
            const auto begin = front.chunk->samples.begin() + static_cast<ptrdiff_t>(front.offset);
            got.insert(got.end(), begin, begin + static_cast<ptrdiff_t>(taken));
        }
        queue_.leave(at_);
        return got;
    }

    std::vector<Passed> claimed()
    {
        std::vector<Passed> all;
        queue_.take_claimed([&](const Passed &passed) { all.push_back(passed); });
        return all;
    }

    // The frames jumped over.
    size_t jump(bool to_end)
    {
        size_t frames = 0;
        queue_.jump(
            to_end, [&](const Passed &passed) { claimed_by_jump_ += passed.frames; },
            [&](const Passed &passed) { frames += passed.frames; });
        return frames;
    }

    PlayoutQueue queue_{8};
    PlayoutPosition at_ = origin;
    std::map<uint64_t, uint64_t> offsets_;
    size_t claimed_by_jump_ = 0;
};

TEST_F(PlayoutQueueTest, IsEmptyAtFirst)
{
    EXPECT_TRUE(queue_.empty());
    EXPECT_FALSE(queue_.full());
    EXPECT_EQ(queue_.chunks(), 0U);
    EXPECT_TRUE(read(10).empty());
    EXPECT_TRUE(claimed().empty());
    EXPECT_EQ(jump(true), 0U);
}

TEST_F(PlayoutQueueTest, WhatIsNotPublishedIsNotRead)
{
    const auto room = queue_.room(1, 0, 24000, 500);
    ASSERT_EQ(room.size(), 500U);
    std::fill(room.begin(), room.end(), int16_t{5});
    EXPECT_TRUE(read(10).empty());
    queue_.publish(200);
    EXPECT_EQ(read(1000), std::vector<int16_t>(200, 5));
}

TEST_F(PlayoutQueueTest, TellsOfEachTurnWhatTheReaderClaimed)
{
    append(1, 6000, 1);
    append(2, 1000, 2, 16000);
    EXPECT_EQ(queue_.appended_frames(), 7000U);
    EXPECT_EQ(read(6500).size(), 6500U);
    const auto passed = claimed();
    ASSERT_EQ(passed.size(), 3U);  // the first turn needed two chunks
    EXPECT_EQ(passed[0].turn, 1U);
    EXPECT_EQ(passed[0].frames + passed[1].frames, 6000U);
    EXPECT_EQ(passed[2].turn, 2U);
    EXPECT_EQ(passed[2].sample_rate, 16000);
    EXPECT_EQ(passed[2].frames, 500U);
    EXPECT_FALSE(queue_.empty());
    read(500);
    EXPECT_EQ(claimed().size(), 1U);
    EXPECT_TRUE(queue_.empty());
}

TEST_F(PlayoutQueueTest, AJumpTakesWhatTheReaderHasNotClaimed)
{
    append(1, 10000, 1);
    read(3000);
    EXPECT_EQ(jump(true), 7000U);
    EXPECT_EQ(claimed_by_jump_, 3000U);
    EXPECT_TRUE(queue_.empty());
    EXPECT_FALSE(queue_.claim(at_, at_.after(1)));
}

TEST_F(PlayoutQueueTest, AShortJumpTakesTheOldestChunk)
{
    append(1, 3 * chunk_frames, 1);
    read(100);
    EXPECT_EQ(jump(false), chunk_frames - 100);
    EXPECT_EQ(jump(false), chunk_frames);
}

TEST_F(PlayoutQueueTest, TheChunkOfAJumpStaysUntilTheReaderHasSeenIt)
{
    append(1, 1000, 7);
    read(400);
    const PlayoutPosition place = at_;
    jump(true);
    for (int i = 0; i < 20; ++i) {
        append(2, chunk_frames, 8);
        jump(true);
    }
    queue_.enter();
    EXPECT_NE(queue_.cursor(), place);
    const PlayoutChunk *const chunk = queue_.jumped_from(place);
    ASSERT_TRUE(chunk);
    EXPECT_EQ(chunk->samples[place.offset()], 7);
    EXPECT_FALSE(queue_.jumped_from(origin));
    at_ = queue_.cursor();
    queue_.leave(at_);
    append(3, 10, 9);
    EXPECT_EQ(read(20), std::vector<int16_t>(10, 9));
}

TEST_F(PlayoutQueueTest, NothingIsReusedWhileTheCallRunsThatMayLookAtIt)
{
    append(1, 100, 7);
    queue_.enter();
    const auto front = queue_.front(at_);
    ASSERT_TRUE(front.chunk);
    jump(true);
    append(2, 3 * chunk_frames, 8);
    jump(true);
    append(3, 3 * chunk_frames, 9);
    EXPECT_EQ(front.chunk->turn, 1U);
    EXPECT_EQ(front.chunk->samples[0], 7);
    queue_.leave(at_);
}

TEST_F(PlayoutQueueTest, SteadyUseNeedsNoNewChunks)
{
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(append(1, 1000, 1), 1000U);
        read(1000);
        claimed();
        queue_.reclaim();
        ASSERT_LE(queue_.chunks(), 3U);
    }
    queue_.free_spare();
    EXPECT_LE(queue_.chunks(), 1U);
}

TEST_F(PlayoutQueueTest, GrowsToItsBoundAndGivesBack)
{
    size_t chunks = 0;
    for (; !queue_.full(); ++chunks) {
        ASSERT_EQ(append(1, chunk_frames, 1), chunk_frames);
    }
    EXPECT_EQ(chunks, 8U);
    EXPECT_EQ(jump(true), 8 * chunk_frames);
    EXPECT_FALSE(queue_.full());
    read(1);  // it has seen the jump
    at_ = queue_.cursor();
    read(1);
    queue_.reclaim();
    queue_.free_spare();
    EXPECT_EQ(queue_.chunks(), 0U);
}

TEST_F(PlayoutQueueTest, AReaderThatHangsInsideACallCostsABoundedAmount)
{
    queue_.enter();
    size_t rounds = 0;
    while (append(1, chunk_frames, 1) == chunk_frames) {
        jump(true);
        ASSERT_LT(++rounds, 200U);
    }
    EXPECT_LE(queue_.chunks(), 8U + 64U);
    queue_.leave(at_);
    queue_.reclaim();
    EXPECT_EQ(append(1, chunk_frames, 1), chunk_frames);
}

TEST_F(PlayoutQueueTest, RoomIsNeverAFewSamplesOnly)
{
    append(1, chunk_frames - 10, 1);
    EXPECT_EQ(queue_.room(1, offsets_[1], 24000, 10).size(), 10U);
    EXPECT_EQ(queue_.room(1, offsets_[1], 24000, 3000).size(), 3000U);
    queue_.publish(3000);
    EXPECT_EQ(read(20000).size(), chunk_frames - 10 + 3000);
}

}  // namespace
}  // namespace gemlive::media
