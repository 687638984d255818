/* Frames of video: gemlive_session_push_video, with the planes in the language's own memory in place of the struct. */
/* Its text, not its name: Go's wrapper is built where this folder is not. */
%insert(header) "video.h"

#if defined(SWIGJAVA)
%rename(gemlive_session_push_video) planes_push;
%{
#include "java/src/main/c/planes.h"
%}
gemlive_status planes_push(JNIEnv *env, gemlive_session *session, jint format, jint width, jint height, jint rotation,
                           jobject first, jint first_offset, jint first_size, jint first_stride, jobject second,
                           jint second_offset, jint second_size, jint second_stride, jobject third, jint third_offset,
                           jint third_size, jint third_stride);
#else
#if defined(SWIGGO)
%rename(Session_push_video) video_push;
%apply (const uint8_t *bytes, size_t size) {
  (const uint8_t *first, size_t first_size), (const uint8_t *second, size_t second_size), (const uint8_t *third, size_t third_size)
}
#else
%rename(gemlive_session_push_video) video_push;
#endif
gemlive_status video_push(gemlive_session *session, int32_t format, int32_t width, int32_t height, int32_t rotation,
                          const uint8_t *first, size_t first_size, int32_t first_stride, const uint8_t *second,
                          size_t second_size, int32_t second_stride, const uint8_t *third, size_t third_size,
                          int32_t third_stride);
#endif
