/*
 * How C meets Java: handles are longs, text is UTF-8 in byte[], a status is an exception, and what a function gives
 * through a pointer is its result. One static method for each C function, no classes and no finalizers; who owns what
 * is decided in the Java code above.
 */
%javaconst(1);
%pragma(java) jniclassclassmodifiers="final class"
%pragma(java) moduleclassmodifiers="public final class"

%{
#include "java/src/main/c/glue.h"
#include "java/src/main/c/pcm.h"
#include "java/src/main/c/texts.h"
#include "waker.h"
%}

/* What Java gets in another form: samples in arrays and buffers, texts without asking for their size, waiting for many
 * sessions at once. */
%rename("$ignore", regextarget=1) "^gemlive_session_(push|write|read)_audio_(s16|f32)$";
%ignore gemlive_event_audio_s16;
%ignore gemlive_event_bytes;
%ignore gemlive_session_get_chat_context;
%ignore gemlive_session_save;
%ignore gemlive_session_get_open_calls;
%ignore gemlive_session_get_tools;
%ignore gemlive_session_get_capabilities;
%ignore gemlive_json_quote;
%ignore gemlive_session_wait_handle;
%ignore gemlive_model_wait_handle;
%ignore gemlive_last_error_message;
/* Known in Java without asking: the generated enum and classes have the words. */
%ignore gemlive_status_name;
%ignore gemlive_event_type_name;

/* ---- Numbers ---- */

%apply long long { uint64_t, size_t }

/* ---- Handles: tokens, never addresses ---- */

%define GEMLIVE_HANDLE(TYPE)
%typemap(jni) TYPE *, const TYPE * "jlong"
%typemap(jtype) TYPE *, const TYPE * "long"
%typemap(jstype) TYPE *, const TYPE * "long"
%typemap(javain) TYPE *, const TYPE * "$javainput"
%typemap(javaout) TYPE *, const TYPE * { return $jnicall; }
%typemap(in) TYPE *, const TYPE * "$1 = ($1_ltype)(intptr_t)$input;"
%typemap(out) TYPE * "$result = (jlong)(intptr_t)$1;"
%typemap(in, numinputs=0) TYPE ** (TYPE *made = NULL) "$1 = &made;"
%typemap(argout) TYPE ** "$result = (jlong)(intptr_t)*$1;"
%enddef
GEMLIVE_HANDLE(gemlive_options)
GEMLIVE_HANDLE(gemlive_model)
GEMLIVE_HANDLE(gemlive_session)
GEMLIVE_HANDLE(gemlive_event)

/* ---- A status: an exception, in the same crossing; the method's result is the function's out-parameter, or 0 ---- */

%typemap(jni) gemlive_status "jlong"
%typemap(jtype) gemlive_status "long"
%typemap(jstype) gemlive_status "long"
%typemap(javaout) gemlive_status { return $jnicall; }
%typemap(out) gemlive_status %{
  if ($1 != GEMLIVE_OK) glue_throw_last(jenv, $1);
  $result = 0;
%}
/* No event in time is no error: the result is 0 then. */
%define NO_EVENT_IS_NO_ERROR(FUNCTION)
%typemap(out) gemlive_status FUNCTION %{
  if ($1 != GEMLIVE_OK && $1 != GEMLIVE_ERROR_TIMEOUT) glue_throw_last(jenv, $1);
  $result = 0;
%}
%enddef
NO_EVENT_IS_NO_ERROR(gemlive_session_poll_event)
NO_EVENT_IS_NO_ERROR(gemlive_model_poll_event)
%typemap(in, numinputs=0) uint64_t *request (uint64_t made = 0) "$1 = &made;"
%typemap(argout) uint64_t *request "$result = (jlong)*$1;"

/* ---- Text in: UTF-8, with its length where the C function takes one ---- */

%define GEMLIVE_BYTES_IN(PATTERN...)
%typemap(jni) PATTERN "jbyteArray"
%typemap(jtype) PATTERN "byte[]"
%typemap(jstype) PATTERN "byte[]"
%typemap(javain) PATTERN "$javainput"
%enddef
GEMLIVE_BYTES_IN(const char *)
GEMLIVE_BYTES_IN((const char *text, size_t length))
GEMLIVE_BYTES_IN((const uint8_t *bytes, size_t size))

%typemap(in) const char * (struct glue_bytes bytes) %{
  if (!glue_bytes_get(jenv, &bytes, $input)) return $null;
  $1 = ($1_ltype)bytes.data;
%}
%typemap(freearg) const char * "glue_bytes_free(&bytes$argnum);"

%typemap(in) (const char *text, size_t length) (struct glue_bytes bytes) %{
  if (!glue_bytes_get(jenv, &bytes, $input)) return $null;
  $1 = bytes.data;
  $2 = bytes.length;
%}
%typemap(freearg) (const char *text, size_t length) "glue_bytes_free(&bytes$argnum);"
%apply (const char *text, size_t length) {
  (const char *value, size_t length), (const char *instructions, size_t length)
}
%typemap(in) (const uint8_t *bytes, size_t size) (struct glue_bytes bytes) %{
  if (!glue_bytes_get(jenv, &bytes, $input)) return $null;
  $1 = ($1_ltype)bytes.data;
  $2 = bytes.length;
%}
%typemap(freearg) (const uint8_t *bytes, size_t size) "glue_bytes_free(&bytes$argnum);"

/* ---- Text out: by pointer and length where the C function tells it ---- */

%typemap(javaout) const char * { return $jnicall; }
%typemap(in, numinputs=0) size_t *length (size_t length = 0) "$1 = &length;"
%typemap(out) const char * "$result = NULL;"
%typemap(argout) size_t *length "$result = glue_new_bytes(jenv, result, *$1);"
%typemap(out) const char *gemlive_version_string "$result = glue_new_bytes(jenv, $1, strlen($1));"

/* ---- What only Java has ---- */

%typemap(in, numinputs=0) JNIEnv *env "$1 = jenv;"

jlong pcm_push_s16(JNIEnv *env, gemlive_session *session, jshortArray samples, jint offset, jint frames, jint channels);
jlong pcm_push_f32(JNIEnv *env, gemlive_session *session, jfloatArray samples, jint offset, jint frames, jint channels);
jlong pcm_push_s16_direct(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames, jint channels);
jlong pcm_push_f32_direct(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames, jint channels);
jlong pcm_write_s16(JNIEnv *env, gemlive_session *session, jshortArray samples, jint offset, jint frames, jint channels,
                    jlong timeout_ms);
jlong pcm_write_f32(JNIEnv *env, gemlive_session *session, jfloatArray samples, jint offset, jint frames, jint channels,
                    jlong timeout_ms);
jlong pcm_write_s16_direct(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames,
                           jint channels, jlong timeout_ms);
jlong pcm_write_f32_direct(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames,
                           jint channels, jlong timeout_ms);
jlong pcm_read_s16(JNIEnv *env, gemlive_session *session, jshortArray samples, jint offset, jint frames, jint channels);
jlong pcm_read_f32(JNIEnv *env, gemlive_session *session, jfloatArray samples, jint offset, jint frames, jint channels);
jlong pcm_read_s16_direct(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames, jint channels);
jlong pcm_read_f32_direct(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames, jint channels);

jshortArray event_samples(JNIEnv *env, const gemlive_event *event);
jbyteArray event_data(JNIEnv *env, const gemlive_event *event);
jbyteArray session_tools(JNIEnv *env, gemlive_session *session);
jbyteArray session_capabilities(JNIEnv *env, gemlive_session *session);
jbyteArray session_chat_context(JNIEnv *env, gemlive_session *session);
jbyteArray session_saved(JNIEnv *env, gemlive_session *session);
jbyteArray session_open_calls(JNIEnv *env, gemlive_session *session);
jbyteArray json_quote(JNIEnv *env, const char *text, size_t length);

gemlive_status waker_watch(gemlive_session *session, int64_t token);
int64_t waker_wait(int64_t timeout_ms);
void waker_interrupt(void);
