#include "engine/activity.hpp"

#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "engine/engine.hpp"

namespace gemlive::engine::test {
namespace {

using namespace std::chrono_literals;

struct Counter final : ActivityClient {
    void on_activity(Clock::time_point) override { ++calls; }
    int calls = 0;
};

TEST(ActivityMap, CallsWhoseBitIsSetOnce)
{
    ActivityMap map;
    Counter first, second;
    const ActivityMap::Slot one = map.add(first);
    const ActivityMap::Slot two = map.add(second);
    EXPECT_NE(one.bit, two.bit);

    two.word->fetch_or(two.bit);
    map.call_active({});
    map.call_active({});
    EXPECT_EQ(first.calls, 0);
    EXPECT_EQ(second.calls, 1);
}

TEST(ActivityMap, ALateNotificationOfOneThatLeftIsHarmless)
{
    ActivityMap map;
    Counter left, successor;
    const ActivityMap::Slot slot = map.add(left);
    map.remove(slot.index);
    slot.word->fetch_or(slot.bit);
    map.call_active({});
    EXPECT_EQ(left.calls, 0);

    EXPECT_EQ(map.add(successor).index, slot.index);
    slot.word->fetch_or(slot.bit);
    map.call_active({});
    EXPECT_EQ(successor.calls, 1);
}

TEST(ActivityMap, HasRoomForManyAndItsWordsStay)
{
    ActivityMap map;
    std::vector<Counter> clients(10'000);
    std::vector<ActivityMap::Slot> slots;
    for (Counter &client : clients) {
        slots.push_back(map.add(client));
    }
    for (const ActivityMap::Slot &slot : slots) {
        slot.word->fetch_or(slot.bit);
    }
    map.call_active({});
    for (const Counter &client : clients) {
        ASSERT_EQ(client.calls, 1);
    }
}

// One thread produces in bursts, the I/O thread consumes and rests between them: nothing produced may wait unseen.
TEST(Activity, NothingIsMissedBetweenTheLastLookAndTheRest)
{
    struct Consumer final : ActivityClient {
        explicit Consumer(IoThread &thread) : thread(thread) {}
        void on_activity(Clock::time_point) override
        {
            for (;;) {
                seen.store(produced.load());
                activity.rest();
                if (produced.load() == seen.load() || !activity.stay_awake()) {
                    return;
                }
            }
        }
        IoThread &thread;
        Activity activity;
        std::atomic<uint64_t> produced{0};
        std::atomic<uint64_t> seen{0};
    };
    const std::shared_ptr<Engine> engine = Engine::acquire();
    const std::shared_ptr<IoThread> thread = engine->next_thread();
    Consumer consumer(*thread);
    std::promise<void> attached;
    thread->post([&] {
        consumer.activity.attach(*thread, consumer);
        consumer.activity.rest();
        attached.set_value();
    });
    attached.get_future().get();

    for (int burst = 0; burst < 2'000; ++burst) {
        const uint64_t made = consumer.produced.fetch_add(1) + 1;
        consumer.activity.notify();
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (consumer.seen.load() < made) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "burst " << burst;
            std::this_thread::yield();
        }
    }
    std::promise<void> detached;
    thread->post([&] {
        consumer.activity.detach();
        detached.set_value();
    });
    detached.get_future().get();
}

}  // namespace
}  // namespace gemlive::engine::test
