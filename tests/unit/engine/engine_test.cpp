#include "engine/engine.hpp"

#include <atomic>
#include <future>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "platform/thread.hpp"
#include "support/counted_system_calls.hpp"

namespace gemlive::engine::test {
namespace {

using namespace std::chrono_literals;

template <typename F>
void on_thread(IoThread &thread, F &&body)
{
    std::promise<void> done;
    thread.post([&] {
        body();
        done.set_value();
    });
    ASSERT_EQ(done.get_future().wait_for(20s), std::future_status::ready);
}

struct Alarm final : TimerClient {
    void on_deadline(Clock::time_point now) override
    {
        ++rings;
        if (again) {
            again(now);
        } else {
            rung.set_value();
        }
    }
    std::function<void(Clock::time_point)> again;
    std::promise<void> rung;
    std::atomic<int> rings{0};
};

TEST(Engine, ADeadlineIsKept)
{
    const auto engine = Engine::acquire();
    const auto thread = engine->next_thread();
    Alarm alarm;
    on_thread(*thread, [&] { thread->set_deadline(alarm, Clock::now() + 7ms); });
    EXPECT_EQ(alarm.rung.get_future().wait_for(20s), std::future_status::ready);
    EXPECT_EQ(alarm.rings.load(), 1);
}

#ifndef GEMLIVE_SANITIZED
TEST(Engine, WhatManySessionsHaveToDoAtOneTimeTakesOneWait)
{
    const auto engine = Engine::acquire();
    const auto thread = engine->next_thread();
    constexpr int sessions = 50;
    std::vector<Alarm> alarms(sessions);
    std::promise<gemlive::test::SystemCalls> all;
    int written = 0;
    on_thread(*thread, [&] {
        RunQueue &queue = RunQueue::of(thread->io());
        const auto later = (Clock::now() + 50ms).time_since_epoch();
        const Clock::time_point due(later / IoThread::grid * IoThread::grid);
        for (Alarm &alarm : alarms) {
            alarm.again = [&](Clock::time_point) {
                queue.post([&] {
                    if (++written == sessions) {
                        gemlive::test::count_system_calls(false);
                        all.set_value(gemlive::test::take_counted_system_calls());
                    }
                });
            };
            thread->set_deadline(alarm, due - Clock::duration(&alarm - alarms.data()) * 10);
        }
        gemlive::test::count_system_calls(true);
    });
    std::future<gemlive::test::SystemCalls> counted = all.get_future();
    ASSERT_EQ(counted.wait_for(20s), std::future_status::ready);
    const gemlive::test::SystemCalls calls = counted.get();
    EXPECT_EQ(calls.waits, 1u);
    EXPECT_EQ(calls.timers, 1u);  // Asio's, when it has fired
}
#endif

TEST(Engine, AClientThatIsAlwaysDueDoesNotKeepTheThread)
{
    const auto engine = Engine::acquire();
    const auto thread = engine->next_thread();
    Alarm greedy, other;
    on_thread(*thread, [&] {
        greedy.again = [&](Clock::time_point) { thread->set_deadline(greedy, Clock::time_point::min()); };
        thread->set_deadline(greedy, Clock::now());
        thread->set_deadline(other, Clock::now() + 20ms);
    });
    EXPECT_EQ(other.rung.get_future().wait_for(20s), std::future_status::ready);
    on_thread(*thread, [&] { thread->clear_deadline(greedy); });
}

TEST(Engine, WhatThrowsOnTheThreadDoesNotEndIt)
{
    const auto engine = Engine::acquire();
    const auto thread = engine->next_thread();
    const uint64_t before = thread->uncaught_exceptions();
    Alarm thrower;
    thrower.again = [](Clock::time_point) { throw std::runtime_error("a client's own"); };
    Alarm other;
    on_thread(*thread, [&] {
        thread->set_deadline(thrower, Clock::now());
        thread->set_deadline(other, Clock::now() + 1ms);
    });
    thread->post([] { throw 7; });
    EXPECT_EQ(other.rung.get_future().wait_for(20s), std::future_status::ready);
    on_thread(*thread, [] {});
    EXPECT_EQ(thread->uncaught_exceptions(), before + 2);
}

TEST(Engine, SessionsTakeTheThreadsInTurn)
{
    const auto engine = Engine::acquire(4);
    EXPECT_EQ(engine->thread_count(), 4u);
    EXPECT_EQ(Engine::acquire(1), engine);
    std::set<std::shared_ptr<IoThread>> threads;
    for (int session = 0; session < 4; ++session) {
        threads.insert(engine->next_thread());
    }
    EXPECT_EQ(threads.size(), 4u);
    for (const auto &thread : threads) {
        EXPECT_FALSE(thread->runs_here());
        on_thread(*thread, [&] { EXPECT_TRUE(thread->runs_here()); });
    }
}

TEST(Engine, ItsThreadsEndWithItsLastOwner)
{
    {
        const auto engine = Engine::acquire(2);
        const auto thread = engine->next_thread();
        Alarm far;
        on_thread(*thread, [&] { thread->set_deadline(far, Clock::now() + 1h); });
        on_thread(*thread, [&] { thread->clear_deadline(far); });
    }
    EXPECT_TRUE(platform::wait_until_threads_ended(20s));
}

}  // namespace
}  // namespace gemlive::engine::test
