/* The planes of a frame in Java's memory: direct buffers where they are, arrays by a copy. The caller has checked the bounds. */
#ifndef GEMLIVE_JAVA_PLANES_H
#define GEMLIVE_JAVA_PLANES_H

#include "glue.h"

struct plane {
    jobject memory; /* a direct buffer, a byte[] or NULL */
    jbyte *copy;
    const uint8_t *bytes;
};

/* 0 after an exception was thrown. */
static int plane_get(JNIEnv *env, struct plane *plane, jobject memory, jint offset)
{
    const char *address;
    plane->memory = memory;
    plane->copy = NULL;
    plane->bytes = NULL;
    if (!memory) {
        return 1;
    }
    address = (*env)->GetDirectBufferAddress(env, memory);
    if (!address) {
        plane->copy = (*env)->GetByteArrayElements(env, (jbyteArray)memory, NULL);
        address = (const char *)plane->copy;
    }
    if (address) {
        plane->bytes = (const uint8_t *)address + offset;
    }
    return address != NULL;
}

static void plane_free(JNIEnv *env, struct plane *plane)
{
    if (plane->copy) {
        (*env)->ReleaseByteArrayElements(env, (jbyteArray)plane->memory, plane->copy, JNI_ABORT);
    }
}

static gemlive_status planes_push(JNIEnv *env, gemlive_session *session, jint format, jint width, jint height, jint rotation,
                                  jobject first, jint first_offset, jint first_size, jint first_stride, jobject second,
                                  jint second_offset, jint second_size, jint second_stride, jobject third,
                                  jint third_offset, jint third_size, jint third_stride)
{
    struct plane planes[3] = {{NULL, NULL, NULL}, {NULL, NULL, NULL}, {NULL, NULL, NULL}};
    gemlive_status status = GEMLIVE_OK;
    if (plane_get(env, &planes[0], first, first_offset) && plane_get(env, &planes[1], second, second_offset) &&
        plane_get(env, &planes[2], third, third_offset)) {
        status = video_push(session, format, width, height, rotation, planes[0].bytes, (size_t)first_size, first_stride,
                            planes[1].bytes, (size_t)second_size, second_stride, planes[2].bytes, (size_t)third_size,
                            third_stride);
    }
    plane_free(env, &planes[2]);
    plane_free(env, &planes[1]);
    plane_free(env, &planes[0]);
    return status;
}

#endif
