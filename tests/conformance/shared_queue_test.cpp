// The model's queue: one drainer for the sessions that share it.
#include "contract.hpp"

#include <poll.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <thread>

namespace {

constexpr int deadline_ms = 20000;

class SharedQueue : public Contract {
protected:
    gemlive_model *sharing_model(bool with_url)
    {
        gemlive_options *shared = options();
        EXPECT_EQ(gemlive_options_set_int(shared, "share_events", 1), GEMLIVE_OK);
        if (with_url) {
            EXPECT_EQ(gemlive_options_set_string(shared, "base_url", "ws://127.0.0.1:1"), GEMLIVE_OK);
            EXPECT_EQ(gemlive_options_set_api_key(shared, "key"), GEMLIVE_OK);
        }
        return model(shared);
    }

    // Their sessions end at once by themselves.
    gemlive_model *keyless_model() { return sharing_model(false); }
    // Their sessions never get anywhere, and go on trying.
    gemlive_model *lasting_model() { return sharing_model(true); }
};

bool is_readable(gemlive_model *model, int timeout_ms)
{
    pollfd descriptor{static_cast<int>(gemlive_model_wait_handle(model)), POLLIN, 0};
    return ::poll(&descriptor, 1, timeout_ms) == 1;
}

gemlive_status poll_to_the_end(gemlive_model *model)
{
    gemlive_event *event = nullptr;
    gemlive_status status;
    while ((status = gemlive_model_poll_event(model, -1, &event)) == GEMLIVE_OK) {
        gemlive_event_release(event);
    }
    return status;
}

TEST_F(SharedQueue, OnePollServesManySessions)
{
    gemlive_model *const shared = keyless_model();
    std::map<gemlive_session *, uint64_t> seqs;
    for (int i = 0; i < 50; ++i) {
        seqs[session(shared)] = 0;
    }
    size_t closed = 0;
    while (closed < seqs.size()) {
        gemlive_event *event = nullptr;
        ASSERT_EQ(gemlive_model_poll_event(shared, deadline_ms, &event), GEMLIVE_OK);
        const auto named = seqs.find(gemlive_event_session(event));
        ASSERT_NE(named, seqs.end());
        EXPECT_EQ(gemlive_event_seq(event), ++named->second) << "each session counts for itself, without gaps";
        closed += gemlive_event_type(event) == GEMLIVE_EVENT_CLOSED;
        gemlive_event_release(event);
    }
    gemlive_event *event = nullptr;
    EXPECT_EQ(gemlive_model_poll_event(shared, 0, &event), GEMLIVE_ERROR_TIMEOUT) << "more sessions may come";
    EXPECT_EQ(gemlive_model_close(shared), GEMLIVE_OK);
    EXPECT_EQ(gemlive_model_poll_event(shared, -1, &event), GEMLIVE_ERROR_CLOSED);
}

TEST_F(SharedQueue, ASessionThatSharesIsNotPolledItself)
{
    gemlive_session *const sharing = session(lasting_model());
    gemlive_event *event = nullptr;
    EXPECT_EQ(gemlive_session_poll_event(sharing, 0, &event), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_NE(last_error().find("share_events"), std::string::npos) << last_error();
    const auto nothing = [](const gemlive_event *, void *) {};
    EXPECT_EQ(gemlive_session_dispatch(sharing, nothing, nullptr, 0), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(gemlive_session_set_wakeup(sharing, nullptr, nullptr, nullptr), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(gemlive_session_wait_handle(sharing), -1);
}

TEST_F(SharedQueue, DispatchCallsForEachSessionInTurn)
{
    gemlive_model *const shared = keyless_model();
    session(shared);
    session(shared);
    std::vector<gemlive_session *> closed;
    const auto on_event = [](const gemlive_event *event, void *user_data) {
        if (gemlive_event_type(event) == GEMLIVE_EVENT_CLOSED) {
            static_cast<std::vector<gemlive_session *> *>(user_data)->push_back(gemlive_event_session(event));
        }
    };
    while (closed.size() < 2) {
        ASSERT_TRUE(is_readable(shared, deadline_ms));
        ASSERT_EQ(gemlive_model_dispatch(shared, on_event, &closed, 0), GEMLIVE_OK);
    }
    std::sort(closed.begin(), closed.end());
    std::sort(sessions_.begin(), sessions_.end());
    EXPECT_EQ(closed, sessions_);
    EXPECT_FALSE(is_readable(shared, 0));
}

TEST_F(SharedQueue, AfterDestroyNoEventOfTheSessionComes)
{
    gemlive_model *const shared = lasting_model();
    gemlive_session *const gone = session(shared);
    gemlive_session *const stays = session(shared);
    ASSERT_TRUE(is_readable(shared, deadline_ms));
    gemlive_session_destroy(gone);
    gemlive_event *event = nullptr;
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(gemlive_model_poll_event(shared, deadline_ms, &event), GEMLIVE_OK);
        EXPECT_EQ(gemlive_event_session(event), stays);
        gemlive_event_release(event);
    }
}

TEST_F(SharedQueue, OneDrainerAtATimeAndAWakeEndsIt)
{
    gemlive_model *const shared = lasting_model();
    auto poller = std::async(std::launch::async, poll_to_the_end, shared);
    gemlive_event *event = nullptr;
    while (gemlive_model_poll_event(shared, 0, &event) != GEMLIVE_ERROR_INVALID_STATE) {
        gemlive_event_release(event);
        std::this_thread::yield();
    }
    const auto nothing = [](const gemlive_event *, void *) {};
    EXPECT_EQ(gemlive_model_dispatch(shared, nothing, nullptr, 0), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(gemlive_model_wake(shared), GEMLIVE_OK);
    ASSERT_EQ(poller.wait_for(std::chrono::milliseconds(deadline_ms)), std::future_status::ready);
    EXPECT_EQ(poller.get(), GEMLIVE_ERROR_CANCELLED);
}

TEST_F(SharedQueue, DestroyOfTheModelEndsAWaitingPollAndItsSessionsGoOn)
{
    gemlive_model *const shared = lasting_model();
    gemlive_session *const sharing = session(shared);
    auto poller = std::async(std::launch::async, poll_to_the_end, shared);
    gemlive_event *event = nullptr;
    while (gemlive_model_poll_event(shared, 0, &event) != GEMLIVE_ERROR_INVALID_STATE) {
        gemlive_event_release(event);
        std::this_thread::yield();
    }
    gemlive_model_destroy(shared);
    ASSERT_EQ(poller.wait_for(std::chrono::milliseconds(deadline_ms)), std::future_status::ready);
    EXPECT_EQ(poller.get(), GEMLIVE_ERROR_CANCELLED);
    EXPECT_NE(gemlive_session_state(sharing), 0);
}

// The dispatch that runs the callback is a call on the model: waiting for its end would hang.
TEST_F(SharedQueue, ModelAndSessionsMayBeDestroyedWithinADispatch)
{
    gemlive_model *const shared = lasting_model();
    session(shared);
    session(shared);
    ASSERT_TRUE(is_readable(shared, deadline_ms));
    const auto destroy_all = [](const gemlive_event *event, void *model) {
        gemlive_session_destroy(gemlive_event_session(event));
        gemlive_model_destroy(static_cast<gemlive_model *>(model));
    };
    EXPECT_EQ(gemlive_model_dispatch(shared, destroy_all, shared, 0), GEMLIVE_ERROR_CANCELLED);
    EXPECT_EQ(gemlive_model_wake(shared), GEMLIVE_ERROR_INVALID_HANDLE);
}

TEST_F(SharedQueue, DestroyingWithinTheLastCallOfADispatchIsToldToo)
{
    gemlive_model *const shared = lasting_model();
    session(shared);
    ASSERT_TRUE(is_readable(shared, deadline_ms));
    const auto destroy_model = [](const gemlive_event *, void *model) {
        gemlive_model_destroy(static_cast<gemlive_model *>(model));
    };
    EXPECT_EQ(gemlive_model_dispatch(shared, destroy_model, shared, 1), GEMLIVE_ERROR_CANCELLED);
}

TEST_F(SharedQueue, TheWakeUpHookCountsForAllSessions)
{
    gemlive_model *const shared = lasting_model();
    struct Hook {
        std::promise<void> called;
        std::atomic<bool> was_called{false};
        std::atomic<int> released{0};
    } hook;
    const auto on_wakeup = [](void *self) {
        auto *const hook = static_cast<Hook *>(self);
        if (!hook->was_called.exchange(true)) {
            hook->called.set_value();
        }
    };
    const auto on_release = [](void *self) { ++static_cast<Hook *>(self)->released; };
    ASSERT_EQ(gemlive_model_set_wakeup(shared, on_wakeup, &hook, on_release), GEMLIVE_OK);
    session(shared);
    EXPECT_EQ(hook.called.get_future().wait_for(std::chrono::milliseconds(deadline_ms)), std::future_status::ready);
    gemlive_model_destroy(shared);
    EXPECT_EQ(hook.released, 1);
}

}  // namespace
