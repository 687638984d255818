#include "platform/wakeup.hpp"

#include <gtest/gtest.h>
#include <poll.h>

namespace gemlive::platform {
namespace {

bool is_readable(const WakeupHandle &handle)
{
    pollfd look{handle.descriptor(), POLLIN, 0};
    return poll(&look, 1, 0) == 1;
}

TEST(WakeupTest, IsReadableFromSignalToClear)
{
    const WakeupHandle handle = WakeupHandle::create();
    ASSERT_TRUE(handle);
    EXPECT_FALSE(is_readable(handle));
    handle.signal();
    handle.signal();
    EXPECT_TRUE(is_readable(handle));
    handle.clear();
    EXPECT_FALSE(is_readable(handle));
    handle.clear();
    EXPECT_FALSE(is_readable(handle));
}

TEST(WakeupTest, WithoutADescriptorNothingHappens)
{
    const WakeupHandle none;
    EXPECT_FALSE(none);
    EXPECT_EQ(none.descriptor(), -1);
    none.signal();
    none.clear();
}

}  // namespace
}  // namespace gemlive::platform
