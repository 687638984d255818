/*
 * Audio: samples in and out, at the application's rate and layout.
 *
 * Samples are interleaved, s16 (native-endian int16_t) or f32 (float, -1 to 1; beyond is clipped, NaN is silence);
 * gemlive_session_push_audio takes other formats and planes too. All counts are frames: one sample per channel. Input may have any rate from 1,000 to 384,000 Hz and 1 to 16 channels; it
 * is mixed to mono and resampled to the service's 16 kHz on the library's thread. Output comes at the rate and layout
 * that were asked for, the model's voice on every channel.
 *
 * One thread pushes (or writes) and one thread reads at a time; they may be different, and different from all others. A
 * second one at the same moment gets GEMLIVE_ERROR_INVALID_STATE.
 */
#ifndef GEMLIVE_AUDIO_H
#define GEMLIVE_AUDIO_H

#include <gemlive/gemlive_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a sample of gemlive_session_push_audio is. More than one byte is native-endian; at any address. */
enum gemlive_sample_format {
    GEMLIVE_SAMPLE_FORMAT_S16 = 1,   /* int16_t */
    GEMLIVE_SAMPLE_FORMAT_S32 = 2,   /* int32_t; 24 bits are in the upper ones */
    GEMLIVE_SAMPLE_FORMAT_F32 = 3,   /* float, -1 to 1; beyond is clipped, infinities too, NaN is silence */
    GEMLIVE_SAMPLE_FORMAT_U8 = 4,    /* uint8_t, silent at 128 */
    GEMLIVE_SAMPLE_FORMAT_MULAW = 5, /* G.711 of North America and Japan: audio/PCMU */
    GEMLIVE_SAMPLE_FORMAT_ALAW = 6,  /* G.711 elsewhere: audio/PCMA */
    GEMLIVE_SAMPLE_FORMAT_FORCE32 = 0x7FFFFFFF
};

/**
 * @brief How pushed and written samples are to be understood from now on; 16,000 Hz mono before the first call. What
 *        was pushed before keeps its format: nothing is lost. Change `channels` only while no other thread is in, or
 *        about to enter, a push or write: the buffer it holds has the old layout.
 * @param sample_rate 1,000 to 384,000 Hz
 * @param channels    1 to 16
 * @see gemlive_session_push_audio_s16, gemlive_session_write_audio_s16
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_set_input_format(gemlive_session *session, int32_t sample_rate,
                                                                         int32_t channels);

/**
 * @brief How gemlive_session_read_audio_* is to deliver; 24,000 Hz mono before the first call. Switches playout on:
 *        until then (or the first read) model audio is in `audio` events only. Change `channels` only while no other
 *        thread is in, or about to enter, a read.
 * @param sample_rate 1,000 to 384,000 Hz
 * @param channels    1 to 16
 * @see gemlive_session_read_audio_s16, gemlive_session_queued_audio_us
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_set_output_format(gemlive_session *session, int32_t sample_rate,
                                                                          int32_t channels);

/**
 * @brief Takes what the microphone has just heard. Takes as many frames as the input ring (option input_ring_ms) has
 *        room for and never waits.
 * @param samples  frames * channels samples, interleaved; may be NULL when frames is 0
 * @param accepted how many frames were taken; may be NULL
 * @return GEMLIVE_OK: all; GEMLIVE_ERROR_WOULD_BLOCK: *accepted of them; GEMLIVE_ERROR_CLOSED: none, the session is
 *         closing or over; after an end that nobody asked for what every command answers then: see gemlive_session.h
 * @owner samples: copied
 * @see gemlive_session_push_audio, gemlive_session_write_audio_s16, gemlive_session_set_input_format
 * @thread one (pusher)  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_push_audio_s16(gemlive_session *session, const int16_t *samples,
                                                                       size_t frames, size_t *accepted);

/**
 * @brief As gemlive_session_push_audio_s16, for float samples.
 * @owner samples: copied
 * @thread one (pusher)  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_push_audio_f32(gemlive_session *session, const float *samples,
                                                                       size_t frames, size_t *accepted);

/**
 * @brief As gemlive_session_push_audio_s16, for samples of any format and layout, mixed to mono as they are taken. The format may
 *        differ from call to call; rate and channels are those of gemlive_session_set_input_format. After
 *        GEMLIVE_ERROR_WOULD_BLOCK the rest begins *accepted frames further in each plane.
 * @param format      enum gemlive_sample_format
 * @param planes      where the samples are: interleaved in one plane, or each channel in its own; may be NULL when frames is 0
 * @param plane_count 1, or the number of channels
 * @return also GEMLIVE_ERROR_INVALID_ARGUMENT: the format is none, there are more or fewer planes, or one of them is NULL
 * @owner planes: copied, with the samples
 * @see gemlive_session_set_input_format
 * @thread one (pusher)  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_push_audio(gemlive_session *session, int32_t format,
                                                                   const void *const *planes, size_t plane_count,
                                                                   size_t frames, size_t *accepted);

/**
 * @brief While it is on, what is pushed or written is taken and thrown away: neither sent nor kept. What was pushed before
 *        is sent; a server that detects speech is told after a second that nothing follows.
 * @param on 0: the next samples are sent again
 * @see gemlive_session_push_audio_s16
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_mute(gemlive_session *session, int32_t on);

/**
 * @brief The blocking form, for files, streams and tests: any length; waits for room, also while there is no connection.
 * @param timeout_ms 0 or more; negative: no limit
 * @param accepted   how many frames were placed; may be NULL. They are not lost when the time is over.
 * @return GEMLIVE_ERROR_TIMEOUT (timeout_ms), GEMLIVE_ERROR_CLOSED (closed meanwhile), the code of `closed` (ended unasked
 *         meanwhile; GEMLIVE_ERROR_CLOSED for GEMLIVE_ERROR_TIMEOUT), GEMLIVE_ERROR_CANCELLED (destroyed meanwhile), or
 *         GEMLIVE_ERROR_WOULD_DEADLOCK (it would have to wait within any callback of this library): *accepted were placed
 * @owner samples: copied
 * @see gemlive_session_push_audio_s16
 * @thread one (pusher)  @callback allowed, as long as it need not wait  @rt no  @blocks up to timeout_ms  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_write_audio_s16(gemlive_session *session,
                                                                        const int16_t *samples, size_t frames,
                                                                        int64_t timeout_ms, size_t *accepted);

/**
 * @brief As gemlive_session_write_audio_s16, for float samples.
 * @owner samples: copied
 * @thread one (pusher)  @callback allowed, as long as it need not wait  @rt no  @blocks up to timeout_ms  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_write_audio_f32(gemlive_session *session, const float *samples,
                                                                        size_t frames, int64_t timeout_ms,
                                                                        size_t *accepted);

/**
 * @brief Fills the speaker's buffer with what is due now: the model's voice, or silence. After an interruption the next
 *        call is silent, but for a fade of 5 ms or less. The first call switches playout on.
 * @param samples room for frames * channels samples: all are written, whatever the status
 * @param heard   how many frames are not filler; may be NULL
 * @return GEMLIVE_OK also for pure silence, and after `closed`: what the ring holds can still be heard.
 *         GEMLIVE_ERROR_INVALID_HANDLE clears the buffer in the layout that the session had when it was destroyed. That is
 *         remembered until four later sessions have had its place; of NULL, and after that, nothing is known: `frames`
 *         samples are cleared.
 * @see gemlive_session_set_output_format, gemlive_session_queued_audio_us
 * @thread one (reader)  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_read_audio_s16(gemlive_session *session, int16_t *samples,
                                                                       size_t frames, size_t *heard);

/**
 * @brief As gemlive_session_read_audio_s16, for float samples.
 * @thread one (reader)  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_read_audio_f32(gemlive_session *session, float *samples,
                                                                       size_t frames, size_t *heard);

/**
 * @brief How much model audio waits in the playout ring, in microseconds of the model's voice.
 * @return 0 also for a dead handle
 * @see gemlive_session_read_audio_s16
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_session_queued_audio_us(const gemlive_session *session);

/**
 * @brief For a meter: the largest sample of the microphone's last 50 ms, mixed to mono, from 0 to 1.
 * @return 0 also while muted, 250 ms after the last push is over, and for a dead handle
 * @see gemlive_session_input_rms, gemlive_session_push_audio
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API float GEMLIVE_CALL gemlive_session_input_peak(const gemlive_session *session);

/**
 * @brief For a meter: how loud the microphone's last 50 ms are, as root mean square; 0.707 for a sine as large as can be.
 * @return 0 also while muted, 250 ms after the last push is over, and for a dead handle
 * @see gemlive_session_input_peak
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API float GEMLIVE_CALL gemlive_session_input_rms(const gemlive_session *session);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_AUDIO_H */
