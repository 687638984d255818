package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

const oneAnswer = `{"server": [{"on": "text", "do": [{"text": "Grüß Gott 🙂"}]}]}`

func hello(t *testing.T, environment ...string) (out, errors string, code int) {
	// A server that is down is tried for a minute.
	limited, cancel := context.WithTimeout(context.Background(), 150*time.Second)
	defer cancel()
	command := exec.CommandContext(limited, filepath.Join(support.Root(), "build", "go", "bin", "hello"))
	command.Env = append(os.Environ(), environment...)
	var printed, complained strings.Builder
	command.Stdout, command.Stderr = &printed, &complained
	command.Run()
	return printed.String(), complained.String(), command.ProcessState.ExitCode()
}

func TestHelloProgram(t *testing.T) {
	emulator := support.Start(t, "")
	out, errors, code := hello(t, "GOOGLE_API_KEY=any", "GOOGLE_GEMINI_BASE_URL="+emulator.URL, "SSL_CERT_FILE="+emulator.CAFile)
	if code != 0 || errors != "" || !strings.Contains(out, "Do you sell umbrellas?") {
		t.Errorf("code %d, %s, it said: %s", code, errors, out)
	}
}

func TestHelloProgramSaysWhyItEnded(t *testing.T) {
	refusing := support.Start(t, `{"server": [{"on": "upgrade", "times": 0, "do": [{"refuse": {"http_status": 503}}]}]}`)
	for key, why := range map[string]string{
		"":        "the API key is missing",
		"invalid": "API key not valid",
		"any":     "503",
	} {
		emulator := refusing
		if key != "any" {
			emulator = support.Start(t, "")
		}
		out, errors, code := hello(t, "GOOGLE_API_KEY="+key, "GEMINI_API_KEY=", "GOOGLE_GEMINI_BASE_URL="+emulator.URL,
			"SSL_CERT_FILE="+emulator.CAFile)
		if code != 1 || out != "" || !strings.Contains(errors, why) {
			t.Errorf("key %q: code %d, %s, it said: %s", key, code, errors, out)
		}
	}
}

func TestTextTurn(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, oneAnswer).Options()))
	request, err := session.SendText("Hello?")
	if err != nil || request != 1 {
		t.Fatalf("request %d, %v", request, err)
	}
	if started := support.Await[gemlive.TurnStarted](t, session); started.Request != request || started.Turn != 1 {
		t.Errorf("%v", started)
	}
	finished := support.Await[gemlive.TurnFinished](t, session)
	if finished.Transcript != "Grüß Gott 🙂" || finished.Reason != "completed" {
		t.Errorf("%v", finished)
	}
	if _, heard := finished.HeardMS.Get(); heard {
		t.Error("heard, though playout is off")
	}
	if err := session.Finish(false, 0); err != nil {
		t.Fatal(err)
	}
	closed := support.Await[gemlive.Closed](t, session)
	if closed.Err() != nil || closed.Status != gemlive.StatusOK || session.State() != gemlive.StateClosed {
		t.Errorf("%v, state %d", closed, session.State())
	}
	if _, err := session.Next(support.Context(t)); err != io.EOF {
		t.Errorf("after closed: %v", err)
	}
	if _, err := session.SendText("Hello?"); !errors.Is(err, gemlive.ErrClosed) {
		t.Errorf("a command after closed: %v", err)
	}
	if session.Err() != nil {
		t.Errorf("asked to end, and yet: %v", session.Err())
	}
}

func TestEventsAreNumberedAndShowThemselves(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, oneAnswer).Options()))
	session.SendText("Hello?")
	seq := uint64(0)
	answered := false
	for event := range session.Events() {
		seq++
		var shown struct {
			Event  string
			Seq    uint64
			TimeMS int64 `json:"time_ms"`
		}
		if err := json.Unmarshal(event.JSON(), &shown); err != nil {
			t.Fatal(err)
		}
		if shown.Event != event.Type() || shown.Seq != event.Seq() || event.Seq() != seq || shown.TimeMS != event.TimeMS() {
			t.Errorf("%s is %d of type %s", event.JSON(), event.Seq(), event.Type())
		}
		if event.Session() != session || fmt.Sprint(event) != string(event.JSON()) {
			t.Errorf("%v", event)
		}
		if text, ok := event.(gemlive.Text); ok {
			answered = true
			if !strings.Contains(string(text.ServerMessage()), "serverContent") || event.Connection() != 1 {
				t.Errorf("server message %s", text.ServerMessage())
			}
		}
		if event.Type() == "turn_metrics" {
			session.Finish(true, time.Second)
		}
	}
	if !answered {
		t.Error("no text came")
	}
}

func TestMissingKeyIsToldByTheError(t *testing.T) {
	t.Setenv("GOOGLE_API_KEY", "")
	t.Setenv("GEMINI_API_KEY", "")
	session := support.Session(t, support.Model(t, []gemlive.Option{gemlive.WithBaseURL("ws://127.0.0.1:1")}))
	closed := support.Await[gemlive.Closed](t, session)
	var failed *gemlive.Error
	if err := closed.Err(); !errors.Is(err, gemlive.ErrAuth) || errors.Is(err, gemlive.ErrQuota) ||
		!errors.As(err, &failed) || failed.Code != gemlive.StatusAuth || failed.Message != closed.Message {
		t.Errorf("%v", err)
	}
	if !errors.Is(session.Err(), gemlive.ErrAuth) {
		t.Errorf("the session says %v", session.Err())
	}
}

func TestResumptionHandleIsShownByNothing(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, oneAnswer).Options()))
	session.SendText("Hello?")
	updated := support.Await[gemlive.ResumptionUpdated](t, session)
	for !updated.Resumable {
		updated = support.Await[gemlive.ResumptionUpdated](t, session)
	}
	if updated.Handle == "" {
		t.Fatal("there is no handle")
	}
	marshalled, err := json.Marshal(updated)
	if err != nil {
		t.Fatal(err)
	}
	shown := string(marshalled) + fmt.Sprintf("%v %+v %#v %s", updated, updated, updated, &updated)
	if strings.Contains(shown, updated.Handle) {
		t.Errorf("the handle is in %s", shown)
	}
}

func TestNextEndsWithItsContext(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	support.Await[gemlive.Connecting](t, session)
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		event, err := session.Next(ctx)
		cancel()
		if err != nil {
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			break
		}
		t.Log(event)
	}
	// The deadline of the wait before does not reach this one.
	session.Finish(false, time.Second)
	support.Await[gemlive.Closed](t, session)
}

// A context that ends at the moment at which an event comes disturbs neither this wait nor the next one.
func TestContextThatEndsAsAnEventComes(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	for range 5000 {
		ctx, cancel := context.WithCancel(context.Background())
		go cancel()
		// On a busy machine the commands may be given faster than they are taken: then one less event comes.
		if _, err := session.SendText("x"); err != nil && !errors.Is(err, gemlive.ErrWouldBlock) {
			t.Fatal(err)
		}
		if _, err := session.Next(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
}

func TestOptionalFieldsAreAbsentOrThere(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	failed := support.Await[gemlive.ErrorEvent](t, session)
	if step, ok := failed.Step.Get(); !ok || step != "tcp" || failed.Step.Or("none") != "tcp" {
		t.Errorf("%v has the step %q", failed, step)
	}
	if reason, ok := failed.CloseReason.Get(); ok || failed.CloseReason.Or("none") != "none" {
		t.Errorf("%v has the close reason %q", failed, reason)
	}
	if code, ok := failed.CloseCode.Get(); ok || failed.CloseCode.Or(7) != 7 {
		t.Errorf("%v has the close code %d", failed, code)
	}
	if !errors.Is(failed.Err(), gemlive.ErrNetwork) || failed.Fatal || !failed.Retryable {
		t.Errorf("%v", failed)
	}
}

func TestContextOfTheSessionEndsIt(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	session, err := support.Model(t, support.Offline()).StartSession(ctx)
	if err != nil {
		t.Fatal(err)
	}
	reason := errors.New("the user hung up")
	time.AfterFunc(time.Millisecond, func() { cancel(reason) })
	for event := range session.Events() {
		if event.Type() == "closed" {
			t.Error("it closed in order")
		}
	}
	if session.Err() != reason {
		t.Errorf("%v", session.Err())
	}
	if _, err := session.Next(support.Context(t)); err != reason {
		t.Errorf("%v", err)
	}
	if _, err := session.SendText("Hello?"); !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Errorf("%v", err)
	}
	if _, err := support.Model(t, support.Offline()).StartSession(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("started in an ended context: %v", err)
	}
}

func TestEveryContextThatEndsEndsItsSession(t *testing.T) {
	model := support.Model(t, support.Offline())
	for range 500 {
		ctx, cancel := context.WithCancel(context.Background())
		session, err := model.StartSession(ctx)
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		support.Eventually(t, "the session is given up", func() bool { return session.State() == 0 })
	}
}

func TestNobodyChangesAnEvent(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, oneAnswer).Options()))
	session.SendText("Hello?")
	text := support.Await[gemlive.Text](t, session)
	text.JSON()[0], text.ServerMessage()[0] = '!', '!'
	if !json.Valid(text.JSON()) || !json.Valid(text.ServerMessage()) {
		t.Errorf("%s, %s", text.JSON(), text.ServerMessage())
	}
}

func TestEventChannel(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, oneAnswer).Options()))
	// snippet: channel
	session.SendText("Hello?")
	events := session.EventChannel(context.Background())
	hangUp := time.After(time.Minute)
	var transcript string
	for open := true; open; {
		select {
		case event, ok := <-events:
			if finished, is := event.(gemlive.TurnFinished); is {
				transcript = finished.Transcript
				session.Finish(false, 0)
			}
			open = ok // closed after the event Closed
		case <-hangUp:
			session.Close()
		}
	}
	// end snippet
	if transcript != "Grüß Gott 🙂" || session.State() != gemlive.StateClosed {
		t.Errorf("%q", transcript)
	}
}

func TestEventChannelEndsWithItsContextAndItsSession(t *testing.T) {
	model := support.Model(t, support.Offline())
	ctx, cancel := context.WithCancel(context.Background())
	ofContext := support.Session(t, model).EventChannel(ctx)
	given := support.Session(t, model)
	ofSession := given.EventChannel(context.Background())
	cancel()
	given.Close()
	for name, events := range map[string]<-chan gemlive.Event{"context": ofContext, "session": ofSession} {
		deadline := time.After(support.Deadline)
		for open := true; open; {
			select {
			case _, open = <-events:
			case <-deadline:
				t.Fatalf("the channel stays open after its %s has ended", name)
			}
		}
	}
}

func TestOptionsOfASessionWin(t *testing.T) {
	emulator := support.Start(t, `{"server": [{"on": {"setup": {"generationConfig": {"temperature": 0.5}}},
		"do": ["setup_complete", {"text": "half"}]}]}`)
	model := support.Model(t, emulator.Options(gemlive.WithTemperature(1), gemlive.WithSessionResumption(nil)))
	session := support.Session(t, model, gemlive.WithTemperature(0.5))
	if text := support.Await[gemlive.Text](t, session); text.Text != "half" {
		t.Errorf("%v", text)
	}
}

func TestModelFinishEndsItsSessions(t *testing.T) {
	model := support.Model(t, support.Offline(gemlive.WithDrainTimeout(time.Millisecond)))
	session := support.Session(t, model)
	if err := model.Finish(); err != nil {
		t.Fatal(err)
	}
	if closed := support.Await[gemlive.Closed](t, session); closed.Reason != "requested" {
		t.Errorf("%v", closed)
	}
	if _, err := model.StartSession(support.Context(t)); !errors.Is(err, gemlive.ErrClosed) {
		t.Errorf("a session of a finished model: %v", err)
	}
}

func TestRawMessagesToolsAndCapabilities(t *testing.T) {
	emulator := support.Start(t, oneAnswer)
	session := support.Session(t, support.Model(t, emulator.Options(gemlive.WithTools(`[{"name": "price"}]`))))
	support.Await[gemlive.Connected](t, session)
	if tools, err := session.Tools(); err != nil || !strings.Contains(string(tools), `"price"`) {
		t.Errorf("%s, %v", tools, err)
	}
	if capabilities, err := session.Capabilities(); err != nil || !json.Valid(capabilities) {
		t.Errorf("%s, %v", capabilities, err)
	}
	if err := session.SendRaw(map[string]any{"realtimeInput": map[string]any{"text": "raw"}}); err != nil {
		t.Error(err)
	}
	support.Await[gemlive.Text](t, session)
	if err := session.SendRaw("[]"); !errors.Is(err, gemlive.ErrInvalidArgument) {
		t.Errorf("%v", err)
	}
	if err := session.PushImage([]byte("no picture"), "image/png"); !errors.Is(err, gemlive.ErrInvalidArgument) {
		t.Errorf("%v", err)
	}
}

func TestOneLoopServesTheSessionsOfAModel(t *testing.T) {
	model := support.Model(t, support.Offline(gemlive.WithShareEvents(true), gemlive.WithDrainTimeout(100*time.Millisecond)))
	one, two := support.Session(t, model), support.Session(t, model)
	if _, err := one.Next(support.Context(t)); !errors.Is(err, gemlive.ErrInvalidState) {
		t.Errorf("a session that shares was polled: %v", err)
	}
	ended, end := context.WithCancel(support.Context(t))
	end()
	for {
		if _, err := model.Next(ended); err != nil {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
			break
		}
	}
	if err := model.Finish(); err != nil {
		t.Fatal(err)
	}
	closed := map[*gemlive.Session]bool{}
	for event := range model.Events() {
		if _, is := event.(gemlive.Closed); is {
			closed[event.Session()] = true
		}
	}
	if len(closed) != 2 || !closed[one] || !closed[two] {
		t.Errorf("%v", closed)
	}
}

func TestCloseOfTheModelEndsItsLoop(t *testing.T) {
	model := support.Model(t, support.Offline(gemlive.WithShareEvents(true)))
	support.Session(t, model)
	ended := make(chan error)
	go func() {
		for {
			if _, err := model.Next(context.Background()); err != nil {
				ended <- err
				return
			}
		}
	}()
	model.Close()
	select {
	case err := <-ended:
		if !errors.Is(err, gemlive.ErrInvalidHandle) {
			t.Errorf("%v", err)
		}
	case <-support.Context(t).Done():
		t.Error("the loop goes on")
	}
}
