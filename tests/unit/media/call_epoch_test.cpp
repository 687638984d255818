#include "call_epoch.hpp"

#include <gtest/gtest.h>

namespace gemlive::media {
namespace {

TEST(CallEpoch, NobodyInsideIsLeftAtOnce)
{
    CallEpoch epoch;
    const uint64_t before = epoch.now();
    EXPECT_TRUE(epoch.left_since(before));
    epoch.enter();
    EXPECT_TRUE(epoch.left_since(before));
}

TEST(CallEpoch, ACallIsLeftWhenItIsOverAndNotBefore)
{
    CallEpoch epoch;
    epoch.enter();
    const uint64_t during = epoch.now();
    EXPECT_FALSE(epoch.left_since(during));
    epoch.leave();
    EXPECT_TRUE(epoch.left_since(during));
    epoch.enter();
    EXPECT_TRUE(epoch.left_since(during));
    EXPECT_FALSE(epoch.left_since(epoch.now()));
}

}  // namespace
}  // namespace gemlive::media
