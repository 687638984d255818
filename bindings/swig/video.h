/* A frame in the form that languages without C's structs can say: its members, and each plane with its size. */
#ifndef GEMLIVE_BINDINGS_VIDEO_H
#define GEMLIVE_BINDINGS_VIDEO_H

#include <gemlive/gemlive_video.h>

#include <string.h>

/* A plane without bytes is none: its size could not be checked. */
static gemlive_status video_push(gemlive_session *session, int32_t format, int32_t width, int32_t height,
                                 int32_t rotation, const uint8_t *first, size_t first_size, int32_t first_stride,
                                 const uint8_t *second, size_t second_size, int32_t second_stride,
                                 const uint8_t *third, size_t third_size, int32_t third_stride)
{
    gemlive_video_frame frame;
    memset(&frame, 0, sizeof frame);
    frame.struct_size = sizeof frame;
    frame.format = format;
    frame.width = width;
    frame.height = height;
    frame.rotation = rotation;
    frame.planes[0] = first_size ? first : NULL;
    frame.planes[1] = second_size ? second : NULL;
    frame.planes[2] = third_size ? third : NULL;
    frame.sizes[0] = first_size;
    frame.sizes[1] = second_size;
    frame.sizes[2] = third_size;
    frame.strides[0] = first_stride;
    frame.strides[1] = second_stride;
    frame.strides[2] = third_stride;
    return gemlive_session_push_video(session, &frame);
}

#endif
