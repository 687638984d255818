#include "message_buffer.hpp"

#include <cstring>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace gemlive::net {
namespace {

class MessageBufferTest : public ::testing::Test {
protected:
    void take_in(MessageBuffer &message, size_t size)
    {
        std::string whole(size, '\0');
        for (size_t i = 0; i < size; ++i) {
            whole[i] = static_cast<char>(i * 31);
        }
        for (size_t at = 0; at < size;) {
            message.make_room(size - at);
            const size_t part = std::min(message.room(), size - at);
            ASSERT_GT(part, 0u);
            std::memcpy(message.end(), whole.data() + at, part);
            message.add(part);
            at += part;
        }
        EXPECT_EQ(std::string_view(message.data(), message.size()), whole);
        EXPECT_GE(message.capacity(), size + MessageBuffer::padding);
        message.clear();
    }

    boost::asio::io_context io;
    BufferPool &pool = boost::asio::use_service<BufferPool>(io);
};

TEST_F(MessageBufferTest, SmallMessagesNeedNoBufferOfThePool)
{
    MessageBuffer message(pool);
    take_in(message, 1500);
    EXPECT_EQ(pool.allocated(), 0u);
}

TEST_F(MessageBufferTest, MessagesOfUsualSizesUseTheSameBuffersAgain)
{
    MessageBuffer one(pool);
    MessageBuffer other(pool);
    for (int i = 0; i < 100; ++i) {
        take_in(one, 13'000);
        take_in(other, 100'000);
    }
    EXPECT_EQ(pool.allocated(), 2u);
}

TEST_F(MessageBufferTest, ALargeMessageGivesItsBufferBack)
{
    MessageBuffer message(pool);
    take_in(message, 3'000'000);
    EXPECT_LT(message.capacity(), 4000u);
    const size_t before = pool.allocated();
    take_in(message, 3'000'000);
    EXPECT_GT(pool.allocated(), before) << "nothing so large is kept";
}

TEST_F(MessageBufferTest, APromisedSizeIsNotBelieved)
{
    MessageBuffer message(pool);
    message.make_room(16u << 20);
    EXPECT_LE(message.capacity(), 256u * 1024);
}

}  // namespace
}  // namespace gemlive::net
