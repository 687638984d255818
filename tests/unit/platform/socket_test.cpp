#include "platform/socket.hpp"

#include <array>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gemlive::platform {
namespace {

// Two ends of one TCP connection on this machine.
class SocketTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *any = reinterpret_cast<sockaddr *>(&address);
        std::error_code error;
        const Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        ASSERT_EQ(bind(listener.number(), any, size), 0);
        ASSERT_EQ(listen(listener.number(), 1), 0);
        getsockname(listener.number(), any, &size);
        ours = open_tcp_socket(false, error);
        ASSERT_TRUE(ours) << error.message();
        static_cast<void>(connect(ours.number(), any, size));
        theirs = Descriptor(accept(listener.number(), nullptr, nullptr));
        ASSERT_TRUE(theirs);
    }

    static bool wait_for(int socket, short events)
    {
        pollfd look{socket, events, 0};
        return poll(&look, 1, 20'000) == 1;
    }

    Descriptor ours;
    Descriptor theirs;
};

TEST_F(SocketTest, ATransferSaysWhatItMovedOrThatItWouldWait)
{
    std::array<char, 100> data{};
    const Transfer nothing = receive(ours.number(), data.data(), data.size());
    EXPECT_TRUE(nothing.would_block);
    EXPECT_EQ(nothing.bytes, 0u);
    ASSERT_EQ(::send(theirs.number(), "hello", 5, 0), 5);
    ASSERT_TRUE(wait_for(ours.number(), POLLIN));
    const Transfer some = receive(ours.number(), data.data(), data.size());
    EXPECT_FALSE(some.error);
    EXPECT_EQ(std::string(data.data(), some.bytes), "hello");
    theirs = Descriptor();
    ASSERT_TRUE(wait_for(ours.number(), POLLIN));
    const Transfer end = receive(ours.number(), data.data(), data.size());
    EXPECT_FALSE(end.error);
    EXPECT_EQ(end.bytes, 0u);
}

TEST_F(SocketTest, WhatThePeerDoesNotAcknowledgeIsKnown)
{
    ASSERT_EQ(unacknowledged_bytes(ours.number()), 0u);
    const std::string much(1 << 20, 'x');
    size_t sent = 0;
    for (;;) {  // until both sides' buffers are full: nobody reads
        const Transfer part = send(ours.number(), much.data(), much.size());
        if (part.would_block) {
            break;
        }
        ASSERT_FALSE(part.error) << part.error.message();
        sent += part.bytes;
    }
    const auto left = unacknowledged_bytes(ours.number());
    ASSERT_TRUE(left);
    EXPECT_GT(*left, 0u);
    EXPECT_LE(*left, sent);
}

TEST_F(SocketTest, AWriteToAConnectionThatIsGoneIsAnErrorAndNoSignal)
{
    const linger now{1, 0};
    setsockopt(theirs.number(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    theirs = Descriptor();
    ASSERT_TRUE(wait_for(ours.number(), POLLIN));
    std::array<char, 10> data{};
    EXPECT_EQ(receive(ours.number(), data.data(), data.size()).error, std::errc::connection_reset);
    EXPECT_EQ(send(ours.number(), data.data(), data.size()).error, std::errc::broken_pipe);
}

}  // namespace
}  // namespace gemlive::platform
