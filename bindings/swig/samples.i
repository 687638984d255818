/* Samples of any format: gemlive_session_push_audio, with the planes in one memory of the language in place of their addresses. Go
 * calls it by hand (bindings/go/internal/direct). */
#if defined(SWIGJAVA)
jlong pcm_push_samples(JNIEnv *env, gemlive_session *session, jint format, jobject memory, jint offset, jint width,
                       jint channels, jint plane_bytes, jint frames);
#elif defined(SWIGCSHARP)
%insert(header) "samples.h"
%rename(gemlive_session_push_audio) samples_push;
gemlive_status samples_push(gemlive_session *session, int32_t format, const uint8_t *samples, int32_t channels,
                            size_t plane_bytes, size_t frames, size_t *accepted);
#endif
