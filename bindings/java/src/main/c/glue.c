#include "glue.h"

#include <limits.h>
#include <stdlib.h>

static struct {
    jclass type;
    jmethodID constructor; /* (int status, byte[] sentence, long frames) */
} exception;

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved)
{
    JNIEnv *env = NULL;
    jclass found;
    (void)reserved;
    if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_6) != JNI_OK) {
        return JNI_ERR;
    }
    /* Found here, where the application's class loader is at work, and kept for every later call. */
    found = (*env)->FindClass(env, "dev/gemlive/GemliveException");
    if (!found) {
        return JNI_ERR;
    }
    exception.type = (*env)->NewGlobalRef(env, found);
    (*env)->DeleteLocalRef(env, found);
    if (!exception.type) {
        return JNI_ERR;
    }
    exception.constructor = (*env)->GetMethodID(env, exception.type, "<init>", "(I[BJ)V");
    return exception.constructor ? JNI_VERSION_1_6 : JNI_ERR;
}

JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *vm, void *reserved)
{
    JNIEnv *env = NULL;
    (void)reserved;
    if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_6) == JNI_OK) {
        (*env)->DeleteGlobalRef(env, exception.type);
    }
}

void glue_throw(JNIEnv *env, gemlive_status status, const char *sentence, jlong frames)
{
    jbyteArray bytes;
    jobject thrown;
    if ((*env)->ExceptionCheck(env)) {
        return;
    }
    bytes = glue_new_bytes(env, sentence, strlen(sentence));
    if (!bytes) {
        return;
    }
    thrown = (*env)->NewObject(env, exception.type, exception.constructor, (jint)status, bytes, frames);
    if (thrown) {
        (*env)->Throw(env, (jthrowable)thrown);
        (*env)->DeleteLocalRef(env, thrown);
    }
    (*env)->DeleteLocalRef(env, bytes);
}

void glue_throw_last(JNIEnv *env, gemlive_status status)
{
    glue_throw(env, status, gemlive_last_error_message(), 0);
}

void glue_throw_out_of_memory(JNIEnv *env)
{
    const jclass type = (*env)->FindClass(env, "java/lang/OutOfMemoryError");
    if (type) {
        (*env)->ThrowNew(env, type, "gemlive: native memory");
        (*env)->DeleteLocalRef(env, type);
    }
}

int glue_bytes_get(JNIEnv *env, struct glue_bytes *bytes, jbyteArray array)
{
    char *to = bytes->small;
    jsize length;
    bytes->data = NULL;
    bytes->length = 0;
    bytes->heap = NULL;
    if (!array) {
        return 1;
    }
    length = (*env)->GetArrayLength(env, array);
    if ((size_t)length >= sizeof bytes->small) {
        to = bytes->heap = malloc((size_t)length + 1);
        if (!to) {
            glue_throw_out_of_memory(env);
            return 0;
        }
    }
    (*env)->GetByteArrayRegion(env, array, 0, length, (jbyte *)to);
    to[length] = '\0';
    bytes->data = to;
    bytes->length = (size_t)length;
    return 1;
}

void glue_bytes_free(struct glue_bytes *bytes)
{
    free(bytes->heap);
}

jbyteArray glue_new_bytes(JNIEnv *env, const char *data, size_t length)
{
    jbyteArray array;
    if (length > INT_MAX) {
        glue_throw_out_of_memory(env);
        return NULL;
    }
    array = (*env)->NewByteArray(env, (jsize)length);
    if (array) {
        (*env)->SetByteArrayRegion(env, array, 0, (jsize)length, (const jbyte *)data);
    }
    return array;
}
