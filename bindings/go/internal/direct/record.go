package direct

/*
#include "record.h"

#cgo noescape direct_take
#cgo nocallback direct_take
#cgo noescape direct_take_of_model
#cgo nocallback direct_take_of_model
#cgo nocallback direct_release
*/
import "C"

import (
	"math"
	"unsafe"
)

// Record is one event as C has read it. What its methods give is Go's own; the record holds on to C's memory until
// Release.
type Record struct{ c C.struct_direct_record }

// Take takes the next event that waits. With any status but 0 there is none.
func (r *Record) Take(session uintptr) int32 {
	return int32(C.direct_take(C.uintptr_t(session), &r.c))
}

// TakeOfModel is Take for the events of the sessions that share their model's queue.
func (r *Record) TakeOfModel(model uintptr) int32 {
	return int32(C.direct_take_of_model(C.uintptr_t(model), &r.c))
}

// Release gives the event up; the record is empty afterwards.
func (r *Record) Release() {
	C.direct_release(r.c.event)
	r.c = C.struct_direct_record{}
}

func (r *Record) Session() uintptr   { return uintptr(r.c.session) }
func (r *Record) Type() int32        { return int32(r.c._type) }
func (r *Record) Seq() uint64        { return uint64(r.c.seq) }
func (r *Record) TimeMS() int64      { return int64(r.c.time_ms) }
func (r *Record) Connection() uint64 { return uint64(r.c.connection) }
func (r *Record) Status() int32      { return int32(r.c.status) }

// JSON is the whole event.
func (r *Record) JSON() []byte { return bytes(r.c.json) }

// ServerMessage is the JSON of the message that caused it; nil when none did.
func (r *Record) ServerMessage() []byte { return bytes(r.c.server_message) }

// Samples are those of an audio event.
func (r *Record) Samples() []int16 {
	if r.c.payload.number == 0 {
		return nil
	}
	samples := unsafe.Slice((*int16)(unsafe.Pointer(r.c.payload.text)), int(r.c.payload.number))
	return append([]int16(nil), samples...)
}

// Data is the bytes of a media event.
func (r *Record) Data() []byte { return bytes(r.c.payload) }

// Handle is what resumes the conversation.
func (r *Record) Handle() string { return text(r.c.payload) }

// Has says whether the event has the field of that number.
func (r *Record) Has(field int) bool { return r.c.fields[field].text != nil }

func (r *Record) Text(field int) string { return text(r.c.fields[field]) }

func (r *Record) Bytes(field int) []byte { return bytes(r.c.fields[field]) }

func (r *Record) Int(field int) int64 { return int64(r.c.fields[field].number) }

func (r *Record) ID(field int) uint64 { return uint64(r.c.fields[field].number) }

func (r *Record) Bool(field int) bool { return r.c.fields[field].number != 0 }

// Double is 0 where the field is absent.
func (r *Record) Double(field int) float64 {
	if !r.Has(field) {
		return 0
	}
	return math.Float64frombits(uint64(r.c.fields[field].number))
}

func text(value C.struct_direct_value) string {
	return C.GoStringN(value.text, C.int(value.number))
}

func bytes(value C.struct_direct_value) []byte {
	if value.text == nil || value.number == 0 {
		return nil
	}
	return C.GoBytes(unsafe.Pointer(value.text), C.int(value.number))
}
