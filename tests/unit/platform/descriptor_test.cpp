#include "platform/descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/socket.hpp"
#include "platform/wakeup.hpp"

namespace gemlive::platform {
namespace {

bool is_open(int number)
{
    return fcntl(number, F_GETFD) >= 0;
}

TEST(DescriptorTest, IsClosedOnceByItsOwner)
{
    Descriptor first(dup(0));
    const int number = first.number();
    Descriptor second = std::move(first);
    EXPECT_FALSE(first);
    EXPECT_EQ(second.number(), number);
    EXPECT_TRUE(is_open(number));
    second = Descriptor();
    EXPECT_FALSE(is_open(number));
}

TEST(DescriptorTest, NoChildInheritsWhatWeOpen)
{
    std::error_code error;
    const Descriptor four = open_tcp_socket(false, error);
    const Descriptor six = open_tcp_socket(true, error);
    const WakeupHandle wakeup = WakeupHandle::create();
    for (const int number : {four.number(), six.number(), wakeup.descriptor()}) {
        if (number >= 0) {  // IPv6 may be missing here
            EXPECT_TRUE(fcntl(number, F_GETFD) & FD_CLOEXEC) << number;
            EXPECT_TRUE(fcntl(number, F_GETFL) & O_NONBLOCK) << number;
        }
    }
    EXPECT_TRUE(four);
}

}  // namespace
}  // namespace gemlive::platform
