package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// latencies are what a user notices, in milliseconds.
type latencies struct {
	connecting, called int64 // at which these events came
	connects           []int64
	toolRounds         []int64

	mutex    sync.Mutex
	lastLoud time.Time // when the user was last heard to speak
	sounding bool      // whether the model is being heard
	replies  []int64   // from the user's last word to the model's first
}

func (l *latencies) see(event gemlive.Event) {
	switch e := event.(type) {
	case gemlive.Connecting:
		l.connecting = e.TimeMS()
	case gemlive.Connected:
		l.connects = append(l.connects, e.TimeMS()-l.connecting)
	case gemlive.ToolCall:
		l.called = e.TimeMS()
	case gemlive.OutputTranscript:
		if l.called > 0 {
			l.toolRounds = append(l.toolRounds, e.TimeMS()-l.called)
			l.called = 0
		}
	}
}

// Above -40 dBFS somebody speaks.
const loud = 328

// pushed is told what the user said just now.
func (l *latencies) pushed(samples []int16) {
	for _, sample := range samples {
		if sample > loud || sample < -loud {
			l.mutex.Lock()
			defer l.mutex.Unlock()
			l.lastLoud = time.Now()
			return
		}
	}
}

// listened is told how many frames were heard just now.
func (l *latencies) listened(heard int) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if heard > 0 && !l.sounding && !l.lastLoud.IsZero() {
		l.replies = append(l.replies, time.Since(l.lastLoud).Milliseconds())
		l.lastLoud = time.Time{}
	}
	l.sounding = heard > 0
}

func (l *latencies) print() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	printTimes("connect", l.connects)
	printTimes("end of speech -> first audio heard", l.replies)
	printTimes("tool round, call -> first words after the answer", l.toolRounds)
}

func printTimes(what string, times []int64) {
	if len(times) > 0 {
		fmt.Printf("%-7s%s: %s ms\n", "", what, strings.Trim(fmt.Sprint(times), "[]"))
	}
}
