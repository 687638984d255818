package gemlive

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/gemlive/gemlive/bindings/go/internal/direct"
	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// SetInputFormat says how pushed and written samples are to be understood from now on: 1,000 to 384,000 Hz, 1 to 16
// channels. 16,000 Hz mono before the first call. What was pushed before keeps its format. Change the number of channels
// only while no other goroutine pushes or writes.
func (s *Session) SetInputFormat(sampleRate, channels int) error {
	defer runtime.KeepAlive(s)
	err := failure(gemlivec.Session_set_input_format(s.handle(), sampleRate, channels))
	if err == nil {
		s.core.in.Store(int32(channels))
	}
	return err
}

// SetOutputFormat says how samples are to be read: 1,000 to 384,000 Hz, 1 to 16 channels. 24,000 Hz mono before the first
// call. It switches playout on: until then, or the first read, the model's voice is in [Audio] events only. Change the
// number of channels only while no other goroutine reads.
func (s *Session) SetOutputFormat(sampleRate, channels int) error {
	defer runtime.KeepAlive(s)
	err := failure(gemlivec.Session_set_output_format(s.handle(), sampleRate, channels))
	if err == nil {
		s.core.out.Store(int32(channels))
		s.core.outRate.Store(int32(sampleRate))
	}
	return err
}

// PushAudio takes what the microphone has just heard: interleaved samples, a whole number of frames. It takes as many
// frames as there is room for (option input_ring_ms) and never waits; how many is no error. It allocates nothing. One
// goroutine pushes or writes at a time. A sound device may go on after its session: one that is closing, over or given up
// takes 0 frames, and that is no error either.
func (s *Session) PushAudio(samples []int16) (frames int, err error) {
	return place(s, samples, direct.PushS16)
}

// PushAudioFloat is PushAudio for samples from -1 to 1; beyond is clipped, NaN is silence.
func (s *Session) PushAudioFloat(samples []float32) (frames int, err error) {
	return place(s, samples, direct.PushF32)
}

// SampleFormat says what a sample in bytes is. More than one byte is in the machine's order.
type SampleFormat int

// The formats of samples.
const (
	SampleFormatS16   SampleFormat = iota + 1
	SampleFormatS32                // samples of 24 bits are in the upper ones
	SampleFormatF32                // from -1 to 1; beyond is clipped, NaN is silence
	SampleFormatU8                 // silent at 128
	SampleFormatMulaw              // G.711 of North America and Japan: audio/PCMU
	SampleFormatAlaw               // G.711 elsewhere: audio/PCMA
)

// PushAudioBytes is PushAudio for interleaved samples of any format, which may differ from call to call.
func (s *Session) PushAudioBytes(format SampleFormat, samples []byte) (frames int, err error) {
	return s.placeBytes(format, samples, false, 0)
}

// PushPlanarAudio is PushAudioBytes for channels that lie one behind the other, each a plane of the same size. It begins with
// the frame from: how many of them were taken before.
func (s *Session) PushPlanarAudio(format SampleFormat, planes []byte, from int) (frames int, err error) {
	return s.placeBytes(format, planes, true, from)
}

// WriteAudio is the patient form, for files and streams: any length. It waits for room, also while there is no
// connection, as long as ctx allows, and holds no thread meanwhile. It gives how many frames were placed; they are not
// lost when it fails.
func (s *Session) WriteAudio(ctx context.Context, samples []int16) (frames int, err error) {
	return writeAll(ctx, s, samples, direct.WriteS16)
}

// WriteAudioFloat is WriteAudio for samples from -1 to 1.
func (s *Session) WriteAudioFloat(ctx context.Context, samples []float32) (frames int, err error) {
	return writeAll(ctx, s, samples, direct.WriteF32)
}

// ReadAudio fills the speaker's buffer with what is due now: the model's voice, or silence. It gives how many frames are
// not filler. It never waits, never fails for lack of sound, and allocates nothing. After an interruption the next call
// is silent. The first call switches playout on. One goroutine reads at a time. What a session that is over still holds
// can be read; after [Session.Close] all is silence, and no error.
func (s *Session) ReadAudio(samples []int16) (heard int, err error) {
	return read(s, samples, direct.ReadS16)
}

// ReadAudioFloat is ReadAudio for samples from -1 to 1.
func (s *Session) ReadAudioFloat(samples []float32) (heard int, err error) {
	return read(s, samples, direct.ReadF32)
}

// QueuedAudio is how much of the model's voice waits to be read.
func (s *Session) QueuedAudio() time.Duration {
	defer runtime.KeepAlive(s)
	return time.Duration(gemlivec.Session_queued_audio_us(s.handle())) * time.Microsecond
}

// InputPeak is the largest sample of the microphone's last 50 ms, mixed to mono, from 0 to 1. It is 0 while muted, 250 ms after
// the last push is over, and after [Session.Close].
func (s *Session) InputPeak() float32 {
	defer runtime.KeepAlive(s)
	return gemlivec.Session_input_peak(s.handle())
}

// InputRMS is how loud the microphone's last 50 ms are, as root mean square; otherwise as InputPeak.
func (s *Session) InputRMS() float32 {
	defer runtime.KeepAlive(s)
	return gemlivec.Session_input_rms(s.handle())
}

type sample interface{ int16 | float32 }

type placing[T sample] func(session uintptr, samples []T, frames int) (int, int32)

type writing[T sample] func(session uintptr, samples []T, frames int) (int, int32, string)

func inFrames(samples int, channels int32) (int, error) {
	frames := samples / int(channels)
	if frames*int(channels) != samples {
		return 0, &Error{StatusInvalidArgument,
			fmt.Sprintf("samples has %d of them: not a whole number of frames of %d channels", samples, channels)}
	}
	return frames, nil
}

func place[T sample](s *Session, samples []T, call placing[T]) (int, error) {
	if s == nil || s.core == nil {
		return 0, errGivenUp
	}
	if s.core.isGivenUp() {
		return 0, nil
	}
	frames, err := inFrames(len(samples), s.core.in.Load())
	if err != nil {
		return 0, err
	}
	accepted, status := call(s.core.handle, samples, frames)
	runtime.KeepAlive(s)
	if status == int32(StatusInvalidState) {
		return accepted, statusError(StatusInvalidState)
	}
	return accepted, nil // none where the session is over, however it ended
}

func (format SampleFormat) bytes() (int, error) {
	switch format {
	case SampleFormatS16:
		return 2, nil
	case SampleFormatS32, SampleFormatF32:
		return 4, nil
	case SampleFormatU8, SampleFormatMulaw, SampleFormatAlaw:
		return 1, nil
	}
	return 0, &Error{StatusInvalidArgument, fmt.Sprintf("format is %d, which is no SampleFormat", format)}
}

func (s *Session) placeBytes(format SampleFormat, samples []byte, isPlanar bool, from int) (int, error) {
	if s == nil || s.core == nil {
		return 0, errGivenUp
	}
	if s.core.isGivenUp() {
		return 0, nil
	}
	width, err := format.bytes()
	if err != nil {
		return 0, err
	}
	channels := int(s.core.in.Load())
	frames := len(samples) / (width * channels)
	if frames*width*channels != len(samples) {
		return 0, &Error{StatusInvalidArgument, fmt.Sprintf("samples has %d bytes: not a whole number of frames of %d channels of %d bytes",
			len(samples), channels, width)}
	}
	if from < 0 || from > frames {
		return 0, &Error{StatusInvalidArgument, fmt.Sprintf("from has to be 0 to %d, not %d", frames, from)}
	}
	plane := 0
	if isPlanar {
		plane = frames * width
	}
	accepted, status := direct.PushBytes(s.core.handle, int(format), samples[from*width:], channels, plane, frames-from)
	runtime.KeepAlive(s)
	if status == int32(StatusInvalidState) {
		return accepted, statusError(StatusInvalidState)
	}
	return accepted, nil // none where the session is over, however it ended
}

func read[T sample](s *Session, samples []T, call placing[T]) (int, error) {
	if s == nil || s.core == nil {
		clear(samples)
		return 0, errGivenUp
	}
	if s.core.isGivenUp() {
		clear(samples)
		return 0, nil
	}
	frames, err := inFrames(len(samples), s.core.out.Load())
	if err != nil {
		clear(samples)
		return 0, err
	}
	heard, status := call(s.core.handle, samples, frames)
	runtime.KeepAlive(s)
	if status != int32(StatusOK) {
		clear(samples)
	}
	if status == int32(StatusInvalidState) {
		return 0, statusError(StatusInvalidState)
	}
	return heard, nil
}

// The input ring has room again when some of it was sent, which nothing tells: so it is looked at, soon at first.
const (
	firstLook   = time.Millisecond
	slowestLook = 20 * time.Millisecond
)

func writeAll[T sample](ctx context.Context, s *Session, samples []T, call writing[T]) (int, error) {
	if s == nil || s.core == nil {
		return 0, errGivenUp
	}
	channels := s.core.in.Load()
	frames, err := inFrames(len(samples), channels)
	if err != nil {
		return 0, err
	}
	placed := 0
	for pause := firstLook; ; pause = min(2*pause, slowestLook) {
		accepted, status, sentence := call(s.core.handle, samples[placed*int(channels):], frames-placed)
		runtime.KeepAlive(s)
		placed += accepted
		switch Status(status) {
		case StatusOK:
			return placed, nil
		case StatusTimeout:
		default:
			return placed, &Error{Status(status), sentence}
		}
		if accepted > 0 {
			pause = firstLook
		}
		if err := s.core.pause(ctx, pause); err != nil {
			return placed, err
		}
	}
}

func (c *core) pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-c.gone:
		return c.cause()
	}
}
