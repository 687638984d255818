// Callbacks during a live conversation: order, threads, and destroying from within.
#include <atomic>
#include <condition_variable>
#include <thread>

#include "live_session.hpp"

namespace gemlive::test {
namespace {

// What a callback saw, and a way to wait for it.
struct Witness {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<int32_t> types;
    std::vector<uint64_t> seqs;
    std::thread::id thread;
    int32_t destroy_at = 0;
    int released = 0;

    bool wait_for(int32_t type)
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(20), [&] {
            return std::find(types.begin(), types.end(), type) != types.end();
        });
    }
    bool wait_released()
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(20), [&] { return released > 0; });
    }
};

void GEMLIVE_CALL on_event(const gemlive_event *event, void *user_data)
{
    auto &witness = *static_cast<Witness *>(user_data);
    const int32_t type = gemlive_event_type(event);
    if (type == witness.destroy_at) {
        gemlive_session_destroy(gemlive_event_session(event));
    }
    std::lock_guard lock(witness.mutex);
    witness.types.push_back(type);
    witness.seqs.push_back(gemlive_event_seq(event));
    witness.thread = std::this_thread::get_id();
    witness.changed.notify_all();
}

void GEMLIVE_CALL on_release(void *user_data)
{
    auto &witness = *static_cast<Witness *>(user_data);
    std::lock_guard lock(witness.mutex);
    ++witness.released;
    witness.changed.notify_all();
}

void chat(LiveConnection &server)
{
    while (!server.receive("clientContent").is_null()) {
        server.send_text_part("yes");
        server.send_flag("turnComplete");
    }
}

TEST_F(LiveSession, CallbackGetsEveryEventInOrderOnItsOwnThread)
{
    serve(chat);
    make_model();
    Witness witness;
    ASSERT_EQ(gemlive_session_create_with_callback(model_, nullptr, on_event, &witness, on_release, &session_), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_user_data(session_), &witness);
    gemlive_session_send_text(session_, "hello", nullptr);
    ASSERT_TRUE(witness.wait_for(GEMLIVE_EVENT_TURN_FINISHED));
    gemlive_event *event = nullptr;
    EXPECT_EQ(gemlive_session_poll_event(session_, 0, &event), GEMLIVE_ERROR_INVALID_STATE);
    gemlive_session_close(session_);
    ASSERT_TRUE(witness.wait_for(GEMLIVE_EVENT_CLOSED));
    EXPECT_EQ(witness.released, 0) << "not at closed";
    gemlive_session_destroy(session_);
    EXPECT_EQ(witness.released, 1);
    for (size_t i = 0; i < witness.seqs.size(); ++i) {
        EXPECT_EQ(witness.seqs[i], i + 1);
    }
    EXPECT_NE(witness.thread, std::this_thread::get_id());
}

TEST_F(LiveSession, DestroyWithinACallbackIsTheLastCallback)
{
    serve(chat);
    make_model();
    Witness witness;
    witness.destroy_at = GEMLIVE_EVENT_TURN_STARTED;
    gemlive_session *session = nullptr;
    ASSERT_EQ(gemlive_session_create_with_callback(model_, nullptr, on_event, &witness, on_release, &session), GEMLIVE_OK);
    gemlive_session_send_text(session, "hello", nullptr);
    ASSERT_TRUE(witness.wait_released());
    EXPECT_EQ(witness.types.back(), GEMLIVE_EVENT_TURN_STARTED);
    EXPECT_EQ(gemlive_session_state(session), 0);
}

TEST_F(LiveSession, DestroyWithinDispatchEndsIt)
{
    serve(chat);
    open();
    Witness witness;
    witness.destroy_at = GEMLIVE_EVENT_TURN_STARTED;
    gemlive_session_send_text(session_, "hello", nullptr);
    gemlive_status status = GEMLIVE_OK;
    while (status == GEMLIVE_OK) {
        status = gemlive_session_dispatch(session_, on_event, &witness, 0);
        std::this_thread::yield();
    }
    EXPECT_TRUE(status == GEMLIVE_ERROR_CANCELLED || status == GEMLIVE_ERROR_INVALID_HANDLE) << status;
    EXPECT_EQ(witness.types.back(), GEMLIVE_EVENT_TURN_STARTED);
}

TEST_F(LiveSession, DestroyWakesABlockedPollAndABlockedWrite)
{
    serve([](LiveConnection &server) { server.raw.wait_for_hang_up(); });
    open({{"journal_ms", 250}});
    await("connected");
    std::atomic<gemlive_status> polled{GEMLIVE_OK};
    std::atomic<gemlive_status> written{GEMLIVE_OK};
    std::thread poller([&] {
        gemlive_event *event = nullptr;
        do {
            polled = gemlive_session_poll_event(session_, -1, &event);
            gemlive_event_release(event);
        } while (polled == GEMLIVE_OK);
    });
    std::thread writer([&] {
        const std::vector<int16_t> samples(16'000 * 60 * 20);
        size_t accepted = 0;
        do {  // the push below may be inside just now
            written = gemlive_session_write_audio_s16(session_, samples.data(), samples.size(), -1, &accepted);
        } while (written == GEMLIVE_ERROR_INVALID_STATE);
    });
    // The writer is inside once the journal holds something: the session then answers a second writer.
    const int16_t sample = 0;
    while (gemlive_session_push_audio_s16(session_, &sample, 1, nullptr) != GEMLIVE_ERROR_INVALID_STATE) {
        std::this_thread::yield();
    }
    gemlive_session_destroy(session_);
    poller.join();
    writer.join();
    EXPECT_EQ(polled, GEMLIVE_ERROR_CANCELLED);
    EXPECT_TRUE(written == GEMLIVE_ERROR_CANCELLED || written == GEMLIVE_ERROR_CLOSED) << written;
}

TEST_F(LiveSession, ManySessionsShareTheThreadsAndLeaveNothing)
{
    serve(chat);
    make_model();
    constexpr int sessions = 20;
    std::vector<gemlive_session *> all(sessions);
    for (gemlive_session *&session : all) {
        ASSERT_EQ(gemlive_session_create(model_, nullptr, &session), GEMLIVE_OK);
        ASSERT_EQ(gemlive_session_send_text(session, "hello", nullptr), GEMLIVE_OK);
    }
    for (gemlive_session *session : all) {
        session_ = session;
        EXPECT_EQ(await("turn_finished")["reason"], "completed");
    }
    gemlive_destroy_all();
    session_ = nullptr;
    EXPECT_EQ(gemlive_live_object_count(GEMLIVE_OBJECT_SESSION), 0);
}

}  // namespace
}  // namespace gemlive::test
