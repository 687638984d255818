/*
 * Samples of Java arrays and direct buffers. The caller has checked the bounds, and knows the channels that the session
 * reads them with. Direct buffers are read and filled where they are; arrays go through a block on the stack (a write,
 * which may wait, through the heap), because memory of the Java heap must not be held while C works on it.
 *
 * No allocation in a push or read. Every function gives the frames that were taken, placed, or heard.
 */
#ifndef GEMLIVE_JAVA_PCM_H
#define GEMLIVE_JAVA_PCM_H

#include "glue.h"
#include "samples.h"

#include <stdlib.h>

/* Samples on the stack: 85 ms of 48 kHz mono, 5 ms of 16 channels. */
enum { PCM_BLOCK = 4096 };

/*
 * What a push or read on a device's thread gives: never an exception because the session is over, closing or given up,
 * however it came to that. Devices stop later than their sessions, and the number of frames says it all.
 */
static jlong pcm_on_device(JNIEnv *env, gemlive_status status, size_t frames)
{
    if (status == GEMLIVE_ERROR_INVALID_STATE) {
        glue_throw(env, status, "another thread is at the session's audio in this direction", (jlong)frames);
    }
    return (jlong)frames;
}

/* A time that is over is no error: the number of frames says it. */
static jlong pcm_written(JNIEnv *env, gemlive_status status, size_t frames)
{
    if (status != GEMLIVE_OK && status != GEMLIVE_ERROR_TIMEOUT) {
        glue_throw(env, status, gemlive_last_error_message(), (jlong)frames);
    }
    return (jlong)frames;
}

/* NULL, with an exception, for what is no direct buffer or ends before offset + count samples. */
static void *pcm_direct(JNIEnv *env, jobject buffer, jint offset, jlong count, size_t width)
{
    char *const address = (*env)->GetDirectBufferAddress(env, buffer);
    if (!address || offset < 0 || count < 0 || (*env)->GetDirectBufferCapacity(env, buffer) - offset < count) {
        glue_throw(env, GEMLIVE_ERROR_INVALID_ARGUMENT, "'samples' has to be a direct buffer with that many samples", 0);
        return NULL;
    }
    return address + (size_t)offset * width;
}

#define PCM_SAMPLE jshort
#define PCM_ARRAY jshortArray
#define PCM_GET_REGION GetShortArrayRegion
#define PCM_SET_REGION SetShortArrayRegion
#define PCM_JAVA(verb) pcm_##verb##_s16
#define PCM_JAVA_DIRECT(verb) pcm_##verb##_s16_direct
#define PCM_C(verb) gemlive_session_##verb##_audio_s16
#include "pcm_calls.h"

#define PCM_SAMPLE jfloat
#define PCM_ARRAY jfloatArray
#define PCM_GET_REGION GetFloatArrayRegion
#define PCM_SET_REGION SetFloatArrayRegion
#define PCM_JAVA(verb) pcm_##verb##_f32
#define PCM_JAVA_DIRECT(verb) pcm_##verb##_f32_direct
#define PCM_C(verb) gemlive_session_##verb##_audio_f32
#include "pcm_calls.h"

/* Samples of any format, `width` bytes each, in a direct buffer or a byte[]; with plane_bytes other than 0 in planes that lie so
 * far apart. */
static jlong pcm_push_samples(JNIEnv *env, gemlive_session *session, jint format, jobject memory, jint offset, jint width,
                              jint channels, jint plane_bytes, jint frames)
{
    uint8_t block[4 * PCM_BLOCK];
    const uint8_t *const direct = (*env)->GetDirectBufferAddress(env, memory);
    const jint step = plane_bytes ? width : width * channels; /* from a frame to the next */
    const jint planes = plane_bytes ? channels : 1;
    const jint most = (jint)sizeof block / (width * channels);
    gemlive_status status = GEMLIVE_OK;
    jint done = 0;
    if (direct) {
        size_t accepted = 0;
        status = samples_push(session, format, direct + offset, channels, (size_t)plane_bytes, (size_t)frames, &accepted);
        return pcm_on_device(env, status, accepted);
    }
    do {
        const jint count = frames - done < most ? frames - done : most;
        size_t accepted = 0;
        jint plane;
        for (plane = 0; plane < planes; ++plane) {
            (*env)->GetByteArrayRegion(env, (jbyteArray)memory, offset + plane * plane_bytes + done * step, count * step,
                                       (jbyte *)block + plane * count * step);
        }
        if ((*env)->ExceptionCheck(env)) {
            return done;
        }
        status = samples_push(session, format, block, channels, plane_bytes ? (size_t)(count * width) : 0, (size_t)count,
                              &accepted);
        done += (jint)accepted;
    } while (status == GEMLIVE_OK && done < frames);
    return pcm_on_device(env, status, (size_t)done);
}

#endif
