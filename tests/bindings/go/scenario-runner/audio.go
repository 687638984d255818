package main

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

func sleepUntil(ctx context.Context, at time.Time) bool {
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err() == nil
}

// pull reads so many frames in real time, 10 ms each time; without end when frames is negative.
func pull(ctx context.Context, session *gemlive.Session, rate, channels, frames int) (done, heard int) {
	start := time.Now()
	for number := 1; frames < 0 || done < frames; number++ {
		if !sleepUntil(ctx, start.Add(time.Duration(done)*time.Second/time.Duration(rate))) {
			break
		}
		end := rate * number / 100
		if frames >= 0 {
			end = min(end, frames)
		}
		count, _ := session.ReadAudio(make([]int16, (end-done)*channels))
		heard += count
		done = end
	}
	return done, heard
}

// wav is 16-bit PCM.
type wav struct {
	rate, channels int
	samples        []int16
}

func readWAV(path string) (wav, error) {
	bytes, err := os.ReadFile(path)
	if err != nil || len(bytes) < 12 || string(bytes[:4]) != "RIFF" {
		return wav{}, errors.New("cannot read '" + path + "' as a sound file")
	}
	var found wav
	for rest := bytes[12:]; len(rest) >= 8; {
		size := int(binary.LittleEndian.Uint32(rest[4:]))
		body := rest[8:min(8+size, len(rest))]
		switch string(rest[:4]) {
		case "fmt ":
			found.channels = int(binary.LittleEndian.Uint16(body[2:]))
			found.rate = int(binary.LittleEndian.Uint32(body[4:]))
		case "data":
			for at := 0; at+1 < len(body); at += 2 {
				found.samples = append(found.samples, int16(binary.LittleEndian.Uint16(body[at:])))
			}
			return found, nil
		}
		rest = rest[min(8+size+size%2, len(rest)):]
	}
	return wav{}, errors.New("cannot read '" + path + "' as a sound file: it has no samples")
}

type pushFile struct {
	path                  string
	paced                 bool
	chunkMS, fromMS, toMS int
}

// audioIn is what the user says: one push at a time, in the foreground or not.
type audioIn struct {
	session        *gemlive.Session
	program        context.Context
	rate, channels int
	busy           atomic.Bool
	background     sync.WaitGroup
	cancel         context.CancelFunc
	broke          atomic.Bool
}

func (a *audioIn) stop() {
	if a.cancel != nil {
		a.cancel()
	}
}

func (a *audioIn) join() { a.background.Wait() }

// failed says whether a push in the background ended otherwise than it should.
func (a *audioIn) failed() bool { return a.broke.Load() }

var alreadyPushing = failed(gemlive.StatusInvalidState, "an audio push is running; wait for its end, or close")

func (a *audioIn) pushFile(push pushFile, background bool) result {
	if !a.busy.CompareAndSwap(false, true) {
		return alreadyPushing
	}
	spoken, err := readWAV(push.path)
	lengthMS := 0
	if err == nil {
		lengthMS = len(spoken.samples) / spoken.channels * 1000 / spoken.rate
		if push.fromMS > lengthMS {
			err = errors.New("from_ms " + strconv.Itoa(push.fromMS) + " is past the end of '" + push.path +
				"', which is " + strconv.Itoa(lengthMS) + " ms long")
		}
	}
	if err != nil {
		a.busy.Store(false)
		return invalidArgument(err.Error())
	}
	frames := len(spoken.samples) / spoken.channels
	to := frames
	if push.toMS >= 0 {
		to = min(frames, push.toMS*spoken.rate/1000)
	}
	from := min(push.fromMS*spoken.rate/1000, to)
	spoken.samples = spoken.samples[from*spoken.channels : to*spoken.channels]
	if !background {
		defer a.busy.Store(false)
		return a.run(a.program, spoken, push.paced, push.chunkMS)
	}
	ctx, cancel := context.WithCancel(a.program)
	a.cancel = cancel
	a.background.Add(1)
	go func() {
		defer a.background.Done()
		pushed := a.run(ctx, spoken, push.paced, push.chunkMS)
		stopped := ctx.Err() != nil && a.program.Err() == nil
		a.busy.Store(false)
		if !pushed.ok() && !stopped {
			a.broke.Store(true)
			diagnose("push_audio in the background: %s, %s", pushed.status, pushed.message)
		}
	}()
	return result{}
}

func (a *audioIn) pushSilence(ms int, paced bool) result {
	if !a.busy.CompareAndSwap(false, true) {
		return alreadyPushing
	}
	defer a.busy.Store(false)
	silence := wav{a.rate, a.channels, make([]int16, ms*a.rate/1000*a.channels)}
	return a.run(a.program, silence, paced, 20)
}

func (a *audioIn) run(ctx context.Context, spoken wav, paced bool, chunkMS int) (pushed result) {
	if spoken.rate != a.rate || spoken.channels != a.channels {
		if err := a.session.SetInputFormat(spoken.rate, spoken.channels); err != nil {
			return resultOf(err)
		}
		a.rate, a.channels = spoken.rate, spoken.channels
	}
	start := time.Now()
	frames := len(spoken.samples) / spoken.channels
	placed := 0
	for done, chunk := 0, 1; done < frames && pushed.ok(); chunk++ {
		next := min(spoken.rate*chunk*chunkMS/1000, frames)
		due := start.Add(time.Duration(next) * time.Second / time.Duration(spoken.rate))
		if ctx.Err() != nil || paced && !sleepUntil(ctx, due) {
			pushed = stoppedPush
			break
		}
		count, err := a.session.WriteAudio(ctx, spoken.samples[done*spoken.channels:next*spoken.channels])
		placed += count
		done = next
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			pushed = stoppedPush
		} else {
			pushed = resultOf(err)
		}
	}
	pushed.fields.whole("frames", int64(placed))
	return pushed
}

var stoppedPush = failed(gemlive.StatusCancelled, "stopped before the end of the audio")
