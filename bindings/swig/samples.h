/* Samples in the form that languages without arrays of addresses can say: one memory, and how far its planes are apart. */
#ifndef GEMLIVE_BINDINGS_SAMPLES_H
#define GEMLIVE_BINDINGS_SAMPLES_H

#include <gemlive/gemlive_audio.h>

/* plane_bytes is 0 where they are interleaved. */
static gemlive_status samples_push(gemlive_session *session, int32_t format, const uint8_t *samples, int32_t channels,
                                   size_t plane_bytes, size_t frames, size_t *accepted)
{
    const void *planes[16];
    const size_t most = sizeof planes / sizeof planes[0];
    size_t count = plane_bytes && channels > 1 ? (size_t)channels : 1;
    size_t plane;
    count = count < most ? count : most;
    for (plane = 0; plane < count; ++plane) {
        planes[plane] = samples + plane * plane_bytes;
    }
    return gemlive_session_push_audio(session, format, planes, count, frames, accepted);
}

#endif
