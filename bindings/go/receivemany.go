package gemlive

import (
	"context"
	"io"
	"iter"
	"runtime"
	"sync"
	"weak"

	"github.com/gemlive/gemlive/bindings/go/internal/direct"
	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// sessionsByHandle knows the sessions whose events may be taken from their model. It does not keep them: one that nobody
// keeps is given up like any other.
type sessionsByHandle struct {
	making sync.RWMutex // held while a session is made: nobody finds an event's session before it is known here
	mutex  sync.Mutex
	known  map[uintptr]weak.Pointer[Session]
}

func (k *sessionsByHandle) add(s *Session) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.known == nil {
		k.known = map[uintptr]weak.Pointer[Session]{}
	}
	k.known[s.core.handle] = weak.Make(s)
}

func (k *sessionsByHandle) forget(handle uintptr) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	delete(k.known, handle)
}

// find gives nil for a session that is gone.
func (k *sessionsByHandle) find(handle uintptr) *Session {
	k.making.RLock()
	defer k.making.RUnlock()
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.known[handle].Value()
}

var noSessions sessionsByHandle

func (m *Model) sessions() *sessionsByHandle {
	if m == nil || m.core == nil {
		return &noSessions
	}
	return &m.core.sessions
}

// Next takes the next event of the sessions that share the model's queue ([WithShareEvents]), waiting for it as long as ctx
// allows: one loop for all of them. The event's Session says whose it is; the sessions take turns, each with its events in
// order. Waiting holds no thread. It answers io.EOF when the model has finished and all these sessions are over, ctx's error
// when that ends first, and [ErrInvalidHandle] after [Model.Close].
//
// One goroutine takes events at a time; another one gets [ErrInvalidState]. An event that waits is given also when ctx
// has ended.
func (m *Model) Next(ctx context.Context) (Event, error) {
	if m == nil || m.core == nil {
		return nil, errModelGivenUp
	}
	defer runtime.KeepAlive(m)
	c := m.core
	if !c.receiving.TryLock() {
		return nil, statusError(StatusInvalidState)
	}
	defer c.receiving.Unlock()
	if event, err := c.take(); event != nil || err != nil {
		return event, err
	}
	if c.waiter.file == nil {
		var err error
		if c.waiter, err = newWaiter(gemlivec.Model_wait_handle(c.handle), "gemlive model"); err != nil {
			return nil, err
		}
	}
	event, err := c.waiter.wait(ctx, c.take)
	if event == nil && err == nil {
		err = errModelGivenUp
	}
	return event, err
}

// take gives what waits; no event and no error when nothing does.
func (c *modelCore) take() (Event, error) {
	for {
		var record direct.Record
		switch status := Status(record.TakeOfModel(c.handle)); status {
		case StatusOK:
		case StatusTimeout:
			return nil, nil
		case StatusClosed:
			return nil, io.EOF
		case StatusInvalidHandle, StatusCancelled:
			return nil, errModelGivenUp
		default:
			return nil, statusError(status)
		}
		s := c.sessions.find(record.Session())
		if s == nil {
			record.Release() // of one that nobody kept
			continue
		}
		event := newEvent(newMeta(s, &record), &record)
		record.Release()
		s.delivered(event)
		runtime.KeepAlive(s)
		return event, nil
	}
}

// Events gives the events of the sessions that share the model's queue, as [Model.Next] does, for a range loop, until the
// model has finished and all these sessions are over, or it is closed. A loop that is left early can be taken up again.
func (m *Model) Events() iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for {
			event, err := m.Next(context.Background())
			if err != nil || !yield(event) {
				return
			}
		}
	}
}
