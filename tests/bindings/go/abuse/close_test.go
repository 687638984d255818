package abuse

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

const oneAnswer = `{"server": [{"on": "text", "do": [{"text": "Yes."}]}]}`

// deviceCalls are those of a sound device. They have no error for a session that is over or given up.
func deviceCalls(session *gemlive.Session) map[string]func() error {
	samples, floats := make([]int16, 160), make([]float32, 160)
	return map[string]func() error{
		"PushAudio":      func() error { _, err := session.PushAudio(samples); return err },
		"PushAudioFloat": func() error { _, err := session.PushAudioFloat(floats); return err },
		"ReadAudio":      func() error { _, err := session.ReadAudio(samples); return err },
		"ReadAudioFloat": func() error { _, err := session.ReadAudioFloat(floats); return err },
	}
}

// calls are all others that may be asked of a session, and say that there is none.
func calls(session *gemlive.Session) map[string]func() error {
	samples, floats, ctx := make([]int16, 160), make([]float32, 160), context.Background()
	return map[string]func() error{
		"SendText":          func() error { _, err := session.SendText("x"); return err },
		"AddText":           func() error { return session.AddText("x") },
		"GenerateReply":     func() error { _, err := session.GenerateReply(gemlive.Reply{}); return err },
		"Reply.Text":        func() error { _, err := session.GenerateReply(gemlive.Reply{Text: "x"}); return err },
		"Respond":           func() error { return session.Respond(gemlive.ToolCall{Call: "x"}, 1) },
		"ToolResponse":      func() error { return session.ToolResponse(gemlive.ToolResponse{Call: "x"}) },
		"Interrupt":         func() error { return session.Interrupt() },
		"StartUserActivity": func() error { return session.StartUserActivity() },
		"EndUserActivity":   func() error { return session.EndUserActivity() },
		"AudioStreamEnd":    func() error { return session.AudioStreamEnd() },
		"PushImage":         func() error { return session.PushImage([]byte("\xff\xd8\xff"), "image/jpeg") },
		"SendRaw":           func() error { return session.SendRaw("{}") },
		"Tools":             func() error { _, err := session.Tools(); return err },
		"Capabilities":      func() error { _, err := session.Capabilities(); return err },
		"SetInputFormat":    func() error { return session.SetInputFormat(16000, 1) },
		"SetOutputFormat":   func() error { return session.SetOutputFormat(24000, 1) },
		"WriteAudio":        func() error { _, err := session.WriteAudio(ctx, samples); return err },
		"WriteAudioFloat":   func() error { _, err := session.WriteAudioFloat(ctx, floats); return err },
		"AudioWriter":       func() error { _, err := session.AudioWriter().Write([]byte{1, 2}); return err },
		"Finish":            func() error { return session.Finish(true, time.Second) },
		"Next":              func() error { _, err := session.Next(ctx); return err },
		"Err":               func() error { return session.Err() },
	}
}

func TestSessionThatIsNoneAnswers(t *testing.T) {
	closed := support.Session(t, support.Model(t, support.Offline()))
	for range 3 {
		if err := closed.Close(); err != nil {
			t.Error(err)
		}
	}
	for name, session := range map[string]*gemlive.Session{"closed": closed, "nil": nil, "zero": {}} {
		for call, ask := range calls(session) {
			if err := ask(); !errors.Is(err, gemlive.ErrInvalidHandle) || err.Error() == "" {
				t.Errorf("%s session, %s: %v", name, call, err)
			}
		}
		for call, ask := range deviceCalls(session) {
			if err := ask(); session == closed && err != nil || session != closed && !errors.Is(err, gemlive.ErrInvalidHandle) {
				t.Errorf("%s session, %s: %v", name, call, err)
			}
		}
		if session.State() != 0 || session.QueuedAudio() != 0 || session.Close() != nil {
			t.Errorf("%s session: state %d", name, session.State())
		}
		for event := range session.Events() {
			t.Errorf("%s session: %v", name, event)
		}
		for event := range session.EventChannel(context.Background()) {
			t.Errorf("%s session: %v", name, event)
		}
	}
	if _, err := io.ReadAll((*gemlive.Session)(nil).AudioReader()); !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Errorf("reader of a nil session: %v", err)
	}
}

func TestCommandsAfterAnUnaskedEndAnswerWhatItEndedWith(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, "").Options(gemlive.WithAPIKey("invalid"))))
	end := support.Await[gemlive.Closed](t, session)
	if !errors.Is(end.Err(), gemlive.ErrAuth) {
		t.Fatal(end)
	}
	noCommands := map[string]bool{"Tools": true, "Capabilities": true, "SetInputFormat": true, "SetOutputFormat": true,
		"Finish": true, "Next": true}
	for call, ask := range calls(session) {
		err := ask()
		switch {
		case call == "Next" && err != io.EOF, call != "Next" && noCommands[call] && err != nil:
			t.Errorf("%s: %v", call, err)
		case !noCommands[call] && !(errors.Is(err, gemlive.ErrAuth) && strings.Contains(err.Error(), end.Message)):
			t.Errorf("%s: %v", call, err)
		}
	}
	for call, ask := range deviceCalls(session) {
		if err := ask(); err != nil {
			t.Errorf("%s: %v", call, err)
		}
	}
}

func TestModelThatIsNoneAnswers(t *testing.T) {
	closed := support.Model(t, support.Offline())
	closed.Close()
	closed.Close()
	for name, model := range map[string]*gemlive.Model{"closed": closed, "nil": nil, "zero": {}} {
		if _, err := model.StartSession(context.Background()); !errors.Is(err, gemlive.ErrInvalidHandle) {
			t.Errorf("%s model: %v", name, err)
		}
		if err := model.Finish(); !errors.Is(err, gemlive.ErrInvalidHandle) || model.Close() != nil {
			t.Errorf("%s model: %v", name, err)
		}
	}
}

func TestEventThatIsNoneShowsItself(t *testing.T) {
	var empty gemlive.ToolCall
	if empty.Session() != nil || empty.String() != "" || len(empty.JSON()) != 0 || len(empty.ServerMessage()) != 0 {
		t.Errorf("%#v", empty)
	}
	if err := empty.Session().Respond(empty, nil); !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Error(err)
	}
}

func TestCloseWhilePolling(t *testing.T) {
	model := support.Model(t, support.Offline())
	for range 200 {
		session := support.Session(t, model)
		ended := make(chan error)
		polling := make(chan struct{})
		go func() {
			for first := true; ; first = false {
				_, err := session.Next(context.Background())
				if first {
					close(polling)
				}
				if err != nil {
					ended <- err
					return
				}
			}
		}()
		<-polling
		session.Close()
		select {
		case err := <-ended:
			if !errors.Is(err, gemlive.ErrInvalidHandle) {
				t.Fatal(err)
			}
		case <-time.After(support.Deadline):
			t.Fatal("Next goes on waiting")
		}
	}
}

func TestCloseInTheLoopOverEvents(t *testing.T) {
	emulator := support.Start(t, oneAnswer)
	for _, at := range []string{"connecting", "connected", "turn_started", "text", "turn_finished"} {
		session := support.Session(t, support.Model(t, emulator.Options()))
		session.SendText("x")
		last := ""
		for event := range session.Events() {
			last = event.Type()
			if last == at {
				event.Session().Close()
			}
		}
		if last != at {
			t.Errorf("closed at %s, but then %s came", at, last)
		}
	}
}

func TestCloseInAToolHandler(t *testing.T) {
	emulator := support.Start(t, `{"server": [{"on": "text", "do": [{"call": {"name": "look", "args": {}}}]}]}`)
	done := make(chan struct{})
	session := support.Session(t, support.Model(t, emulator.Options(gemlive.WithTool(gemlive.Tool{Name: "look",
		Handler: func(ctx context.Context, call gemlive.ToolCall) (any, error) {
			defer close(done)
			call.Session().Close()
			return nil, ctx.Err()
		}}))))
	session.SendText("x")
	for range session.Events() {
	}
	select {
	case <-done:
	case <-time.After(support.Deadline):
		t.Fatal("Close waits for the handler that calls it")
	}
}

// Each text makes the request before it fail, and that failure is waited for: a wake-up that gets lost ends the test.
func TestNoWakeUpIsLost(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	if _, err := session.SendText("x"); err != nil {
		t.Fatal(err)
	}
	for number := range uint64(5000) {
		if _, err := session.SendText("x"); err != nil {
			t.Fatal(err)
		}
		if failed := support.Await[gemlive.ReplyFailed](t, session); failed.Request != number+1 {
			t.Fatalf("%v instead of request %d", failed, number+1)
		}
	}
}

// Everything at once, from many goroutines, while the session is closed.
func TestCloseDuringEveryCall(t *testing.T) {
	model := support.Model(t, support.Offline())
	for range 20 {
		session := support.Session(t, model)
		var all sync.WaitGroup
		for _, ask := range calls(session) {
			all.Add(1)
			go func() {
				defer all.Done()
				for range 1000 {
					if errors.Is(ask(), gemlive.ErrInvalidHandle) {
						return
					}
				}
			}()
		}
		for call, ask := range deviceCalls(session) {
			all.Add(1)
			go func() {
				defer all.Done()
				for range 1000 {
					// Two at once are told so; the end of the session is no error.
					if err := ask(); err != nil && !errors.Is(err, gemlive.ErrInvalidState) {
						t.Errorf("%s: %v", call, err)
						return
					}
				}
			}()
		}
		for range 3 {
			all.Add(1)
			go func() {
				defer all.Done()
				session.Close()
			}()
		}
		all.Wait()
	}
}

func TestOneGoroutineTakesEvents(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	support.Await[gemlive.Connecting](t, session)
	errs := make(chan error, 2)
	ctx, cancel := context.WithCancel(support.Context(t))
	for range 2 {
		go func() {
			for {
				if _, err := session.Next(ctx); err != nil {
					errs <- err
					return
				}
			}
		}()
	}
	if err := <-errs; !errors.Is(err, gemlive.ErrInvalidState) {
		t.Errorf("the second one got %v", err)
	}
	cancel()
	if err := <-errs; !errors.Is(err, context.Canceled) {
		t.Errorf("the first one got %v", err)
	}
}

func TestDestroyAll(t *testing.T) {
	model := support.Model(t, support.Offline())
	session := support.Session(t, model)
	gemlive.DestroyAll()
	if alive := support.Alive(); alive != "" {
		t.Errorf("alive: %s", alive)
	}
	if _, err := session.Next(support.Context(t)); !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Error(err)
	}
	if err := session.Err(); !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Error(err)
	}
	if _, err := model.StartSession(support.Context(t)); !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Error(err)
	}
}
