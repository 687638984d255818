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

#endif
