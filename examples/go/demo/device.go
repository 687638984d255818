package main

import (
	"context"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

const block = 20 * time.Millisecond

// every calls f with the number of each block when it is due, by a schedule that does not drift.
func every(ctx context.Context, f func(number int) bool) error {
	start := time.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for number := 0; ; number++ {
		timer.Reset(time.Until(start.Add(time.Duration(number) * block)))
		select {
		case <-timer.C:
			if !f(number) {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// snippet: microphone
// speak pushes a sound as a microphone would: each block when it has just been heard.
func speak(ctx context.Context, session *gemlive.Session, spoken sound, pushed func(samples []int16)) error {
	if err := session.SetInputFormat(spoken.rate, 1); err != nil {
		return err
	}
	frames := spoken.rate / int(time.Second/block)
	var failed error
	err := every(ctx, func(number int) bool {
		heard := spoken.samples[min(number*frames, len(spoken.samples)):min((number+1)*frames, len(spoken.samples))]
		_, failed = session.PushAudio(heard)
		pushed(heard)
		return failed == nil && len(heard) > 0
	})
	if failed != nil {
		return failed
	}
	return err
}

// end snippet

// snippet: speaker
// listen reads what is due as a speaker would, block by block, until ctx ends; what no model says is silence.
func listen(ctx context.Context, session *gemlive.Session, hear func(samples []int16, heard int)) {
	samples := make([]int16, listenerRate/int(time.Second/block))
	every(ctx, func(int) bool {
		heard, err := session.ReadAudio(samples)
		hear(samples, heard)
		return err == nil
	})
}

// end snippet
