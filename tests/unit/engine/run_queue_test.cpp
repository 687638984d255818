#include "engine/run_queue.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace gemlive::engine::test {
namespace {

namespace asio = boost::asio;

class RunQueueTest : public ::testing::Test {
protected:
    // As a handler of something that happened on the network.
    void happens(std::function<void()> work)
    {
        asio::post(io, [this, work = std::move(work)] { queue.run(work); });
    }
    auto says(const char *word)
    {
        return [this, word] { said += word; };
    }

    asio::io_context io{1};
    RunQueue &queue = RunQueue::of(io);
    std::string said;
};

TEST_F(RunQueueTest, WhatIsPostedRunsBehindTheHandlerAndBeforeTheNext)
{
    happens([this] {
        queue.post([this] {
            said += "b";
            queue.post(says("d"));
        });
        queue.post(says("c"));
        said += "a";
    });
    happens(says("e"));
    io.run();
    EXPECT_EQ(said, "abcde");
}

TEST_F(RunQueueTest, FromOutsideOfAHandlerItGoesTheWayOfAsio)
{
    asio::post(io, says("a"));
    queue.post([this] {
        queue.post(says("c"));
        said += "b";
    });
    asio::post(io, says("d"));
    EXPECT_EQ(said, "");
    io.run();
    EXPECT_EQ(said, "abcd");
}

TEST_F(RunQueueTest, OneThatPostsForEverDoesNotKeepTheOthersFromTheirTurn)
{
    int turns = 0;
    bool others = false;
    std::function<void()> again = [&] {
        if (!others && ++turns < 100'000) {
            queue.post(again);
        }
    };
    happens(again);
    asio::post(io, [&] { others = true; });
    io.run();
    EXPECT_TRUE(others);
    EXPECT_LT(turns, 1'000);
}

TEST_F(RunQueueTest, WhatFollowsSomethingThatThrowsIsDone)
{
    happens([this] {
        queue.post([] { throw std::runtime_error("of a handler"); });
        queue.post(says("a"));
    });
    happens([this] {
        queue.post(says("b"));
        throw std::runtime_error("of the work");
    });
    int thrown = 0;
    for (bool running = true; running;) {
        try {
            io.run();
            running = false;
        } catch (const std::runtime_error &) {
            ++thrown;
        }
    }
    EXPECT_EQ(thrown, 2);
    EXPECT_EQ(said, "ab");
}

TEST_F(RunQueueTest, WhatIsLeftGoesWithTheContext)
{
    const auto held = std::make_shared<int>(0);
    {
        asio::io_context short_lived{1};
        RunQueue &its = RunQueue::of(short_lived);
        asio::post(short_lived, [&its, held] {
            its.run([&] {
                its.post([held] {});
                throw std::runtime_error("before its end");
            });
        });
        EXPECT_THROW(short_lived.run(), std::runtime_error);
        EXPECT_GT(held.use_count(), 1);
    }
    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace gemlive::engine::test
