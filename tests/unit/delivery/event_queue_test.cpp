#include "delivery/event_queue.hpp"

#include <poll.h>

#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "queue_fixture.hpp"

namespace gemlive::delivery {
namespace {

bool readable(int handle)
{
    pollfd entry{handle, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
}

TEST(EventQueue, NumbersEventsWithoutGapsAndEndsWithClosed)
{
    OneSession session;
    session.source.push(plain(EventType::connecting));
    session.source.push(plain(EventType::closed));
    EventPtr event;
    EXPECT_EQ(session.queue->take(0, event), Status::ok);
    EXPECT_EQ(event->seq, 1u);
    EXPECT_EQ(session.queue->take(0, event), Status::ok);
    EXPECT_EQ(event->seq, 2u);
    EXPECT_EQ(session.queue->take(-1, event), Status::closed);
}

TEST(EventQueue, DropsTheOldestAudioAndCountsIt)
{
    OneSession session({.events = 3, .bytes = no_bound});
    EXPECT_TRUE(session.source.push(audio(10)));
    EXPECT_TRUE(session.source.push(plain(EventType::turn_started)));
    EXPECT_TRUE(session.source.push(audio(20)));
    EXPECT_TRUE(session.source.push(audio(40)));
    EventPtr event;
    ASSERT_EQ(session.queue->take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::dropped);
    EXPECT_EQ(event->as<Dropped>()->amount, 10);
    EXPECT_EQ(event->seq, 1u);
    ASSERT_EQ(session.queue->take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::turn_started);
    EXPECT_EQ(session.queue->size(), 2u);
}

TEST(EventQueue, NeverDropsAnythingElse)
{
    OneSession session({.events = 2, .bytes = no_bound});
    EXPECT_TRUE(session.source.push(plain(EventType::turn_started)));
    EXPECT_TRUE(session.source.push(plain(EventType::turn_finished)));
    EXPECT_FALSE(session.source.push(plain(EventType::usage)));
    EXPECT_TRUE(session.source.push(plain(EventType::turn_finished), true)) << "the last events pass the bound";
}

TEST(EventQueue, AudioThatFindsTheQueueFullOfOthersIsDroppedAndCounted)
{
    OneSession session({.events = 2, .bytes = no_bound});
    EXPECT_TRUE(session.source.push(plain(EventType::turn_started)));
    EXPECT_TRUE(session.source.push(plain(EventType::usage)));
    EXPECT_TRUE(session.source.push(audio(10)));
    EventPtr event;
    ASSERT_EQ(session.queue->take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::dropped);
}

TEST(EventQueue, IsBoundedByBytesToo)
{
    OneSession session({.events = 1000, .bytes = 100'000});
    EXPECT_TRUE(session.source.push(audio(100'000))) << "one event may wait, whatever its size";
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(session.source.push(audio(10'000)));
    }
    EXPECT_LE(session.queue->size(), 5u);
    EventPtr event;
    ASSERT_EQ(session.queue->take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::dropped);
    EXPECT_GE(event->as<Dropped>()->amount, 160'000);
}

TEST(EventQueue, TwoGigabytesOfTranscriptsCloseTheSession)
{
    constexpr size_t bound = 1'000'000;
    OneSession session({.events = 65'536, .bytes = bound});
    size_t taken = 0;
    while (session.source.push(words(10'000)) && taken < 1000) {
        ++taken;
    }
    EXPECT_GE(taken, 50u);
    EXPECT_LE(taken, 100u) << "what is kept stays within the bound";
}

TEST(EventQueue, WakeIsRememberedAndEndsOneWait)
{
    OneSession session;
    session.queue->wake();
    EventPtr event;
    EXPECT_EQ(session.queue->take(-1, event), Status::cancelled);
    EXPECT_EQ(session.queue->take(0, event), Status::timeout);
}

TEST(EventQueue, SecondDrainerIsTurnedAway)
{
    OneSession session;
    ASSERT_TRUE(session.queue->begin_drain());
    EventPtr event;
    EXPECT_EQ(session.queue->take(0, event), Status::invalid_state);
    EXPECT_FALSE(session.queue->begin_drain());
    session.queue->end_drain();
    EXPECT_EQ(session.queue->take(0, event), Status::timeout);
}

TEST(EventQueue, CancelEndsABlockedTake)
{
    OneSession session;
    auto taker = std::async(std::launch::async, [&] {
        EventPtr event;
        return session.queue->take(-1, event);
    });
    session.queue->cancel();
    EXPECT_EQ(taker.get(), Status::cancelled);
    EXPECT_TRUE(session.source.push(plain(EventType::usage))) << "it is gone, and nobody's fault";
    EXPECT_EQ(session.queue->size(), 0u);
}

TEST(EventQueue, WaitHandleSaysWhatTakeWouldSay)
{
    OneSession session;
    EventQueue &queue = *session.queue;
    session.source.push(plain(EventType::connecting));
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
    session.source.push(plain(EventType::closed));
    ASSERT_EQ(queue.take(0, event), Status::ok);
    EXPECT_TRUE(readable(handle)) << "poll answers CLOSED now, not TIMEOUT";
}

TEST(EventQueue, HookFiresWhenTheQueueFillsAndAtOnceWhenItIsFull)
{
    OneSession session;
    EventQueue &queue = *session.queue;
    session.source.push(plain(EventType::connecting));
    int calls = 0;
    queue.set_hook([&] { ++calls; });
    EXPECT_EQ(calls, 1);
    session.source.push(plain(EventType::connected));
    EXPECT_EQ(calls, 1) << "it was not empty";
    EventPtr event;
    queue.take(0, event);
    queue.take(0, event);
    session.source.push(plain(EventType::usage));
    EXPECT_EQ(calls, 2);
    queue.set_hook(nullptr);
    queue.take(0, event);
    session.source.push(plain(EventType::usage));
    EXPECT_EQ(calls, 2);
}

TEST(EventQueue, ABatchWakesOnce)
{
    OneSession session;
    int calls = 0;
    session.queue->set_hook([&] { ++calls; });
    const int handle = session.queue->wait_handle();
    session.source.begin_batch();
    session.source.push(plain(EventType::turn_started));
    session.source.begin_batch();
    session.source.push(plain(EventType::usage));
    EXPECT_EQ(calls, 0);
    EXPECT_TRUE(handle < 0 || !readable(handle));
    EXPECT_EQ(session.queue->size(), 2u) << "who looks finds them";
    session.source.end_batch();
    EXPECT_EQ(calls, 1);
    EXPECT_TRUE(handle < 0 || readable(handle));
}

TEST(EventQueue, SessionsThatShareTakeTurns)
{
    const auto queue = std::make_shared<EventQueue>();
    EventSource busy(wide);
    EventSource calm(wide);
    busy.join(queue);
    calm.join(queue);
    for (int i = 0; i < 10; ++i) {
        busy.push(plain(EventType::usage));
    }
    calm.push(plain(EventType::connected));
    EventPtr event;
    ASSERT_EQ(queue->take(0, event), Status::ok);
    EXPECT_EQ(event->seq, 1u);
    ASSERT_EQ(queue->take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::connected) << "not behind ten of the busy one";
    EXPECT_EQ(event->seq, 1u) << "each session counts for itself";
    ASSERT_EQ(queue->take(0, event), Status::ok);
    EXPECT_EQ(event->seq, 2u);
}

TEST(EventQueue, TheBoundCountsForEachSessionThatShares)
{
    const auto queue = std::make_shared<EventQueue>();
    EventSource full({.events = 1, .bytes = no_bound});
    EventSource other({.events = 1, .bytes = no_bound});
    full.join(queue);
    other.join(queue);
    EXPECT_TRUE(full.push(plain(EventType::usage)));
    EXPECT_FALSE(full.push(plain(EventType::usage)));
    EXPECT_TRUE(other.push(plain(EventType::usage)));
}

TEST(EventQueue, WhatIsCancelledLeavesNothingInASharedQueue)
{
    const auto queue = std::make_shared<EventQueue>();
    EventSource gone(wide);
    EventSource stays(wide);
    gone.join(queue);
    stays.join(queue);
    gone.push(plain(EventType::usage));
    stays.push(plain(EventType::connected));
    gone.push(plain(EventType::usage));
    gone.cancel();
    gone.push(plain(EventType::usage));
    EventPtr event;
    ASSERT_EQ(queue->take(0, event), Status::ok);
    EXPECT_EQ(event->type, EventType::connected);
    EXPECT_EQ(queue->take(0, event), Status::timeout);
}

TEST(EventQueue, ASealedQueueIsClosedWhenItsSessionsAre)
{
    const auto queue = std::make_shared<EventQueue>();
    EventSource first(wide);
    EventSource second(wide);
    first.join(queue);
    second.join(queue);
    first.push(plain(EventType::closed));
    EventPtr event;
    ASSERT_EQ(queue->take(0, event), Status::ok);
    queue->seal();
    EXPECT_EQ(queue->take(0, event), Status::timeout) << "the second lives";
    auto taker = std::async(std::launch::async, [&] {
        EventPtr none;
        return queue->take(-1, none);
    });
    second.cancel();
    EXPECT_EQ(taker.get(), Status::closed);
}

TEST(EventQueue, WaitingForTheEndWaitsForAnEventInHand)
{
    OneSession session;
    session.source.push(plain(EventType::usage));
    HandOut out;
    ASSERT_EQ(session.queue->take(0, out), Status::ok);
    session.source.cancel();
    auto end = std::async(std::launch::async, [&] { session.source.wait_handed_back(); });
    EXPECT_EQ(end.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
    out.end();
    EXPECT_EQ(end.wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

}  // namespace
}  // namespace gemlive::delivery
