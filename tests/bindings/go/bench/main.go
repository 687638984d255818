// Bench measures what a push of 10 ms and an event cost through the Go binding, as tests/bench/binding_cost.c does in C,
// and prints one line of JSON. Allocated are all bytes of Go's heap over the counted batches, by runtime.MemStats.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

const (
	frames, pushes, pushWarm, pushBatches               = 160, 500, 20, 200
	requests, eventsWarm, events                        = 4001, 100, 3000
	eventWarm, eventBatches, tries                      = 2, 9, 1000
	emptiesTheRing, sendsTheEvents                      = 30 * time.Millisecond, 300 * time.Millisecond
	neverWithin                           time.Duration = 86_400_000 * time.Millisecond
)

func need(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func model(more ...gemlive.Option) *gemlive.Model {
	options := []gemlive.Option{gemlive.WithBaseURL("ws://127.0.0.1:1"), gemlive.WithAPIKey("bench"),
		gemlive.WithOutageBudget(neverWithin)}
	made, err := gemlive.NewModel(append(options, more...)...)
	need(err)
	return made
}

func start(model *gemlive.Model) *gemlive.Session {
	session, err := model.StartSession(context.Background())
	need(err)
	return session
}

// measured is the time and the bytes of each call in the batches that count.
type measured struct {
	ns    []float64
	bytes uint64
}

// batch runs f and says how long it took, and what it allocated.
func batch(f func()) (ns float64, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	f()
	taken := time.Since(begin)
	runtime.ReadMemStats(&after)
	return float64(taken.Nanoseconds()), after.TotalAlloc - before.TotalAlloc
}

func (m *measured) result(calls int) (ns, bytes float64) {
	slices.Sort(m.ns)
	return m.ns[len(m.ns)/2] / float64(calls), float64(m.bytes) / float64(len(m.ns)*calls)
}

func push() (ns, bytes float64) {
	model := model(gemlive.WithInputRing(10 * time.Second))
	defer model.Close()
	session := start(model)
	defer session.Close()
	block := make([]int16, frames)
	for at := range block {
		block[at] = int16(at*97%2000 - 1000)
	}
	var m measured
	for good, try := 0, 0; good < pushWarm+pushBatches; try++ {
		if try == tries {
			need(fmt.Errorf("the ring is never empty enough"))
		}
		whole := true
		ns, bytes := batch(func() {
			for range pushes {
				accepted, err := session.PushAudio(block)
				whole = whole && err == nil && accepted == frames
			}
		})
		time.Sleep(emptiesTheRing)
		if !whole {
			continue
		}
		if good++; good > pushWarm {
			m.ns = append(m.ns, ns)
			m.bytes += bytes
		}
	}
	return m.result(pushes)
}

// receive takes an event without waiting; nil when there is none.
func receive(session *gemlive.Session) gemlive.Event {
	event, err := session.Next(over)
	if err != nil {
		return nil
	}
	return event
}

// over is a context that has ended: with it, Next gives what waits and does not wait itself.
var over, _ = func() (context.Context, error) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx, ctx.Err()
}()

func eventBatch(model *gemlive.Model) (ns float64, bytes uint64, whole bool) {
	session := start(model)
	defer session.Close()
	for range requests {
		_, err := session.SendText("x")
		need(err)
	}
	time.Sleep(sendsTheEvents)
	for {
		event := receive(session)
		if _, failed := event.(gemlive.ReplyFailed); failed || event == nil {
			break
		}
	}
	whole = true
	take := func() {
		_, failed := receive(session).(gemlive.ReplyFailed)
		whole = whole && failed
	}
	for range eventsWarm - 1 {
		take()
	}
	ns, bytes = batch(func() {
		for range events {
			take()
		}
	})
	return ns, bytes, whole
}

func event() (ns, bytes float64) {
	model := model(gemlive.WithRetryInterval(neverWithin), gemlive.WithCommandQueue(8192))
	defer model.Close()
	var m measured
	for good, try := 0, 0; good < eventWarm+eventBatches; try++ {
		if try == tries {
			need(fmt.Errorf("the events never come in time"))
		}
		ns, bytes, whole := eventBatch(model)
		if !whole {
			continue
		}
		if good++; good > eventWarm {
			m.ns = append(m.ns, ns)
			m.bytes += bytes
		}
	}
	return m.result(events)
}

func main() {
	pushNS, pushBytes := push()
	eventNS, eventBytes := event()
	json.NewEncoder(os.Stdout).Encode(struct {
		Language   string  `json:"language"`
		PushNS     float64 `json:"push_10ms_ns"`
		PushBytes  float64 `json:"push_10ms_bytes_allocated"`
		EventNS    float64 `json:"event_ns"`
		EventBytes float64 `json:"event_bytes_allocated"`
	}{"go", pushNS, pushBytes, eventNS, eventBytes})
}
