#include "platform/background.hpp"

#include <atomic>
#include <future>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "platform/thread.hpp"

namespace gemlive::platform {
namespace {

using namespace std::chrono_literals;

TEST(BackgroundTest, WorkIsDoneInTheOrderOfItsTimesOnOneThreadThatGoes)
{
    const int owner = 0;
    std::vector<int> done;  // of the background thread, until it has ended
    std::promise<void> begun;
    std::promise<void> go_on;
    const Clock::time_point now = Clock::now();
    do_in_background(&owner, now, [&] {
        begun.set_value();
        go_on.get_future().wait();
    });
    begun.get_future().wait();
    do_in_background(&owner, now + 3ms, [&] { done.push_back(3); });
    do_in_background(&owner, now + 2ms, [] { throw std::runtime_error("it is dropped, and the rest is done"); });
    do_in_background(&owner, now + 1ms, [&] { done.push_back(1); });
    EXPECT_EQ(thread_count(), 1U);
    go_on.set_value();
    EXPECT_TRUE(wait_until_threads_ended(20s));
    EXPECT_EQ(done, (std::vector<int>{1, 3}));
}

TEST(BackgroundTest, WorkOfAnOwnerThatLeavesIsNotDoneAndKeepsNoThread)
{
    const int leaving = 0;
    const int staying = 0;
    std::atomic<int> done{0};
    do_in_background(&leaving, Clock::now() + 1h, [&] { done += 100; });
    do_in_background(&staying, Clock::now() + 1ms, [&] { done += 1; });
    cancel_in_background(&leaving);
    EXPECT_TRUE(wait_until_threads_ended(20s));
    EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace gemlive::platform
