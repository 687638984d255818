/* Contents of events, and texts whose size has to be asked for first. */
#ifndef GEMLIVE_JAVA_TEXTS_H
#define GEMLIVE_JAVA_TEXTS_H

#include "glue.h"

#include <limits.h>
#include <stdlib.h>

static jshortArray event_samples(JNIEnv *env, const gemlive_event *event)
{
    size_t frames = 0;
    const int16_t *const samples = gemlive_event_audio_s16(event, &frames);
    const size_t count = frames * (size_t)gemlive_event_channels(event);
    const jshortArray array = (*env)->NewShortArray(env, (jsize)count);
    if (array && samples) {
        (*env)->SetShortArrayRegion(env, array, 0, (jsize)count, samples);
    }
    return array;
}

static jbyteArray event_data(JNIEnv *env, const gemlive_event *event)
{
    size_t size = 0;
    const uint8_t *const bytes = gemlive_event_bytes(event, &size);
    return glue_new_bytes(env, (const char *)bytes, size);
}

/* Asks again until the text fits: it may grow between two calls. */
typedef gemlive_status (*texts_get)(const void *of, size_t length, char *buffer, size_t capacity, size_t *needed);

static jbyteArray texts_read(JNIEnv *env, texts_get get, const void *of, size_t length)
{
    char small[1024];
    char *heap = NULL;
    size_t needed = 0;
    jbyteArray array = NULL;
    gemlive_status status = get(of, length, small, sizeof small, &needed);
    while (status == GEMLIVE_ERROR_TOO_SMALL) {
        const size_t capacity = needed;
        char *const larger = realloc(heap, capacity);
        if (!larger) {
            free(heap);
            glue_throw_out_of_memory(env);
            return NULL;
        }
        heap = larger;
        status = get(of, length, heap, capacity, &needed);
    }
    if (status == GEMLIVE_OK) {
        array = glue_new_bytes(env, heap ? heap : small, needed - 1);
    } else {
        glue_throw_last(env, status);
    }
    free(heap);
    return array;
}

static gemlive_status texts_tools(const void *session, size_t length, char *buffer, size_t capacity, size_t *needed)
{
    (void)length;
    return gemlive_session_get_tools((gemlive_session *)session, buffer, capacity, needed);
}

static gemlive_status texts_chat_context(const void *session, size_t length, char *buffer, size_t capacity,
                                         size_t *needed)
{
    (void)length;
    return gemlive_session_get_chat_context((gemlive_session *)session, buffer, capacity, needed);
}

static gemlive_status texts_saved(const void *session, size_t length, char *buffer, size_t capacity, size_t *needed)
{
    (void)length;
    return gemlive_session_save((gemlive_session *)session, buffer, capacity, needed);
}

static gemlive_status texts_open_calls(const void *session, size_t length, char *buffer, size_t capacity, size_t *needed)
{
    (void)length;
    return gemlive_session_get_open_calls((gemlive_session *)session, buffer, capacity, needed);
}

static gemlive_status texts_capabilities(const void *session, size_t length, char *buffer, size_t capacity,
                                         size_t *needed)
{
    (void)length;
    return gemlive_session_get_capabilities((gemlive_session *)session, buffer, capacity, needed);
}

static gemlive_status texts_quote(const void *text, size_t length, char *buffer, size_t capacity, size_t *needed)
{
    return gemlive_json_quote(text, length, buffer, capacity, needed);
}

static jbyteArray session_tools(JNIEnv *env, gemlive_session *session)
{
    return texts_read(env, texts_tools, session, 0);
}

static jbyteArray session_chat_context(JNIEnv *env, gemlive_session *session)
{
    return texts_read(env, texts_chat_context, session, 0);
}

static jbyteArray session_saved(JNIEnv *env, gemlive_session *session)
{
    return texts_read(env, texts_saved, session, 0);
}

static jbyteArray session_open_calls(JNIEnv *env, gemlive_session *session)
{
    return texts_read(env, texts_open_calls, session, 0);
}

static jbyteArray session_capabilities(JNIEnv *env, gemlive_session *session)
{
    return texts_read(env, texts_capabilities, session, 0);
}

static jbyteArray json_quote(JNIEnv *env, const char *text, size_t length)
{
    return texts_read(env, texts_quote, text, length);
}

#endif
