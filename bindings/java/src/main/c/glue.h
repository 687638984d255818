/* What the SWIG wrapper and the helpers beside it share: exceptions, and bytes of Java arrays. */
#ifndef GEMLIVE_JAVA_GLUE_H
#define GEMLIVE_JAVA_GLUE_H

#include <gemlive/gemlive.h>

#include <jni.h>
#include <string.h>

/* Throws GemliveException with the sentence of the call that just failed on this thread. */
void glue_throw_last(JNIEnv *env, gemlive_status status);

/* Throws GemliveException; `frames` is what an audio call had done before it failed. */
void glue_throw(JNIEnv *env, gemlive_status status, const char *sentence, jlong frames);

void glue_throw_out_of_memory(JNIEnv *env);

/* A copy of a Java array with a final NUL: short ones need no heap. NULL stays NULL. */
struct glue_bytes {
    char *data;
    size_t length;
    char *heap;
    char small[256];
};

/* 0 after an exception was thrown. */
int glue_bytes_get(JNIEnv *env, struct glue_bytes *bytes, jbyteArray array);
void glue_bytes_free(struct glue_bytes *bytes);

jbyteArray glue_new_bytes(JNIEnv *env, const char *data, size_t length);

#endif
