#include "delivery/callback_thread.hpp"

#include <atomic>
#include <chrono>
#include <future>

#include <gtest/gtest.h>

#include "delivery/callback_scope.hpp"
#include "platform/thread.hpp"
#include "queue_fixture.hpp"

namespace gemlive::delivery {
namespace {

constexpr auto deadline = std::chrono::seconds(20);

// Nobody joins a callback thread.
class CallbackThreads : public testing::Test {
protected:
    void TearDown() override { EXPECT_TRUE(platform::wait_until_threads_ended(deadline)); }
};

bool is_kept(std::future<void> &&promise)
{
    return promise.wait_for(deadline) == std::future_status::ready;
}

// One slow callback starved the other sessions of its model for ever.
TEST_F(CallbackThreads, ASlowCallbackStarvesNoOtherSession)
{
    CallbackThread thread;
    EventSource slow(wide);
    EventSource other(wide);
    std::promise<void> heard;
    std::atomic<int> slow_calls{0};
    // Each call leaves one more event behind: the slow session's queue is never empty.
    slow.join(thread.queue(), [&](const EventPtr &) {
        ++slow_calls;
        slow.push(plain(EventType::usage));
    });
    other.join(thread.queue(), [&](const EventPtr &) { heard.set_value(); });
    slow.push(plain(EventType::usage));
    other.push(plain(EventType::connected));
    EXPECT_TRUE(is_kept(heard.get_future()));
    slow.cancel();
    slow.wait_handed_back();
    other.cancel();
    other.wait_handed_back();
}

TEST_F(CallbackThreads, AfterTheEndNoCallbackRuns)
{
    CallbackThread thread;
    EventSource source(wide);
    std::promise<void> entered;
    std::promise<void> leave;
    std::atomic<bool> left{false};
    source.join(thread.queue(), [&](const EventPtr &) {
        entered.set_value();
        leave.get_future().wait_for(deadline);
        left = true;
    });
    source.push(plain(EventType::connecting));
    source.push(plain(EventType::connected));
    ASSERT_TRUE(is_kept(entered.get_future()));
    source.cancel();
    auto end = std::async(std::launch::async, [&] { source.wait_handed_back(); });
    leave.set_value();
    ASSERT_TRUE(is_kept(std::move(end)));
    EXPECT_TRUE(left);
}

// The I/O thread took the session apart, and waited for the callback that had destroyed it.
TEST_F(CallbackThreads, ASessionThatGoesWithinItsCallbackIsWaitedForByNobody)
{
    CallbackThread thread;
    std::promise<void> destroyed;
    std::promise<void> released;
    auto source = std::make_unique<EventSource>(wide);
    std::shared_ptr<void> given(nullptr, [&](void *) { released.set_value(); });
    source->join(thread.queue(), [&, held = given](const EventPtr &) {
        source->cancel();
        source->wait_handed_back();
        auto end = std::async(std::launch::async, [&] { source.reset(); });  // as the I/O thread does
        EXPECT_EQ(end.wait_for(deadline), std::future_status::ready);
        EXPECT_TRUE(CallbackScope::is_active());
        destroyed.set_value();
    });
    given.reset();
    source->push(plain(EventType::connecting));
    EXPECT_TRUE(is_kept(destroyed.get_future()));
    EXPECT_TRUE(is_kept(released.get_future())) << "what the application gave goes after its last callback";
}

TEST_F(CallbackThreads, ACallbackThatThrowsEndsNoThread)
{
    CallbackThread thread;
    EventSource source(wide);
    std::promise<void> heard;
    source.join(thread.queue(), [&](const EventPtr &event) {
        if (event->type == EventType::connecting) {
            throw std::bad_alloc();
        }
        heard.set_value();
    });
    source.push(plain(EventType::connecting));
    source.push(plain(EventType::connected));
    EXPECT_TRUE(is_kept(heard.get_future()));
    source.cancel();
    source.wait_handed_back();
}

}  // namespace
}  // namespace gemlive::delivery
