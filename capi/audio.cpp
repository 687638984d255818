#include <gemlive/gemlive_audio.h>

#include <algorithm>
#include <span>

#include "with_session.hpp"

using namespace gemlive;
using namespace gemlive::capi;

namespace {

static_assert(GEMLIVE_SAMPLE_FORMAT_S16 == static_cast<int32_t>(media::SampleFormat::s16));
static_assert(GEMLIVE_SAMPLE_FORMAT_S32 == static_cast<int32_t>(media::SampleFormat::s32));
static_assert(GEMLIVE_SAMPLE_FORMAT_F32 == static_cast<int32_t>(media::SampleFormat::f32));
static_assert(GEMLIVE_SAMPLE_FORMAT_U8 == static_cast<int32_t>(media::SampleFormat::u8));
static_assert(GEMLIVE_SAMPLE_FORMAT_MULAW == static_cast<int32_t>(media::SampleFormat::mulaw));
static_assert(GEMLIVE_SAMPLE_FORMAT_ALAW == static_cast<int32_t>(media::SampleFormat::alaw));

// Real-time: a status, no sentence.
gemlive_status push(gemlive_session *handle, const media::SampleView &samples, size_t *accepted) noexcept
{
    size_t count = 0;
    Status status = dead_handle();
    if (!samples.valid()) {
        status = Status::invalid_argument;
    } else if (const Pinned<SessionObject> object(handle); object) {
        status = object->session->push_audio(samples, count);
    }
    if (accepted) {
        *accepted = count;
    }
    return plain(status);
}

gemlive_status read(gemlive_session *handle, const media::SampleBuffer &out, size_t *heard) noexcept
{
    size_t count = 0;
    Status status = dead_handle();
    if (!out.valid()) {
        status = Status::invalid_argument;
    } else if (const Pinned<SessionObject> object(handle); object) {
        status = object->session->read_audio(out, count);
    } else {
        // The device goes on for a moment after its session was given up, with the layout it had.
        media::silence(out, std::max<int>(table<SessionObject>().recall(token(handle)), 1));
    }
    if (heard) {
        *heard = count;
    }
    return plain(status);
}

gemlive_status write(gemlive_session *handle, const media::SampleView &samples, int64_t timeout_ms,
                     size_t *accepted) noexcept
{
    size_t count = 0;
    const gemlive_status status = with_session(handle, [&](session::Session &session) -> Error {
        if (samples.missing()) {
            return null_argument("samples");
        }
        return samples.valid() ? session.write_audio(samples, timeout_ms, count)
                               : Error(Status::invalid_argument, "frames is more than there can be in memory");
    });
    if (accepted) {
        *accepted = count;
    }
    return status;
}

}  // namespace

gemlive_status gemlive_session_set_input_format(gemlive_session *session, int32_t sample_rate, int32_t channels)
{
    return with_session(session, [&](session::Session &s) { return s.set_input_format({sample_rate, channels}); });
}

gemlive_status gemlive_session_set_output_format(gemlive_session *session, int32_t sample_rate, int32_t channels)
{
    return with_session(session, [&](session::Session &s) {
        Error error = s.set_output_format({sample_rate, channels});
        if (!error) {
            table<SessionObject>().remember(token(session), static_cast<uint8_t>(channels));
        }
        return error;
    });
}

gemlive_status gemlive_session_push_audio_s16(gemlive_session *session, const int16_t *samples, size_t frames,
                                              size_t *accepted)
{
    return push(session, {samples, frames}, accepted);
}

gemlive_status gemlive_session_push_audio_f32(gemlive_session *session, const float *samples, size_t frames,
                                              size_t *accepted)
{
    return push(session, {samples, frames}, accepted);
}

gemlive_status gemlive_session_push_audio(gemlive_session *session, int32_t format, const void *const *planes,
                                          size_t plane_count, size_t frames, size_t *accepted)
{
    const auto list = std::span(planes, planes ? plane_count : 0);
    return push(session, {static_cast<media::SampleFormat>(format), list, frames}, accepted);
}

gemlive_status gemlive_session_mute(gemlive_session *session, int32_t on)
{
    Status status = dead_handle();
    if (const Pinned<SessionObject> object(session); object) {
        status = object->session->mute(on != 0);
    }
    return plain(status);
}

gemlive_status gemlive_session_write_audio_s16(gemlive_session *session, const int16_t *samples, size_t frames,
                                               int64_t timeout_ms, size_t *accepted)
{
    return write(session, {samples, frames}, timeout_ms, accepted);
}

gemlive_status gemlive_session_write_audio_f32(gemlive_session *session, const float *samples, size_t frames,
                                               int64_t timeout_ms, size_t *accepted)
{
    return write(session, {samples, frames}, timeout_ms, accepted);
}

gemlive_status gemlive_session_read_audio_s16(gemlive_session *session, int16_t *samples, size_t frames, size_t *heard)
{
    return read(session, {samples, frames}, heard);
}

gemlive_status gemlive_session_read_audio_f32(gemlive_session *session, float *samples, size_t frames, size_t *heard)
{
    return read(session, {samples, frames}, heard);
}

int64_t gemlive_session_queued_audio_us(const gemlive_session *session)
{
    const Pinned<SessionObject> object(session);
    return object ? object->session->queued_audio_us() : 0;
}

float gemlive_session_input_peak(const gemlive_session *session)
{
    const Pinned<SessionObject> object(session);
    return object ? object->session->input_level().peak : 0.0F;
}

float gemlive_session_input_rms(const gemlive_session *session)
{
    const Pinned<SessionObject> object(session);
    return object ? object->session->input_level().rms : 0.0F;
}
