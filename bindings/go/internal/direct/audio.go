// Package direct is the hot path, by hand: samples in both directions, and an event with all its fields.
//
// The generated layer lets the argument that C writes a count into escape, so each block of samples costs a heap
// allocation (8 bytes, and 25 of 85 ns), and it makes an error of a status that is none on the hot path. An event costs it
// one call per field. `bindings/go/bench.sh --layers` measures both ways. The functions here keep no pointer and call
// nothing back, and say so to the compiler: that is what noescape and nocallback mean. Noescape also takes cgo's pointer
// check away, which is sound because samples and records hold no Go pointers.
package direct

/*
#include <gemlive/gemlive.h>
#include <stdlib.h>
#include <string.h>

// A count needs no memory of its own in Go when it comes back beside the status.
struct taken {
	gemlive_status status;
	size_t frames;
};

static struct taken direct_push_s16(uintptr_t session, const int16_t *samples, size_t frames)
{
	struct taken taken;
	taken.status = gemlive_session_push_audio_s16((gemlive_session *)session, samples, frames, &taken.frames);
	return taken;
}

static struct taken direct_push_f32(uintptr_t session, const float *samples, size_t frames)
{
	struct taken taken;
	taken.status = gemlive_session_push_audio_f32((gemlive_session *)session, samples, frames, &taken.frames);
	return taken;
}

// Of any format; the planes lie plane_bytes apart, which is 0 where the samples are interleaved.
static struct taken direct_push_bytes(uintptr_t session, int32_t format, const uint8_t *samples, int32_t channels,
                                      size_t plane_bytes, size_t frames)
{
	const void *planes[16];
	struct taken taken;
	size_t count = plane_bytes ? (size_t)channels : 1;
	size_t plane;
	for (plane = 0; plane < count && plane < 16; ++plane) {
		planes[plane] = samples + plane * plane_bytes;
	}
	taken.status = gemlive_session_push_audio((gemlive_session *)session, format, planes, count, frames, &taken.frames);
	return taken;
}

// A write that fails has a sentence, which belongs to the thread; Go frees this copy.
struct written {
	struct taken taken;
	char *sentence;
};

static struct written with_sentence(struct written written)
{
	if (written.taken.status != GEMLIVE_OK && written.taken.status != GEMLIVE_ERROR_TIMEOUT) {
		written.sentence = strdup(gemlive_last_error_message());
	}
	return written;
}

static struct written direct_write_s16(uintptr_t session, const int16_t *samples, size_t frames)
{
	struct written written = {0};
	written.taken.status =
		gemlive_session_write_audio_s16((gemlive_session *)session, samples, frames, 0, &written.taken.frames);
	return with_sentence(written);
}

static struct written direct_write_f32(uintptr_t session, const float *samples, size_t frames)
{
	struct written written = {0};
	written.taken.status =
		gemlive_session_write_audio_f32((gemlive_session *)session, samples, frames, 0, &written.taken.frames);
	return with_sentence(written);
}

static struct taken direct_read_s16(uintptr_t session, int16_t *samples, size_t frames)
{
	struct taken taken;
	taken.status = gemlive_session_read_audio_s16((gemlive_session *)session, samples, frames, &taken.frames);
	return taken;
}

static struct taken direct_read_f32(uintptr_t session, float *samples, size_t frames)
{
	struct taken taken;
	taken.status = gemlive_session_read_audio_f32((gemlive_session *)session, samples, frames, &taken.frames);
	return taken;
}

#cgo noescape direct_push_s16
#cgo nocallback direct_push_s16
#cgo noescape direct_push_f32
#cgo nocallback direct_push_f32
#cgo noescape direct_push_bytes
#cgo nocallback direct_push_bytes
#cgo noescape direct_write_s16
#cgo nocallback direct_write_s16
#cgo noescape direct_write_f32
#cgo nocallback direct_write_f32
#cgo noescape direct_read_s16
#cgo nocallback direct_read_s16
#cgo noescape direct_read_f32
#cgo nocallback direct_read_f32
*/
import "C"

import "unsafe"

func s16(samples []int16) *C.int16_t { return (*C.int16_t)(unsafe.SliceData(samples)) }

func f32(samples []float32) *C.float { return (*C.float)(unsafe.SliceData(samples)) }

func both(taken C.struct_taken) (int, int32) { return int(taken.frames), int32(taken.status) }

func all(written C.struct_written) (int, int32, string) {
	frames, status := both(written.taken)
	if written.sentence == nil {
		return frames, status, ""
	}
	defer C.free(unsafe.Pointer(written.sentence))
	return frames, status, C.GoString(written.sentence)
}

// PushS16 takes as many frames as there is room for; it gives their number and a status.
func PushS16(session uintptr, samples []int16, frames int) (int, int32) {
	return both(C.direct_push_s16(C.uintptr_t(session), s16(samples), C.size_t(frames)))
}

// PushF32 is PushS16 for floats.
func PushF32(session uintptr, samples []float32, frames int) (int, int32) {
	return both(C.direct_push_f32(C.uintptr_t(session), f32(samples), C.size_t(frames)))
}

// PushBytes is PushS16 for any format; the planes lie planeBytes apart, which is 0 where the samples are interleaved.
func PushBytes(session uintptr, format int, samples []byte, channels, planeBytes, frames int) (int, int32) {
	return both(C.direct_push_bytes(C.uintptr_t(session), C.int32_t(format), (*C.uint8_t)(unsafe.SliceData(samples)),
		C.int32_t(channels), C.size_t(planeBytes), C.size_t(frames)))
}

// WriteS16 places what there is room for, as a blocking write with no time left; a failure has its sentence.
func WriteS16(session uintptr, samples []int16, frames int) (int, int32, string) {
	return all(C.direct_write_s16(C.uintptr_t(session), s16(samples), C.size_t(frames)))
}

// WriteF32 is WriteS16 for floats.
func WriteF32(session uintptr, samples []float32, frames int) (int, int32, string) {
	return all(C.direct_write_f32(C.uintptr_t(session), f32(samples), C.size_t(frames)))
}

// ReadS16 fills samples; it gives how many frames are not filler, and a status.
func ReadS16(session uintptr, samples []int16, frames int) (int, int32) {
	return both(C.direct_read_s16(C.uintptr_t(session), s16(samples), C.size_t(frames)))
}

// ReadF32 is ReadS16 for floats.
func ReadF32(session uintptr, samples []float32, frames int) (int, int32) {
	return both(C.direct_read_f32(C.uintptr_t(session), f32(samples), C.size_t(frames)))
}
