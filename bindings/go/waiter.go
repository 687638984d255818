package gemlive

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"
)

// waiter is a copy of one of the library's descriptors, in the runtime's poller: readable while events wait. Waiting holds
// no thread.
type waiter struct {
	file *os.File
	conn syscall.RawConn
}

// newWaiter copies the descriptor: the poller closes what it watches.
func newWaiter(handle int, name string) (w waiter, err error) {
	syscall.ForkLock.RLock()
	descriptor, err := syscall.Dup(handle)
	if err == nil {
		syscall.CloseOnExec(descriptor)
	}
	syscall.ForkLock.RUnlock()
	if err == nil {
		err = syscall.SetNonblock(descriptor, true)
	}
	if err != nil {
		return w, &Error{StatusInternal, "no descriptor to wait for events with: " + err.Error()}
	}
	w.file = os.NewFile(uintptr(descriptor), name)
	w.conn, err = w.file.SyscallConn()
	return w, err
}

// wait waits in the runtime's poller until take gives an event or an error. It reports each change to readable once; take
// is asked after that again, and the descriptor is unreadable when take finds nothing, so no change is missed. The error
// is ctx's when that ended first, and none when the descriptor was closed.
func (w waiter) wait(ctx context.Context, take func() (Event, error)) (event Event, err error) {
	w.file.SetReadDeadline(time.Time{})
	interrupted := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		w.file.SetReadDeadline(time.Unix(1, 0))
		close(interrupted)
	})
	waited := w.conn.Read(func(uintptr) bool {
		event, err = take()
		return event != nil || err != nil
	})
	if !stop() {
		// Its deadline must not reach the next wait.
		<-interrupted
	}
	if event == nil && err == nil && errors.Is(waited, os.ErrDeadlineExceeded) && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return event, err
}

// close ends a wait. There may be none.
func (w waiter) close() {
	if w.file != nil {
		w.file.Close()
	}
}
