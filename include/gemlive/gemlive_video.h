/*
 * Video: raw frames of a camera, a screen or a game's texture, as they lie in memory.
 *
 * A frame is copied by gemlive_session_push_video, and scaled and encoded on a thread of the library, as the option
 * image_encode_options says; it is never enlarged. Push as often as there are frames: one is sent each video_interval_ms while
 * the user speaks and each video_idle_interval_ms else, the newest of those pushed meanwhile.
 */
#ifndef GEMLIVE_VIDEO_H
#define GEMLIVE_VIDEO_H

#include <gemlive/gemlive_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The names say the order of the bytes in memory: RGBA has red first. Alpha is left out. The YUV formats are BT.601 of limited
 * range; I420, NV12 and NV21 have one colour for each block of 2 x 2 pixels, and (width + 1) / 2 of them in a row. */
enum gemlive_pixel_format {
    GEMLIVE_PIXEL_FORMAT_RGBA = 1,
    GEMLIVE_PIXEL_FORMAT_BGRA = 2,
    GEMLIVE_PIXEL_FORMAT_ARGB = 3,
    GEMLIVE_PIXEL_FORMAT_ABGR = 4,
    GEMLIVE_PIXEL_FORMAT_RGB24 = 5,
    GEMLIVE_PIXEL_FORMAT_BGR24 = 6,
    GEMLIVE_PIXEL_FORMAT_I420 = 7, /* planes: Y, U, V */
    GEMLIVE_PIXEL_FORMAT_NV12 = 8, /* planes: Y, U and V in turns */
    GEMLIVE_PIXEL_FORMAT_NV21 = 9, /* planes: Y, V and U in turns */
    GEMLIVE_PIXEL_FORMAT_YUY2 = 10, /* one plane: Y U Y V for two pixels */
    GEMLIVE_PIXEL_FORMAT_FORCE32 = 0x7FFFFFFF
};

/* Set it to zeros, and struct_size to its size, before anything else: what is added later is 0 then. */
typedef struct gemlive_video_frame {
    uint32_t struct_size; /* sizeof(gemlive_video_frame) */
    int32_t format;       /* enum gemlive_pixel_format */
    int32_t width;        /* pixels, 1 to 16,384 */
    int32_t height;
    int32_t rotation;         /* by how much it is to be turned clockwise to be upright: 0, 90, 180 or 270 */
    int32_t strides[3];       /* bytes from a row to the next; negative: the rows lie from the bottom up; 0: without gaps */
    const uint8_t *planes[3]; /* the lowest address of each plane that the format has; the second and third are NULL where all
                                 lie one behind the other, each of the format's rows, with the stride that goes with strides[0] */
    size_t sizes[3];          /* the bytes of each plane, or of all in the first; too few are refused. 0: not checked */
} gemlive_video_frame;

/**
 * @brief Shows the model a raw frame: the newest when the time for the next one has come. What waits behind a slow network is
 *        replaced, and counted in a `dropped` event. Sound goes first.
 * @param frame its size is checked against the sizes it names, its planes are copied
 * @owner frame: copied
 * @see gemlive_session_push_image
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_push_video(gemlive_session *session,
                                                                   const gemlive_video_frame *frame);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_VIDEO_H */
