// Poll, dispatch, callback, wake-up: who gets the events, on which thread, and how a wait ends.
#include "contract.hpp"

#include <poll.h>
#include <pthread.h>

#include <atomic>
#include <future>
#include <thread>

namespace {

using Delivery = Contract;

constexpr int deadline_ms = 20000;

// A promise that may be kept more than once, for callbacks.
class Signal {
public:
    void set()
    {
        if (!was_set_.exchange(true)) {
            promise_.set_value();
        }
    }
    bool wait() { return future_.wait_for(std::chrono::milliseconds(deadline_ms)) == std::future_status::ready; }

private:
    std::atomic<bool> was_set_{false};
    std::promise<void> promise_;
    std::future<void> future_ = promise_.get_future();
};

bool is_readable(gemlive_session *session, int timeout_ms)
{
    pollfd descriptor{static_cast<int>(gemlive_session_wait_handle(session)), POLLIN, 0};
    return ::poll(&descriptor, 1, timeout_ms) == 1;
}

TEST_F(Delivery, PollGivesEventsInOrderAndClosedLast)
{
    gemlive_session *session = keyless_session();
    uint64_t seq = 0;
    int closed = 0;
    gemlive_event *event = nullptr;
    gemlive_status status;
    while ((status = gemlive_session_poll_event(session, deadline_ms, &event)) == GEMLIVE_OK) {
        EXPECT_EQ(closed, 0);
        EXPECT_EQ(gemlive_event_seq(event), ++seq);
        EXPECT_EQ(gemlive_event_session(event), session);
        closed += gemlive_event_type(event) == GEMLIVE_EVENT_CLOSED;
        gemlive_event_release(event);
    }
    EXPECT_EQ(status, GEMLIVE_ERROR_CLOSED);
    EXPECT_EQ(event, nullptr);
    EXPECT_EQ(closed, 1);
}

TEST_F(Delivery, AMissingKeyIsSaidInClosed)
{
    gemlive_event *closed = await(keyless_session(), GEMLIVE_EVENT_CLOSED);
    ASSERT_NE(closed, nullptr);
    EXPECT_STREQ(gemlive_event_reason(closed, nullptr), "fatal");
    EXPECT_EQ(gemlive_event_code(closed), GEMLIVE_ERROR_AUTH);
    EXPECT_NE(std::string(gemlive_event_message(closed, nullptr)).find("GOOGLE_API_KEY"), std::string::npos)
        << gemlive_event_message(closed, nullptr);
    size_t length = 0;
    const std::string json = gemlive_event_json(closed, &length);
    EXPECT_EQ(json.size(), length);
    EXPECT_NE(json.find("\"event\":\"closed\""), std::string::npos) << json;
    gemlive_event_release(closed);
}

TEST_F(Delivery, PollThatMayNotWaitSaysSo)
{
    gemlive_session *session = unreachable_session();
    gemlive_event_release(await(session, GEMLIVE_EVENT_CONNECTING));
    drain(session);
    gemlive_event *event = nullptr;
    gemlive_status status;
    do {  // a new attempt may make events at any time
        status = gemlive_session_poll_event(session, 0, &event);
        gemlive_event_release(event);
    } while (status == GEMLIVE_OK);
    EXPECT_EQ(status, GEMLIVE_ERROR_TIMEOUT);
    EXPECT_EQ(event, nullptr);
}

TEST_F(Delivery, AWakeIsRememberedForTheNextPoll)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_wake(session), GEMLIVE_OK);
    gemlive_event *event = nullptr;
    gemlive_status status;
    while ((status = gemlive_session_poll_event(session, -1, &event)) == GEMLIVE_OK) {
        gemlive_event_release(event);
    }
    EXPECT_EQ(status, GEMLIVE_ERROR_CANCELLED);
}

// Polls without end until something else than an event comes out.
gemlive_status poll_to_the_end(gemlive_session *session)
{
    gemlive_event *event = nullptr;
    gemlive_status status;
    while ((status = gemlive_session_poll_event(session, -1, &event)) == GEMLIVE_OK) {
        gemlive_event_release(event);
    }
    return status;
}

// Returns when another thread is inside a poll of the session.
void await_other_drainer(gemlive_session *session)
{
    gemlive_event *event = nullptr;
    while (gemlive_session_poll_event(session, 0, &event) != GEMLIVE_ERROR_INVALID_STATE) {
        gemlive_event_release(event);
        std::this_thread::yield();
    }
}

TEST_F(Delivery, OneDrainerAtATimeAndAWakeEndsIt)
{
    gemlive_session *session = unreachable_session();
    auto poller = std::async(std::launch::async, poll_to_the_end, session);
    await_other_drainer(session);
    const auto nothing = [](const gemlive_event *, void *) {};
    EXPECT_EQ(gemlive_session_dispatch(session, nothing, nullptr, 0), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(gemlive_session_wake(session), GEMLIVE_OK);
    ASSERT_EQ(poller.wait_for(std::chrono::milliseconds(deadline_ms)), std::future_status::ready);
    EXPECT_EQ(poller.get(), GEMLIVE_ERROR_CANCELLED);
}

TEST_F(Delivery, DestroyEndsAWaitingPoll)
{
    gemlive_session *session = unreachable_session();
    auto poller = std::async(std::launch::async, poll_to_the_end, session);
    await_other_drainer(session);
    gemlive_session_destroy(session);
    ASSERT_EQ(poller.wait_for(std::chrono::milliseconds(deadline_ms)), std::future_status::ready);
    EXPECT_EQ(poller.get(), GEMLIVE_ERROR_CANCELLED);
    EXPECT_EQ(gemlive_session_wake(session), GEMLIVE_ERROR_INVALID_HANDLE);
}

TEST_F(Delivery, TheWaitHandleIsReadableWhileEventsWait)
{
    gemlive_session *session = keyless_session();
    ASSERT_GE(gemlive_session_wait_handle(session), 0);
    EXPECT_TRUE(is_readable(session, deadline_ms));
    gemlive_event_release(await(session, GEMLIVE_EVENT_CLOSED));
    EXPECT_TRUE(is_readable(session, deadline_ms));  // poll would answer GEMLIVE_ERROR_CLOSED at once

    gemlive_session *quiet = unreachable_session();
    gemlive_event *event = nullptr;
    gemlive_status status;
    do {
        status = gemlive_session_poll_event(quiet, 0, &event);
        gemlive_event_release(event);
    } while (status != GEMLIVE_ERROR_TIMEOUT || is_readable(quiet, 0));
    EXPECT_TRUE(is_readable(quiet, deadline_ms));  // with the next attempt
}

struct Hook {
    Signal called;
    std::atomic<int> released{0};

    static void GEMLIVE_CALL on_wakeup(void *self) { static_cast<Hook *>(self)->called.set(); }
    static void GEMLIVE_CALL on_release(void *self) { ++static_cast<Hook *>(self)->released; }
};

TEST_F(Delivery, TheWakeUpHookComesAtOnceWhenEventsWaitAlready)
{
    gemlive_session *session = keyless_session();
    ASSERT_TRUE(is_readable(session, deadline_ms));
    Hook hook;
    EXPECT_EQ(gemlive_session_set_wakeup(session, Hook::on_wakeup, &hook, Hook::on_release), GEMLIVE_OK);
    EXPECT_TRUE(hook.called.wait());
    EXPECT_EQ(hook.released, 0);
    EXPECT_EQ(gemlive_session_set_wakeup(session, nullptr, nullptr, nullptr), GEMLIVE_OK);
    EXPECT_EQ(hook.released, 1);
}

TEST_F(Delivery, TheWakeUpHookIsReleasedWithItsSession)
{
    Hook hook;
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_set_wakeup(session, Hook::on_wakeup, &hook, Hook::on_release), GEMLIVE_OK);
    EXPECT_TRUE(hook.called.wait());
    gemlive_session_destroy(session);
    EXPECT_EQ(hook.released, 1);
}

TEST_F(Delivery, DispatchRunsOnTheCallersThread)
{
    gemlive_session *session = keyless_session();
    struct Seen {
        std::thread::id thread;
        int events = 0;
        bool closed = false;
    } seen;
    const auto on_event = [](const gemlive_event *event, void *user_data) {
        auto *seen = static_cast<Seen *>(user_data);
        seen->thread = std::this_thread::get_id();
        ++seen->events;
        seen->closed = gemlive_event_type(event) == GEMLIVE_EVENT_CLOSED;
    };
    while (!seen.closed) {
        ASSERT_TRUE(is_readable(session, deadline_ms));
        const int before = seen.events;
        ASSERT_EQ(gemlive_session_dispatch(session, on_event, &seen, 1), GEMLIVE_OK);
        EXPECT_LE(seen.events, before + 1);
    }
    EXPECT_EQ(seen.thread, std::this_thread::get_id());
    EXPECT_EQ(gemlive_session_dispatch(session, on_event, &seen, 0), GEMLIVE_ERROR_CLOSED);
}

TEST_F(Delivery, ABorrowedEventIsKeptByRetain)
{
    gemlive_session *session = keyless_session();
    gemlive_event *kept = nullptr;
    const auto keep_last = [](const gemlive_event *event, void *user_data) {
        auto **kept = static_cast<gemlive_event **>(user_data);
        gemlive_event_release(*kept);
        *kept = gemlive_event_retain(event);
        gemlive_event_release(const_cast<gemlive_event *>(event));  // borrowed: left alone
        EXPECT_NE(gemlive_event_type(event), 0);
    };
    while (gemlive_event_type(kept) != GEMLIVE_EVENT_CLOSED) {
        ASSERT_TRUE(is_readable(session, deadline_ms));
        ASSERT_EQ(gemlive_session_dispatch(session, keep_last, &kept, 0), GEMLIVE_OK);
    }
    gemlive_session_destroy(session);
    EXPECT_EQ(gemlive_event_type(kept), GEMLIVE_EVENT_CLOSED);
    EXPECT_STRNE(gemlive_event_json(kept, nullptr), "");
    gemlive_event_release(kept);
    EXPECT_EQ(gemlive_event_type(kept), 0);
}

struct Listener {
    Signal closed;
    std::atomic<int> released{0};
    std::atomic<bool> destroys{false};
    std::string thread_name;
    gemlive_status poll_status = GEMLIVE_OK;
    gemlive_status shutdown_status = GEMLIVE_OK;
    gemlive_session *other = nullptr;

    static void GEMLIVE_CALL on_event(const gemlive_event *event, void *user_data)
    {
        auto *self = static_cast<Listener *>(user_data);
        if (gemlive_event_type(event) != GEMLIVE_EVENT_CLOSED) {
            return;
        }
        char name[16] = "";
        pthread_getname_np(pthread_self(), name, sizeof name);
        self->thread_name = name;
        gemlive_event *none = nullptr;
        self->poll_status = gemlive_session_poll_event(self->other, deadline_ms, &none);
        self->shutdown_status = gemlive_shutdown(deadline_ms);
        if (self->destroys) {
            gemlive_session_destroy(gemlive_event_session(event));
        }
        self->closed.set();
    }
    static void GEMLIVE_CALL on_release(void *self) { ++static_cast<Listener *>(self)->released; }
};

TEST_F(Delivery, CallbacksComeOnTheirOwnThreadAndMayNotWait)
{
    Listener listener;
    listener.other = unreachable_session();
    gemlive_event_release(await(listener.other, GEMLIVE_EVENT_CONNECTING));
    gemlive_model *without_key = model(nullptr);
    gemlive_session *session = nullptr;
    ASSERT_EQ(gemlive_session_create_with_callback(without_key, nullptr, Listener::on_event, &listener,
                                                   Listener::on_release, &session),
              GEMLIVE_OK);
    sessions_.push_back(session);
    ASSERT_TRUE(listener.closed.wait());
    EXPECT_EQ(listener.thread_name, "gemlive-cb");
    EXPECT_EQ(listener.shutdown_status, GEMLIVE_ERROR_WOULD_DEADLOCK);
    EXPECT_TRUE(listener.poll_status == GEMLIVE_ERROR_WOULD_DEADLOCK) << listener.poll_status;

    gemlive_event *event = nullptr;
    EXPECT_EQ(gemlive_session_poll_event(session, 0, &event), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(gemlive_session_wait_handle(session), -1);
    EXPECT_EQ(gemlive_session_user_data(session), &listener);
    EXPECT_EQ(gemlive_session_set_user_data(session, nullptr), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(listener.released, 0);
    gemlive_session_destroy(session);
    EXPECT_EQ(listener.released, 1);
}

TEST_F(Delivery, DestroyWithinTheCallbackIsItsLast)
{
    Listener listener;
    listener.destroys = true;
    gemlive_model *without_key = model(nullptr);
    gemlive_session *session = nullptr;
    ASSERT_EQ(gemlive_session_create_with_callback(without_key, nullptr, Listener::on_event, &listener,
                                                   Listener::on_release, &session),
              GEMLIVE_OK);
    ASSERT_TRUE(listener.closed.wait());
    EXPECT_EQ(gemlive_session_state(session), 0);
    gemlive_model_destroy(without_key);
    ASSERT_EQ(gemlive_shutdown(deadline_ms), GEMLIVE_OK);  // the callback thread is gone, so its last work is done
    EXPECT_EQ(listener.released, 1);
}

// Destroys its session in the callback, and then wants something of another session there.
struct Successor {
    Signal released;  // after the last callback
    gemlive_model *model = nullptr;
    bool destroys_model = false;
    gemlive_session *next = nullptr;
    bool next_lives = false;

    static void GEMLIVE_CALL on_event(const gemlive_event *event, void *user_data)
    {
        auto *self = static_cast<Successor *>(user_data);
        if (gemlive_event_type(event) != GEMLIVE_EVENT_CLOSED) {
            return;
        }
        gemlive_session_create(self->model, nullptr, &self->next);
        gemlive_session_destroy(gemlive_event_session(event));
        if (self->destroys_model) {
            gemlive_model_destroy(self->model);
        }
        self->next_lives = is_readable(self->next, deadline_ms);
    }
    static void GEMLIVE_CALL on_release(void *self) { static_cast<Successor *>(self)->released.set(); }
};

// The I/O thread took the destroyed session apart, and waited for the callback: all sessions stood still.
TEST_F(Delivery, DestroyWithinACallbackStopsNoOtherSession)
{
    Successor successor;
    successor.model = model(nullptr);
    successor.destroys_model = true;
    gemlive_session *session = nullptr;
    ASSERT_EQ(gemlive_session_create_with_callback(successor.model, nullptr, Successor::on_event, &successor,
                                                   Successor::on_release, &session),
              GEMLIVE_OK);
    ASSERT_TRUE(successor.released.wait());
    EXPECT_TRUE(successor.next_lives);
    gemlive_session_destroy(successor.next);
    EXPECT_EQ(gemlive_session_state(session), 0);
}

TEST_F(Delivery, DestroyWithinADispatchStopsNoOtherSession)
{
    Successor successor;
    successor.model = model(nullptr);
    gemlive_session *session = this->session(successor.model);
    gemlive_status status = GEMLIVE_OK;
    while (status == GEMLIVE_OK) {
        ASSERT_TRUE(is_readable(session, deadline_ms));
        status = gemlive_session_dispatch(session, Successor::on_event, &successor, 1);
    }
    EXPECT_EQ(status, GEMLIVE_ERROR_CANCELLED);
    EXPECT_EQ(gemlive_session_state(session), 0);
    EXPECT_TRUE(successor.next_lives);
    gemlive_session_destroy(successor.next);
}

}  // namespace
