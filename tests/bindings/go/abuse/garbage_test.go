package abuse

import (
	"context"
	"encoding/json"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

// storm collects garbage all the time.
func storm(t *testing.T) {
	before := debug.SetGCPercent(1)
	stop := make(chan struct{})
	var ended sync.WaitGroup
	ended.Add(1)
	go func() {
		defer ended.Done()
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	}()
	t.Cleanup(func() {
		close(stop)
		ended.Wait()
		debug.SetGCPercent(before)
	})
}

func TestConversationsInAGarbageStorm(t *testing.T) {
	emulator := support.Start(t, `{"server": [
		{"on": {"tool_response": "up"}, "do": [{"say": "Grüß Gott 🙂"}]},
		{"on": "text", "do": [{"call": {"name": "look", "args": {"where": "🙂"}}}]}]}`, "--speed", "4")
	storm(t)
	model := support.Model(t, emulator.Options(gemlive.WithTool(gemlive.Tool{Name: "look",
		Handler: func(_ context.Context, call gemlive.ToolCall) (any, error) {
			return map[string]any{"up": string(call.Arguments)}, nil
		}})))
	var all sync.WaitGroup
	for range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 5 {
				converse(t, support.Session(t, model))
			}
		}()
	}
	all.Wait()
}

func converse(t *testing.T, session *gemlive.Session) {
	ended := make(chan struct{})
	var device sync.WaitGroup
	device.Add(1)
	go func() {
		defer device.Done()
		microphone, speaker := make([]int16, 320), make([]float32, 480)
		for {
			select {
			case <-ended:
				return
			case <-time.After(20 * time.Millisecond):
				session.PushAudio(microphone)
				session.ReadAudioFloat(speaker)
			}
		}
	}()
	session.SendText("Grüß Gott 🙂")
	var kept []gemlive.Event
	for event := range session.Events() {
		kept = append(kept, event)
		switch e := event.(type) {
		case gemlive.TurnFinished:
			if e.Transcript != "Grüß Gott 🙂" {
				t.Errorf("%v", e)
			}
			session.Finish(false, 0)
		case gemlive.Closed:
			if e.Err() != nil {
				t.Error(e.Err())
			}
		}
	}
	close(ended)
	device.Wait()
	session.Close()
	for _, event := range kept {
		var shown struct{ Seq uint64 }
		if json.Unmarshal(event.JSON(), &shown) != nil || shown.Seq != event.Seq() {
			t.Errorf("%v is not what it was", event)
		}
	}
}

func TestForgottenModelsAndSessionsAreGivenUpAndTold(t *testing.T) {
	var mutex sync.Mutex
	told := map[string]int{}
	gemlive.SetLeakHook(func(what string) {
		mutex.Lock()
		defer mutex.Unlock()
		told[what]++
	})
	defer gemlive.SetLeakHook(nil)
	// In a function of its own: what is on this one's stack is not forgotten.
	forget := func() {
		model, err := gemlive.NewModel(support.Offline()...)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			session, err := model.StartSession(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			session.SendText("x")
		}
		closed, err := model.StartSession(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		closed.Close()
	}
	forget()
	support.Eventually(t, "all are given up", func() bool { return support.Alive() == "" })
	support.Eventually(t, "each leak is told once", func() bool {
		mutex.Lock()
		defer mutex.Unlock()
		return told["session"] == 3 && told["model"] == 1
	})
}

func TestAnEventKeepsItsSession(t *testing.T) {
	emulator := support.Start(t, oneAnswer)
	var event gemlive.Event
	func() {
		session, err := support.Model(t, emulator.Options()).StartSession(support.Context(t))
		if err != nil {
			t.Fatal(err)
		}
		event = support.Await[gemlive.Connected](t, session)
	}()
	for range 10 {
		runtime.GC()
	}
	if state := event.Session().State(); state != gemlive.StateConnected {
		t.Errorf("state %d", state)
	}
	event.Session().Close()
}

func TestAnyOrderOfEnds(t *testing.T) {
	emulator := support.Start(t, oneAnswer)
	model := support.Model(t, emulator.Options())
	session := support.Session(t, model)
	model.Close()
	session.SendText("x")
	finished := support.Await[gemlive.TurnFinished](t, session)
	session.Close()
	if finished.Transcript != "Yes." || finished.Session().State() != 0 {
		t.Errorf("%v", finished)
	}
}
