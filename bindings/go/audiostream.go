package gemlive

import (
	"context"
	"encoding/binary"
	"io"
	"slices"
	"time"
)

// AudioWriter takes samples as bytes, 16 bits each, little-endian, in the input format. It blocks, as
// [Session.WriteAudio] does, and waits for as long as the session lasts: so io.Copy from a file speaks the file, as fast as
// the session takes it. A writer keeps the bytes of a frame that is not yet whole for the next Write. It counts as the
// one goroutine that pushes.
func (s *Session) AudioWriter() io.Writer { return &audioWriter{session: s} }

type audioWriter struct {
	session *Session
	rest    []byte // of a frame that is not whole
	samples []int16
}

// How much is turned into samples at a time.
const writerSamples = 4096

func (w *audioWriter) Write(bytes []byte) (int, error) {
	if w.session == nil || w.session.core == nil {
		return 0, errGivenUp
	}
	frame := 2 * int(w.session.core.in.Load())
	taken := 0
	for taken < len(bytes) {
		count := min(len(bytes)-taken, 2*writerSamples)
		before := len(w.rest)
		w.rest = append(w.rest, bytes[taken:taken+count]...)
		whole := len(w.rest) / frame * frame
		w.samples = w.samples[:0]
		for at := 0; at < whole; at += 2 {
			w.samples = append(w.samples, int16(binary.LittleEndian.Uint16(w.rest[at:])))
		}
		frames, err := w.session.WriteAudio(w.session.core.ctx, w.samples)
		w.rest = append(w.rest[:0], w.rest[frames*frame:]...)
		if err != nil {
			placed := max(frames*frame-before, 0)
			w.rest = w.rest[:0]
			return taken + placed, err
		}
		taken += count
	}
	return taken, nil
}

// AudioReader gives what a listener hears as bytes, 16 bits a sample, little-endian, in the output format, silence too,
// at the pace at which it is heard: so io.Copy to a sound device plays the conversation, and io.Copy to a file records
// it. It is ahead of the clock by 40 ms at most, so that a device does not run dry; what was given cannot be called back
// by an interruption. A Read that comes late, after a device was paused, goes on from then. It ends with io.EOF when the
// session is over and all was heard, or was given up. It counts as the one goroutine that reads.
func (s *Session) AudioReader() io.Reader { return &audioReader{session: s} }

type audioReader struct {
	session *Session
	due     time.Time // of what comes next
	samples []int16
	bytes   []byte
	rest    []byte // of bytes: what was not yet taken
}

const (
	readerLead  = 40 * time.Millisecond
	readerBlock = 10 * time.Millisecond
)

func (r *audioReader) Read(bytes []byte) (int, error) {
	if r.session == nil || r.session.core == nil {
		return 0, errGivenUp
	}
	if len(bytes) == 0 {
		return 0, nil
	}
	if len(r.rest) == 0 {
		if err := r.block(); err != nil {
			return 0, err
		}
	}
	count := copy(bytes, r.rest)
	r.rest = r.rest[count:]
	return count, nil
}

// block reads a block when it is due.
func (r *audioReader) block() error {
	c := r.session.core
	ahead := time.Until(r.due)
	if ahead < -readerLead {
		r.due = time.Now()
	}
	if ahead > readerLead {
		c.pause(context.Background(), ahead-readerLead)
	}
	state := r.session.State()
	over := state == StateClosed || state == 0
	rate := time.Duration(c.outRate.Load())
	frames := max(int(rate*readerBlock/time.Second), 1)
	r.due = r.due.Add(time.Duration(frames) * time.Second / rate)
	r.samples = slices.Grow(r.samples[:0], frames*int(c.out.Load()))[:frames*int(c.out.Load())]
	heard, err := r.session.ReadAudio(r.samples)
	if err != nil || over && heard == 0 {
		return io.EOF
	}
	r.bytes = r.bytes[:0]
	for _, sample := range r.samples {
		r.bytes = binary.LittleEndian.AppendUint16(r.bytes, uint16(sample))
	}
	r.rest = r.bytes
	return nil
}
