#include "waker_calls.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace {

constexpr int64_t long_ms = 20'000;

// Sessions without a key: each ends by itself, with a few events.
class Waker : public testing::Test {
protected:
    void SetUp() override
    {
        unsetenv("GOOGLE_API_KEY");
        unsetenv("GEMINI_API_KEY");
        ASSERT_EQ(gemlive_model_create(nullptr, &model_), GEMLIVE_OK);
    }

    void TearDown() override
    {
        for (gemlive_session *session : sessions_) {
            gemlive_session_destroy(session);
        }
        gemlive_model_destroy(model_);
        EXPECT_EQ(wait_for(0), 0) << "a destroyed session is named";
    }

    gemlive_session *session()
    {
        gemlive_session *session = nullptr;
        EXPECT_EQ(gemlive_session_create(model_, nullptr, &session), GEMLIVE_OK);
        sessions_.push_back(session);
        return session;
    }

    // Whether `closed` was among them.
    static bool drain(gemlive_session *session)
    {
        gemlive_event *event = nullptr;
        gemlive_status status;
        while ((status = gemlive_session_poll_event(session, 0, &event)) == GEMLIVE_OK) {
            gemlive_event_release(event);
        }
        return status == GEMLIVE_ERROR_CLOSED;
    }

    gemlive_model *model_ = nullptr;
    std::vector<gemlive_session *> sessions_;
};

TEST_F(Waker, NamesEverySessionUntilAllOfItsEventsAreTaken)
{
    std::set<int64_t> open;
    for (int64_t token = 1; token <= 50; ++token) {
        ASSERT_EQ(watch(session(), token), GEMLIVE_OK);
        open.insert(token);
    }
    while (!open.empty()) {
        const int64_t token = wait_for(long_ms);
        ASSERT_NE(token, 0) << open.size() << " sessions have not ended";
        if (drain(sessions_[static_cast<size_t>(token - 1)])) {
            open.erase(token);
        }
    }
}

TEST_F(Waker, IsEndedByAnInterruptThatCameBeforeOrComesMeanwhile)
{
    interrupt();
    EXPECT_EQ(wait_for(long_ms), 0);
    int64_t token = -1;
    std::thread waiting([&] { token = wait_for(long_ms); });
    interrupt();
    waiting.join();
    EXPECT_EQ(token, 0);
}

TEST_F(Waker, ForgetsASessionThatIsDestroyedOrWatchedAnew)
{
    gemlive_session *const watched = session();
    ASSERT_EQ(watch(watched, 7), GEMLIVE_OK);
    ASSERT_EQ(wait_for(long_ms), 7);
    // It may be named again for what comes; from here on by its new token only.
    ASSERT_EQ(watch(watched, 8), GEMLIVE_OK);
    ASSERT_EQ(wait_for(long_ms), 8) << "events wait already";
    gemlive_session_destroy(watched);
    EXPECT_EQ(wait_for(0), 0);
}

TEST_F(Waker, RefusesADeadSession)
{
    EXPECT_EQ(watch(nullptr, 1), GEMLIVE_ERROR_INVALID_HANDLE);
}

}  // namespace
