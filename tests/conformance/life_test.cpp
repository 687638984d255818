// Order of destruction, close, buffers, and the audio calls of a session that has no connection.
#include "contract.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace {

using Life = Contract;
using Audio = Contract;

TEST_F(Life, ASessionOutlivesItsModelAndAnEventItsSession)
{
    gemlive_model *model = unreachable_model();
    gemlive_session *session = this->session(model);
    gemlive_model_destroy(model);
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
    gemlive_event *closed = await(session, GEMLIVE_EVENT_CLOSED);
    gemlive_session_destroy(session);
    EXPECT_STREQ(gemlive_event_reason(closed, nullptr), "requested");
    EXPECT_EQ(gemlive_event_code(closed), GEMLIVE_OK);
    EXPECT_EQ(gemlive_event_session(closed), session);  // to compare with
    gemlive_event_release(closed);
}

TEST_F(Life, CloseEndsASessionThatNeverConnected)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_send_text(session, "Too late.", nullptr), GEMLIVE_ERROR_CLOSED);
    gemlive_event_release(await(session, GEMLIVE_EVENT_CLOSED));
    EXPECT_EQ(gemlive_session_state(session), GEMLIVE_SESSION_CLOSED);
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
}

TEST_F(Life, AnOpenRequestFailsWhenTheSessionEnds)
{
    gemlive_session *session = unreachable_session();
    uint64_t request = 0;
    EXPECT_EQ(gemlive_session_send_text(session, "Anybody there?", &request), GEMLIVE_OK);
    EXPECT_EQ(request, 1u);
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
    gemlive_event *failed = await(session, GEMLIVE_EVENT_REPLY_FAILED);
    EXPECT_EQ(gemlive_event_request(failed), request);
    gemlive_event_release(failed);
    gemlive_event_release(await(session, GEMLIVE_EVENT_CLOSED));
}

TEST_F(Life, AModelClosesItsSessionsAndMakesNoMore)
{
    gemlive_model *model = unreachable_model();
    gemlive_session *first = session(model);
    gemlive_session *second = session(model);
    EXPECT_EQ(gemlive_model_close(model), GEMLIVE_OK);
    gemlive_event_release(await(first, GEMLIVE_EVENT_CLOSED));
    gemlive_event_release(await(second, GEMLIVE_EVENT_CLOSED));
    gemlive_session *third = nullptr;
    EXPECT_EQ(gemlive_session_create(model, nullptr, &third), GEMLIVE_ERROR_CLOSED);
    EXPECT_EQ(third, nullptr);
}

TEST_F(Life, OptionsAreCopied)
{
    gemlive_options *with_tools = options();
    gemlive_options_set_api_key(with_tools, "key");
    gemlive_options_set_string(with_tools, "base_url", "ws://127.0.0.1:1");
    gemlive_options_set_tools(with_tools, R"([{"name": "price"}])");
    gemlive_model *model = this->model(with_tools);
    gemlive_options_destroy(with_tools);
    gemlive_session *session = this->session(model);
    std::array<char, 1000> text{};
    EXPECT_EQ(gemlive_session_get_tools(session, text.data(), text.size(), nullptr), GEMLIVE_OK);
    EXPECT_NE(std::string(text.data()).find("price"), std::string::npos) << text.data();
}

TEST_F(Life, ABufferThatIsTooSmallIsLeftAlone)
{
    gemlive_session *session = unreachable_session();
    size_t needed = 0;
    EXPECT_EQ(gemlive_session_get_capabilities(session, nullptr, 0, &needed), GEMLIVE_OK);  // asks for the size
    ASSERT_GT(needed, 2u);
    std::vector<char> text(needed, 'x');
    EXPECT_EQ(gemlive_session_get_capabilities(session, text.data(), needed - 1, &needed), GEMLIVE_ERROR_TOO_SMALL);
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c == 'x'; }));
    EXPECT_EQ(needed, text.size());
    EXPECT_EQ(gemlive_session_get_capabilities(session, text.data(), needed, nullptr), GEMLIVE_OK);
    EXPECT_EQ(std::string(text.data()).size() + 1, text.size());
}

TEST_F(Life, CommandsSayWhatIsWrongWithThem)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_send_text(session, "caf\xe9", nullptr), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_session_send_text_json(session, R"({"txet": "hello"})", nullptr), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_NE(last_error().find("txet"), std::string::npos) << last_error();
    EXPECT_EQ(gemlive_session_send_raw(session, "{"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_session_send_raw(session, R"({"setup": {}})"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_session_tool_response(session, "no-such-call", "{}"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    const uint8_t bytes[] = {1, 2, 3, 4};
    EXPECT_EQ(gemlive_session_push_image(session, bytes, sizeof bytes, "image/jpeg"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    gemlive_video_frame frame = {};
    EXPECT_EQ(gemlive_session_push_video(session, &frame), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_NE(last_error().find("struct_size is 0"), std::string::npos) << last_error();
    frame.struct_size = sizeof frame;
    EXPECT_EQ(gemlive_session_push_video(session, &frame), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_NE(last_error().find("format is 0"), std::string::npos) << last_error();
    struct {
        gemlive_video_frame known;
        uint64_t later;
    } larger = {};
    larger.known = {sizeof larger, GEMLIVE_PIXEL_FORMAT_RGBA, 1, 1, 0, {}, {bytes}, {sizeof bytes}};
    EXPECT_EQ(gemlive_session_push_video(session, &larger.known), GEMLIVE_OK) << last_error();
    larger.later = 1;
    EXPECT_EQ(gemlive_session_push_video(session, &larger.known), GEMLIVE_ERROR_UNSUPPORTED);
    EXPECT_EQ(gemlive_session_start_user_activity(session), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(gemlive_session_interrupt(session), GEMLIVE_OK);  // without a turn it does nothing
}

TEST_F(Life, UserDataCanBeReadBack)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_user_data(session), nullptr);
    EXPECT_EQ(gemlive_session_set_user_data(session, this), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_user_data(session), this);
}

TEST_F(Life, DestroyAllLeavesNothing)
{
    gemlive_session *session = unreachable_session();
    gemlive_event *event = await(session, GEMLIVE_EVENT_CONNECTING);
    gemlive_destroy_all();
    EXPECT_EQ(gemlive_event_type(event), 0);
    EXPECT_EQ(gemlive_session_state(session), 0);
    for (int32_t kind = GEMLIVE_OBJECT_OPTIONS; kind <= GEMLIVE_OBJECT_EVENT; ++kind) {
        EXPECT_EQ(gemlive_live_object_count(kind), 0);
    }
    gemlive_event_release(await(keyless_session(), GEMLIVE_EVENT_CLOSED));  // and everything can begin anew
}

TEST_F(Life, ShutdownWaitsForWhatLives)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_shutdown(0), GEMLIVE_ERROR_TIMEOUT);
    gemlive_session_destroy(session);
    gemlive_model_destroy(models_.front());
    EXPECT_EQ(gemlive_shutdown(20000), GEMLIVE_OK);
    gemlive_event_release(await(keyless_session(), GEMLIVE_EVENT_CLOSED));
}

TEST_F(Audio, PushTakesWhatTheRingHasRoomForAndNeverWaits)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_set_input_format(session, 48000, 2), GEMLIVE_OK);
    const std::vector<float> second(2 * 48000, 0.25f);
    size_t accepted = 0;
    EXPECT_EQ(gemlive_session_push_audio_f32(session, second.data(), 480, &accepted), GEMLIVE_OK);
    EXPECT_EQ(accepted, 480u);
    size_t taken = 0;
    gemlive_status status = GEMLIVE_OK;
    for (int i = 0; i < 100 && status == GEMLIVE_OK; ++i) {  // far more at once than the ring holds
        status = gemlive_session_push_audio_f32(session, second.data(), 48000, &accepted);
        taken = accepted;
    }
    EXPECT_EQ(status, GEMLIVE_ERROR_WOULD_BLOCK);
    EXPECT_LT(taken, 48000u);
    EXPECT_EQ(gemlive_session_push_audio_f32(session, nullptr, 0, &accepted), GEMLIVE_OK);
}

TEST_F(Audio, PushTakesEveryFormatAndLayout)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_set_input_format(session, 16000, 2), GEMLIVE_OK);
    const std::vector<float> samples(2 * 160, 0.5F);
    const char *const odd = reinterpret_cast<const char *>(samples.data()) + 1;
    const void *const planes[] = {odd, odd + 300, odd, nullptr};
    for (int32_t format = GEMLIVE_SAMPLE_FORMAT_S16; format <= GEMLIVE_SAMPLE_FORMAT_ALAW; ++format) {
        size_t accepted = 99;
        EXPECT_EQ(gemlive_session_push_audio(session, format, planes, 1, 100, &accepted), GEMLIVE_OK) << format;
        EXPECT_EQ(accepted, 100u);
        EXPECT_EQ(gemlive_session_push_audio(session, format, planes, 2, 100, &accepted), GEMLIVE_OK) << format;
        EXPECT_EQ(accepted, 100u);
        EXPECT_EQ(gemlive_session_push_audio(session, format, nullptr, 0, 0, &accepted), GEMLIVE_OK) << format;
        EXPECT_EQ(accepted, 0u);
    }
    const void *const loud = samples.data();
    EXPECT_EQ(gemlive_session_push_audio(session, GEMLIVE_SAMPLE_FORMAT_F32, &loud, 1, 160, nullptr), GEMLIVE_OK);
    EXPECT_GE(gemlive_session_input_peak(session), 0.5F);
    EXPECT_GT(gemlive_session_input_rms(session), 0.0F);
    EXPECT_EQ(gemlive_session_mute(session, 1), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_input_peak(session), 0.0F);
    EXPECT_EQ(gemlive_session_input_rms(session), 0.0F);
}

TEST_F(Audio, PushRefusesWhatIsNoLayout)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_set_input_format(session, 16000, 3), GEMLIVE_OK);
    const std::vector<int16_t> samples(3 * 16);
    const void *const planes[] = {samples.data(), samples.data(), samples.data(), nullptr};
    const auto push = [&](int32_t format, const void *const *list, size_t count, size_t frames) {
        size_t accepted = 99;
        const gemlive_status status = gemlive_session_push_audio(session, format, list, count, frames, &accepted);
        EXPECT_EQ(accepted, status == GEMLIVE_OK ? frames : 0);
        return status;
    };
    for (const int32_t format : {0, -1, 7, INT32_MAX, INT32_MIN}) {
        EXPECT_EQ(push(format, planes, 1, 16), GEMLIVE_ERROR_INVALID_ARGUMENT) << format;
    }
    constexpr int32_t s16 = GEMLIVE_SAMPLE_FORMAT_S16;
    for (const size_t count : {size_t{0}, size_t{2}, size_t{4}, size_t{17}, SIZE_MAX}) {
        EXPECT_EQ(push(s16, planes, count, 16), GEMLIVE_ERROR_INVALID_ARGUMENT) << count;
    }
    EXPECT_EQ(push(s16, planes + 1, 3, 16), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(push(s16, planes + 3, 1, 16), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(push(s16, nullptr, 3, 16), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(push(s16, planes, 3, SIZE_MAX), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(push(s16, planes, 3, 16), GEMLIVE_OK);
}

TEST_F(Audio, FormatsBeyondTheLimitsAreRefused)
{
    gemlive_session *session = unreachable_session();
    for (const auto &[rate, channels] : std::vector<std::pair<int, int>>{{999, 1}, {384001, 1}, {16000, 0}, {16000, 17}}) {
        EXPECT_EQ(gemlive_session_set_input_format(session, rate, channels), GEMLIVE_ERROR_INVALID_ARGUMENT);
        EXPECT_EQ(gemlive_session_set_output_format(session, rate, channels), GEMLIVE_ERROR_INVALID_ARGUMENT);
    }
    EXPECT_EQ(gemlive_session_set_input_format(session, 384000, 16), GEMLIVE_OK);
}

TEST_F(Audio, ReadAlwaysFillsTheBuffer)
{
    gemlive_session *session = unreachable_session();
    EXPECT_EQ(gemlive_session_set_output_format(session, 48000, 2), GEMLIVE_OK);
    std::array<float, 960> floats;
    floats.fill(1.0f);
    size_t heard = 99;
    EXPECT_EQ(gemlive_session_read_audio_f32(session, floats.data(), 480, &heard), GEMLIVE_OK);
    EXPECT_EQ(heard, 0u);
    EXPECT_TRUE(std::all_of(floats.begin(), floats.end(), [](float sample) { return sample == 0.0f; }));
    std::array<int16_t, 960> shorts;
    shorts.fill(1);
    EXPECT_EQ(gemlive_session_read_audio_s16(session, shorts.data(), 480, nullptr), GEMLIVE_OK);
    EXPECT_TRUE(std::all_of(shorts.begin(), shorts.end(), [](int16_t sample) { return sample == 0; }));
    EXPECT_EQ(gemlive_session_queued_audio_us(session), 0);
}

TEST_F(Audio, WriteSaysHowMuchItPlacedWhenTheTimeIsOver)
{
    gemlive_options *short_journal = options();
    gemlive_options_set_string(short_journal, "base_url", "ws://127.0.0.1:1");
    gemlive_options_set_api_key(short_journal, "key");
    gemlive_options_set_int(short_journal, "journal_ms", 1000);
    gemlive_session *session = this->session(model(short_journal));
    const std::vector<int16_t> minute(16000 * 60, 100);
    size_t accepted = 0;
    EXPECT_EQ(gemlive_session_write_audio_s16(session, minute.data(), minute.size(), 500, &accepted),
              GEMLIVE_ERROR_TIMEOUT);
    EXPECT_GT(accepted, 0u);
    EXPECT_LT(accepted, minute.size());
}

TEST_F(Life, EveryCommandOnASessionThatEndedUnaskedSaysWhyItEnded)
{
    gemlive_session *const session = keyless_session();
    gemlive_event *const closed = await(session, GEMLIVE_EVENT_CLOSED);
    const gemlive_status code = gemlive_event_code(closed);
    const std::string why = gemlive_event_message(closed, nullptr);
    gemlive_event_release(closed);
    ASSERT_EQ(code, GEMLIVE_ERROR_AUTH);
    ASSERT_FALSE(why.empty());
    const int16_t shorts[16] = {};
    const float floats[16] = {};
    const uint8_t no_picture[4] = {};
    const auto expect_why = [&](const char *what, gemlive_status status) {
        EXPECT_EQ(status, code) << what;
        EXPECT_EQ(last_error(), "the session has ended: " + why) << what;
    };
    uint64_t request = 99;
    expect_why("send_text", gemlive_session_send_text(session, "hello", &request));
    EXPECT_EQ(request, 0u);
    expect_why("send_text of nothing", gemlive_session_send_text(session, "", nullptr));
    expect_why("send_text_n", gemlive_session_send_text_n(session, "hello", 5, nullptr));
    expect_why("send_text_json", gemlive_session_send_text_json(session, "{\"text\": \"hello\"}", nullptr));
    expect_why("generate_reply", gemlive_session_generate_reply(session, nullptr, nullptr));
    expect_why("generate_reply_n", gemlive_session_generate_reply_n(session, "Greet.", 6, nullptr));
    expect_why("generate_reply_json", gemlive_session_generate_reply_json(session, "{}", nullptr));
    expect_why("tool_response", gemlive_session_tool_response(session, "never-was", "{}"));
    expect_why("tool_response_json", gemlive_session_tool_response_json(session, "{\"call\": \"a\", \"output\": 1}"));
    expect_why("interrupt", gemlive_session_interrupt(session));
    expect_why("start_user_activity", gemlive_session_start_user_activity(session));
    expect_why("end_user_activity", gemlive_session_end_user_activity(session));
    expect_why("audio_stream_end", gemlive_session_audio_stream_end(session));
    expect_why("commit_audio", gemlive_session_commit_audio(session));
    expect_why("clear_audio", gemlive_session_clear_audio(session));
    expect_why("push_image", gemlive_session_push_image(session, no_picture, sizeof no_picture, "image/png"));
    const gemlive_video_frame no_frame = {};
    expect_why("push_video", gemlive_session_push_video(session, &no_frame));
    expect_why("send_raw", gemlive_session_send_raw(session, "{\"realtimeInput\": {}}"));
    size_t accepted = 99;
    expect_why("write_audio_s16", gemlive_session_write_audio_s16(session, shorts, 16, -1, &accepted));
    EXPECT_EQ(accepted, 0u);
    expect_why("write_audio_f32", gemlive_session_write_audio_f32(session, floats, 16, -1, nullptr));
    EXPECT_EQ(gemlive_session_push_audio_s16(session, shorts, 16, &accepted), code);
    EXPECT_EQ(accepted, 0u);
    EXPECT_EQ(gemlive_session_push_audio_f32(session, floats, 16, nullptr), code);
    const void *const plane = floats;
    EXPECT_EQ(gemlive_session_push_audio(session, GEMLIVE_SAMPLE_FORMAT_F32, &plane, 1, 16, nullptr), code);
}

TEST_F(Life, WhatIsNoInputGoesOnAfterAnEndThatNobodyAskedFor)
{
    gemlive_session *const session = keyless_session();
    gemlive_event_release(await(session, GEMLIVE_EVENT_CLOSED));
    gemlive_event *none = nullptr;
    EXPECT_EQ(gemlive_session_poll_event(session, -1, &none), GEMLIVE_ERROR_CLOSED);
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_close_json(session, "{\"drain\": true}"), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_wake(session), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_set_input_format(session, 48000, 2), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_set_output_format(session, 48000, 2), GEMLIVE_OK);
    std::array<char, 4096> json;
    EXPECT_EQ(gemlive_session_get_tools(session, json.data(), json.size(), nullptr), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_get_capabilities(session, json.data(), json.size(), nullptr), GEMLIVE_OK);
}

TEST_F(Life, CommandsAfterAnEndThatWasAskedForAnswerClosed)
{
    gemlive_session *const session = unreachable_session();
    EXPECT_EQ(gemlive_session_close(session), GEMLIVE_OK);
    const int16_t samples[16] = {};
    for (const char *when : {"closing", "closed"}) {
        EXPECT_EQ(gemlive_session_send_text(session, "Too late.", nullptr), GEMLIVE_ERROR_CLOSED) << when;
        EXPECT_EQ(gemlive_session_interrupt(session), GEMLIVE_ERROR_CLOSED) << when;
        EXPECT_EQ(gemlive_session_write_audio_s16(session, samples, 16, -1, nullptr), GEMLIVE_ERROR_CLOSED) << when;
        EXPECT_EQ(gemlive_session_push_audio_s16(session, samples, 16, nullptr), GEMLIVE_ERROR_CLOSED) << when;
        if (gemlive_session_state(session) != GEMLIVE_SESSION_CLOSED) {
            gemlive_event_release(await(session, GEMLIVE_EVENT_CLOSED));
        }
    }
}

// ---- Reading when there is nothing to be read ----

template <typename Sample>
gemlive_status read(gemlive_session *session, std::vector<Sample> &block, size_t frames)
{
    std::fill(block.begin(), block.end(), Sample{1});
    size_t heard = 99;
    gemlive_status status;
    if constexpr (std::is_same_v<Sample, int16_t>) {
        status = gemlive_session_read_audio_s16(session, block.data(), frames, &heard);
    } else {
        status = gemlive_session_read_audio_f32(session, block.data(), frames, &heard);
    }
    EXPECT_EQ(heard, 0u);
    return status;
}

// How many samples from the first on are silent.
template <typename Sample>
size_t cleared(const std::vector<Sample> &block)
{
    return static_cast<size_t>(std::find_if(block.begin(), block.end(), [](Sample s) { return s != 0; }) - block.begin());
}

constexpr size_t frames = 480;

void expect_cleared(gemlive_session *session, gemlive_status status, size_t channels)
{
    std::vector<int16_t> shorts(frames * 16);
    EXPECT_EQ(read(session, shorts, frames), status);
    EXPECT_EQ(cleared(shorts), frames * channels);
    std::vector<float> floats(frames * 16);
    EXPECT_EQ(read(session, floats, frames), status);
    EXPECT_EQ(cleared(floats), frames * channels);
}

TEST_F(Audio, ReadClearsTheWholeBufferAfterAnyEnd)
{
    gemlive_session *const ended = keyless_session();
    EXPECT_EQ(gemlive_session_set_output_format(ended, 48000, 2), GEMLIVE_OK);
    gemlive_event_release(await(ended, GEMLIVE_EVENT_CLOSED));
    expect_cleared(ended, GEMLIVE_OK, 2);
    gemlive_session *const closed = unreachable_session();
    EXPECT_EQ(gemlive_session_set_output_format(closed, 44100, 6), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_close(closed), GEMLIVE_OK);
    gemlive_event_release(await(closed, GEMLIVE_EVENT_CLOSED));
    expect_cleared(closed, GEMLIVE_OK, 6);
}

TEST_F(Audio, ReadClearsTheWholeBufferOfADestroyedSession)
{
    gemlive_model *const model = unreachable_model();
    gemlive_session *mono = nullptr;
    ASSERT_EQ(gemlive_session_create(model, nullptr, &mono), GEMLIVE_OK);
    gemlive_session_destroy(mono);
    gemlive_session *stereo = nullptr;
    ASSERT_EQ(gemlive_session_create(model, nullptr, &stereo), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_set_output_format(stereo, 48000, 2), GEMLIVE_OK);
    gemlive_session_destroy(stereo);
    // The device of a scene that is gone, while those that come after it have other layouts.
    for (int32_t channels = 3; channels <= 5; ++channels) {
        expect_cleared(mono, GEMLIVE_ERROR_INVALID_HANDLE, 1);
        expect_cleared(stereo, GEMLIVE_ERROR_INVALID_HANDLE, 2);
        gemlive_session *later = nullptr;
        ASSERT_EQ(gemlive_session_create(model, nullptr, &later), GEMLIVE_OK);
        EXPECT_EQ(gemlive_session_set_output_format(later, 48000, channels), GEMLIVE_OK);
        expect_cleared(later, GEMLIVE_OK, static_cast<size_t>(channels));
        gemlive_session_destroy(later);
        expect_cleared(later, GEMLIVE_ERROR_INVALID_HANDLE, static_cast<size_t>(channels));
    }
    expect_cleared(nullptr, GEMLIVE_ERROR_INVALID_HANDLE, 1);
}

TEST_F(Audio, LengthsThatNoMemoryHasAreRefused)
{
    gemlive_session *const session = unreachable_session();
    int16_t shorts[1] = {7};
    float floats[1] = {7};
    size_t count = 99;
    for (const size_t wrong : {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / 16}) {
        EXPECT_EQ(gemlive_session_read_audio_s16(session, shorts, wrong, &count), GEMLIVE_ERROR_INVALID_ARGUMENT);
        EXPECT_EQ(count, 0u);
        EXPECT_EQ(gemlive_session_read_audio_f32(nullptr, floats, wrong, nullptr), GEMLIVE_ERROR_INVALID_ARGUMENT);
        EXPECT_EQ(gemlive_session_push_audio_s16(session, shorts, wrong, &count), GEMLIVE_ERROR_INVALID_ARGUMENT);
        EXPECT_EQ(gemlive_session_write_audio_f32(session, floats, wrong, 0, &count), GEMLIVE_ERROR_INVALID_ARGUMENT);
        EXPECT_NE(last_error().find("frames"), std::string::npos) << last_error();
    }
    EXPECT_EQ(shorts[0], 7);
    EXPECT_EQ(floats[0], 7);
}

TEST_F(Audio, ReadOfNothingAndIntoNothingAnswers)
{
    gemlive_session *const session = unreachable_session();
    size_t heard = 99;
    EXPECT_EQ(gemlive_session_read_audio_s16(session, nullptr, 0, &heard), GEMLIVE_OK);
    EXPECT_EQ(heard, 0u);
    EXPECT_EQ(gemlive_session_read_audio_f32(session, nullptr, 1, &heard), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_session_read_audio_f32(nullptr, nullptr, 0, &heard), GEMLIVE_ERROR_INVALID_HANDLE);
}

}  // namespace
