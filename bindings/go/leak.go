package gemlive

import (
	"log"
	"sync/atomic"
)

var leakHook atomic.Pointer[func(what string)]

// SetLeakHook says who is told when a model or session was forgotten without Close, and has been given up by the garbage
// collector: once for each, what is "model" or "session". nil is the default, a line in the standard log. The hook is
// called on a goroutine of the runtime's, and must not wait.
func SetLeakHook(hook func(what string)) {
	if hook == nil {
		leakHook.Store(nil)
		return
	}
	leakHook.Store(&hook)
}

func leaked(what string) {
	if hook := leakHook.Load(); hook != nil {
		(*hook)(what)
		return
	}
	log.Printf("gemlive: a %s was forgotten without Close; the garbage collector has given it up", what)
}
