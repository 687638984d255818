// push_audio and read_audio during a live conversation, with every call that could block watched.
#include "live_session.hpp"

#include "realtime_guard.hpp"

namespace gemlive::test {
namespace {

using gemlive::testing::RealtimeGuard;

TEST_F(LiveSession, AudioThreadCallsNothingThatCouldBlock)
{
    if (!RealtimeGuard::works()) {
        GTEST_SKIP() << "a sanitizer's runtime needs the functions that are watched";
    }
    serve([](LiveConnection &server) {
        server.receive("audio");
        for (int i = 0; i < 5; ++i) {
            server.send_audio(std::vector<int16_t>(4'800, 1'000));
        }
        server.receive_all();
    });
    open();
    for (const int32_t rate : {16'000, 24'000, 44'100, 48'000}) {
        ASSERT_EQ(gemlive_session_set_input_format(session_, rate, 2), GEMLIVE_OK);
        ASSERT_EQ(gemlive_session_set_output_format(session_, rate, 2), GEMLIVE_OK);
        std::vector<float> floats(960);
        std::vector<int16_t> integers(960);
        size_t count = 0;
        size_t heard_frames = 0;
        for (int block = 0; block < 2'000 && (heard_frames == 0 || block < 100); ++block) {
            {
                const RealtimeGuard guard;
                gemlive_session_push_audio_f32(session_, floats.data(), 480, &count);
                gemlive_session_push_audio_s16(session_, integers.data(), 480, &count);
                const void *const planes[2] = {integers.data(), floats.data()};
                for (int32_t format = GEMLIVE_SAMPLE_FORMAT_S16; format <= GEMLIVE_SAMPLE_FORMAT_ALAW; ++format) {
                    gemlive_session_push_audio(session_, format, planes, 1, 160, &count);
                    gemlive_session_push_audio(session_, format, planes, 2, 160, &count);
                }
                gemlive_session_push_audio(session_, 0, planes, 1, 160, &count);
                gemlive_session_push_audio(session_, GEMLIVE_SAMPLE_FORMAT_S16, planes, 3, 160, &count);
                gemlive_session_input_peak(session_);
                gemlive_session_input_rms(session_);
                gemlive_session_read_audio_f32(session_, floats.data(), 480, &count);
                heard_frames += count;
                gemlive_session_read_audio_s16(session_, integers.data(), 480, &count);
                gemlive_session_queued_audio_us(session_);
                gemlive_session_state(session_);
                gemlive_session_user_data(session_);
            }
            ASSERT_EQ(RealtimeGuard::take_violations(), "") << "at " << rate << " Hz";
            std::this_thread::yield();
        }
    }
    gemlive_session *const dead = session_;
    gemlive_session_destroy(dead);
    int16_t sample = 1;
    {
        const RealtimeGuard guard;
        EXPECT_EQ(gemlive_session_push_audio_s16(dead, &sample, 1, nullptr), GEMLIVE_ERROR_INVALID_HANDLE);
        const void *const plane = &sample;
        EXPECT_EQ(gemlive_session_push_audio(dead, GEMLIVE_SAMPLE_FORMAT_ALAW, &plane, 1, 1, nullptr), GEMLIVE_ERROR_INVALID_HANDLE);
        EXPECT_EQ(gemlive_session_input_peak(dead), 0.0F);
        EXPECT_EQ(gemlive_session_read_audio_s16(dead, &sample, 1, nullptr), GEMLIVE_ERROR_INVALID_HANDLE);
    }
    EXPECT_EQ(RealtimeGuard::take_violations(), "") << "on a dead handle";
    EXPECT_EQ(sample, 0);
}

}  // namespace
}  // namespace gemlive::test
