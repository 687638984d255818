package main

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// eventLog is the events that no wait has passed by yet.
type eventLog struct {
	mutex    sync.Mutex
	events   []object
	closed   bool
	appended chan struct{} // closed and made anew when an event is added
}

func newEventLog() *eventLog { return &eventLog{appended: make(chan struct{})} }

func (l *eventLog) append(line string) {
	event, _ := parseJSON([]byte(line)).(object)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.events = append(l.events, event)
	l.closed = l.closed || event["event"] == "closed"
	close(l.appended)
	l.appended = make(chan struct{})
}

// take looks for the first match and passes all events up to it by; otherwise it gives what to wait for.
func (l *eventLog) take(pattern object) (found object, closed bool, more <-chan struct{}) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for number, event := range l.events {
		if matches(pattern, event) {
			l.events = l.events[number+1:]
			return event, l.closed, nil
		}
	}
	return nil, l.closed, l.appended
}

func (l *eventLog) wait(ctx context.Context, pattern object, timeout time.Duration) result {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		found, closed, more := l.take(pattern)
		if found != nil {
			r := result{}
			r.fields.add("seq", shown(found["seq"]))
			return r
		}
		if closed {
			return failed(gemlive.StatusClosed, "the session is closed, and nothing matched "+shown(pattern))
		}
		select {
		case <-more:
		case <-ctx.Done():
			return failed(gemlive.StatusCancelled, "stopped while waiting for "+shown(pattern))
		case <-timer.C:
			return failed(gemlive.StatusTimeout, "nothing matched "+shown(pattern)+" in time")
		}
	}
}

// matches compares objects as subsets at every depth, everything else by equality.
func matches(pattern, value any) bool {
	switch pattern := pattern.(type) {
	case object:
		object, ok := value.(object)
		if !ok {
			return false
		}
		for name, wanted := range pattern {
			if found, ok := object[name]; !ok || !matches(wanted, found) {
				return false
			}
		}
		return true
	case json.Number:
		number, ok := value.(json.Number)
		if !ok {
			return false
		}
		left, _ := pattern.Float64()
		right, _ := number.Float64()
		return left == right
	}
	return shown(pattern) == shown(value)
}
