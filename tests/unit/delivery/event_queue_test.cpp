#include "delivery/event_queue.hpp"

#include <poll.h>

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace gemlive::delivery {
namespace {

std::shared_ptr<Event> audio(size_t frames)
{
    return make_audio_event(frames).event;
}

std::shared_ptr<Event> plain(EventType type)
{
    return std::make_shared<Event>(type);
}

bool readable(int handle)
{
    pollfd entry{handle, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
}

TEST(EventQueue, NumbersEventsWithoutGapsAndEndsWithClosed)
{
    EventQueue queue(16);
    queue.push(plain(EventType::connecting));
    queue.push(plain(EventType::closed));
    EventPtr event;
    EXPECT_EQ(queue.take(0, event), Status::ok);
    EXPECT_EQ(event->seq, 1u);
    EXPECT_EQ(queue.take(0, event), Status::ok);
    EXPECT_EQ(event->seq, 2u);
    EXPECT_EQ(queue.take(-1, event), Status::closed);
}

TEST(EventQueue, DropsTheOldestAudioAndCountsIt)
{
    EventQueue queue(3);
    EXPECT_TRUE(queue.push(audio(10)));
    EXPECT_TRUE(queue.push(plain(EventType::turn_started)));
    EXPECT_TRUE(queue.push(audio(20)));
    EXPECT_TRUE(queue.push(audio(40)));
    EventPtr event;
    ASSERT_EQ(queue.take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::dropped);
    EXPECT_EQ(event->as<Dropped>()->amount, 10);
    EXPECT_EQ(event->seq, 1u);
    ASSERT_EQ(queue.take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::turn_started);
}

TEST(EventQueue, NeverDropsAnythingElse)
{
    EventQueue queue(2);
    EXPECT_TRUE(queue.push(plain(EventType::turn_started)));
    EXPECT_TRUE(queue.push(plain(EventType::turn_finished)));
    EXPECT_FALSE(queue.push(plain(EventType::usage)));
    EXPECT_TRUE(queue.push(plain(EventType::turn_finished), true)) << "the last events pass the bound";
}

TEST(EventQueue, WakeIsRememberedAndEndsOneWait)
{
    EventQueue queue(4);
    queue.wake();
    EventPtr event;
    EXPECT_EQ(queue.take(-1, event), Status::cancelled);
    EXPECT_EQ(queue.take(0, event), Status::timeout);
}

TEST(EventQueue, SecondDrainerIsTurnedAway)
{
    EventQueue queue(4);
    ASSERT_TRUE(queue.begin_drain());
    EventPtr event;
    EXPECT_EQ(queue.take(0, event), Status::invalid_state);
    EXPECT_FALSE(queue.begin_drain());
    queue.end_drain();
    EXPECT_EQ(queue.take(0, event), Status::timeout);
}

TEST(EventQueue, CancelEndsABlockedTake)
{
    EventQueue queue(4);
    Status status = Status::ok;
    std::thread taker([&] {
        EventPtr event;
        status = queue.take(-1, event);
    });
    queue.cancel();
    taker.join();
    EXPECT_EQ(status, Status::cancelled);
}

TEST(EventQueue, WaitHandleSaysWhatTakeWouldSay)
{
    EventQueue queue(4);
    queue.push(plain(EventType::connecting));
    const int handle = queue.wait_handle();
    if (handle < 0) {
        GTEST_SKIP() << "this system has no wait handle";
    }
    EventPtr event;
    EXPECT_TRUE(readable(handle));
    ASSERT_EQ(queue.take(0, event), Status::ok);
    EXPECT_FALSE(readable(handle));
    queue.wake();
    EXPECT_TRUE(readable(handle));
    EXPECT_EQ(queue.take(0, event), Status::cancelled);
    EXPECT_FALSE(readable(handle));
    queue.push(plain(EventType::closed));
    ASSERT_EQ(queue.take(0, event), Status::ok);
    EXPECT_TRUE(readable(handle)) << "poll answers CLOSED now, not TIMEOUT";
}

TEST(EventQueue, HookFiresWhenTheQueueFillsAndAtOnceWhenItIsFull)
{
    EventQueue queue(8);
    queue.push(plain(EventType::connecting));
    int calls = 0;
    queue.set_hook([&] { ++calls; });
    EXPECT_EQ(calls, 1);
    queue.push(plain(EventType::connected));
    EXPECT_EQ(calls, 1) << "it was not empty";
    EventPtr event;
    queue.take(0, event);
    queue.take(0, event);
    queue.push(plain(EventType::usage));
    EXPECT_EQ(calls, 2);
    queue.set_hook(nullptr);
    queue.take(0, event);
    queue.push(plain(EventType::usage));
    EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace gemlive::delivery
