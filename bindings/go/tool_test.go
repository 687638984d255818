package gemlive

import (
	"context"
	"testing"
	"time"
)

// A call that was taken before the end, and is looked at after it, begins no handler; neither does one whose goroutine
// comes late.
func TestNoHandlerBeginsAfterTheEnd(t *testing.T) {
	begun := make(chan struct{}, 2)
	handler := func(context.Context, ToolCall) (any, error) {
		begun <- struct{}{}
		return nil, nil
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	s := &Session{&core{ctx: ctx, cancel: cancel}}
	tools := runningTools{handlers: map[string]ToolHandler{"look": handler}}
	tools.end()
	tools.begin(s, ToolCall{Name: "look"})
	if len(tools.calls) != 0 {
		t.Error("it is counted as begun")
	}
	tools.run(ctx, cancel, s, handler, ToolCall{Name: "look"})
	select {
	case <-begun:
		t.Error("a handler began after the end")
	default:
	}
}

func TestDurationsAreRoundedUp(t *testing.T) {
	for d, ms := range map[time.Duration]int64{0: 0, 1: 1, time.Millisecond: 1, time.Millisecond + 1: 2, time.Hour: 3600000,
		-time.Second: -1000} {
		if got := milliseconds(d); got != ms {
			t.Errorf("%v is %d ms, not %d", d, got, ms)
		}
	}
}
