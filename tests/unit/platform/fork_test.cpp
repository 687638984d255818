#include "platform/fork.hpp"

#include <cstdlib>
#include <future>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/thread.hpp"

namespace gemlive::platform {
namespace {

using namespace std::chrono_literals;

bool is_told_apart_in_a_child()
{
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);
        _exit(is_forked_child() ? 1 : 0);
    }
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    return WEXITSTATUS(status) == 1;
}

TEST(ForkTest, AChildIsToldApartWhileThreadsRunAndOnlyThen)
{
    ASSERT_TRUE(wait_until_threads_ended(20s));
    EXPECT_FALSE(is_told_apart_in_a_child());
    std::promise<void> gate;
    start_thread("gemlive-test", [&gate] { gate.get_future().wait(); });
    EXPECT_TRUE(is_told_apart_in_a_child());
    EXPECT_FALSE(is_forked_child());
    gate.set_value();
    ASSERT_TRUE(wait_until_threads_ended(20s));
    EXPECT_FALSE(is_told_apart_in_a_child());
}

}  // namespace
}  // namespace gemlive::platform
