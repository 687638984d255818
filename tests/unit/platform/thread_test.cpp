#include "platform/thread.hpp"

#include <atomic>
#include <csignal>
#include <fstream>
#include <future>
#include <string>

#include <gtest/gtest.h>
#include <pthread.h>

namespace gemlive::platform {
namespace {

using namespace std::chrono_literals;

TEST(ThreadTest, OurThreadsTakeNoSignalOfTheApplication)
{
    std::promise<sigset_t> blocked;
    start_thread("gemlive-test", [&blocked] {
        sigset_t mask;
        pthread_sigmask(SIG_SETMASK, nullptr, &mask);
        blocked.set_value(mask);
    });
    const sigset_t mask = blocked.get_future().get();
    for (int signal = 1; signal < 32; ++signal) {
        if (signal != SIGKILL && signal != SIGSTOP) {
            EXPECT_EQ(sigismember(&mask, signal), 1) << signal;
        }
    }
    sigset_t mine;
    pthread_sigmask(SIG_SETMASK, nullptr, &mine);
    EXPECT_EQ(sigismember(&mine, SIGTERM), 0) << "the starter's own mask has to come back";
    EXPECT_TRUE(wait_until_threads_ended(20s));
}

TEST(ThreadTest, OurThreadsHaveNames)
{
    std::promise<std::string> name;
    start_thread("gemlive-test", [&name] {
        char text[16] = "";
        pthread_getname_np(pthread_self(), text, sizeof text);
        name.set_value(text);
    });
    EXPECT_EQ(name.get_future().get(), "gemlive-test");
    EXPECT_TRUE(wait_until_threads_ended(20s));
}

TEST(ThreadTest, ThreadsAreCountedUntilTheyHaveEnded)
{
    ASSERT_TRUE(wait_until_threads_ended(20s));
    EXPECT_EQ(thread_count(), 0u);
    std::promise<void> gate;
    start_thread("gemlive-test", [&gate] { gate.get_future().wait(); });
    EXPECT_EQ(thread_count(), 1u);
    EXPECT_FALSE(wait_until_threads_ended(0ms));
    gate.set_value();
    EXPECT_TRUE(wait_until_threads_ended(20s));
    EXPECT_EQ(thread_count(), 0u);
}

TEST(ThreadTest, WhatABodyHoldsIsReleasedOnItsThreadBeforeItCountsAsEnded)
{
    const auto held = std::make_shared<int>(1);
    start_thread("gemlive-test", [copy = held] {});
    EXPECT_TRUE(wait_until_threads_ended(20s));
    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace gemlive::platform
