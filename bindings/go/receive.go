package gemlive

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"

	"github.com/gemlive/gemlive/bindings/go/internal/direct"
)

// Next takes the next event, waiting for it as long as ctx allows. Waiting holds no thread. After [Closed], the last
// event, it answers io.EOF; when ctx ends first, ctx's error; when the session was given up, what it was given up for:
// the error of the context that it was started with, or [ErrInvalidHandle].
//
// One goroutine takes events at a time; another one gets [ErrInvalidState]. An event that waits is given also when ctx
// has ended.
func (s *Session) Next(ctx context.Context) (Event, error) {
	if s == nil || s.core == nil {
		return nil, errGivenUp
	}
	if !s.core.receiving.TryLock() {
		return nil, statusError(StatusInvalidState)
	}
	defer s.core.receiving.Unlock()
	if event, err := s.take(); event != nil || err != nil {
		return event, err
	}
	return s.wait(ctx)
}

// take gives what waits; no event and no error when nothing does.
func (s *Session) take() (Event, error) {
	defer runtime.KeepAlive(s)
	var record direct.Record
	switch status := Status(record.Take(s.core.handle)); status {
	case StatusOK:
		event := newEvent(newMeta(s, &record), &record)
		record.Release()
		s.delivered(event)
		return event, nil
	case StatusTimeout:
		return nil, nil
	case StatusClosed:
		return nil, io.EOF
	case StatusInvalidHandle, StatusCancelled:
		return nil, s.core.cause()
	default:
		return nil, statusError(status)
	}
}

func (s *Session) wait(ctx context.Context) (Event, error) {
	event, err := s.core.waiter.wait(ctx, s.take)
	if event == nil && err == nil {
		err = s.core.cause()
	}
	return event, err
}

// cause is why the session was given up.
func (c *core) cause() error {
	if cause := context.Cause(c.ctx); cause != nil && cause != errRequested {
		return cause
	}
	return errGivenUp
}

// Events gives all events up to [Closed], for a range loop. The loop also ends when the session is given up; [Session.Err]
// tells. A loop that is left early can be taken up again.
func (s *Session) Events() iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for {
			event, err := s.Next(context.Background())
			if err != nil || !yield(event) {
				return
			}
		}
	}
}

// EventChannel gives all events up to [Closed] over a channel, for a select; then, or when ctx ends or the session is
// given up, the channel is closed. It holds one event at most: what is not taken waits in the session, under the bound of
// its option event_queue. When ctx ends, an event that was already in the channel's hand is lost with it.
func (s *Session) EventChannel(ctx context.Context) <-chan Event {
	events := make(chan Event)
	go func() {
		defer close(events)
		for {
			event, err := s.Next(ctx)
			if err != nil {
				return
			}
			select {
			case events <- event:
			case <-ctx.Done():
				return
			case <-s.core.gone:
				return
			}
		}
	}()
	return events
}

// Err is why the session is over: nil while it is not, or when it was asked to end; the error of [Closed], or of the
// context that it was started with; [ErrInvalidHandle] when it was given up otherwise before its Closed was taken.
func (s *Session) Err() error {
	if s == nil || s.core == nil {
		return errGivenUp
	}
	switch cause := context.Cause(s.core.ctx); {
	case cause == errRequested:
		return nil
	case cause == nil && s.State() == 0:
		return errGivenUp
	default:
		return cause
	}
}

// errRequested is the cause of a session that ended because it was asked to.
var errRequested = errors.New("the session has ended")

// delivered does what an event asks of the binding before anyone sees it.
func (s *Session) delivered(event Event) {
	switch e := event.(type) {
	case ToolCall:
		s.core.tools.begin(s, e)
	case ToolCallsCancelled:
		s.core.tools.cancelled(e)
	case Closed:
		cause := e.Err()
		if cause == nil {
			cause = errRequested
		}
		s.core.tools.end()
		s.core.cancel(cause)
	}
}
