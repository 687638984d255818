package conversation

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

// The server calls look, and tells by its words what the answer was.
const looks = `{"server": [
	{"on": "text", "do": [{"call": {"name": "look", "args": {"where": "up"}, "id": "call-1"}}]},
	{"on": {"tool_response": "celsius"}, "do": [{"text": "an object"}]},
	{"on": {"tool_response": "\"output\""}, "do": [{"text": "a value"}]},
	{"on": {"tool_response": "\"error\""}, "do": [{"text": "an error"}]}]}`

func look(handler gemlive.ToolHandler) gemlive.Option {
	return gemlive.WithTool(gemlive.Tool{Name: "look", Description: "Looks.", Handler: handler,
		Parameters: map[string]any{"type": "OBJECT", "properties": map[string]any{"where": map[string]any{"type": "STRING"}}}})
}

func TestAnswersOfHandlers(t *testing.T) {
	emulator := support.Start(t, looks)
	for name, handler := range map[string]gemlive.ToolHandler{
		"an object": func(context.Context, gemlive.ToolCall) (any, error) { return map[string]any{"celsius": 21}, nil },
		"a value":   func(_ context.Context, call gemlive.ToolCall) (any, error) { return string(call.Arguments), nil },
		"an error":  func(context.Context, gemlive.ToolCall) (any, error) { return nil, errors.New("it is dark") },
	} {
		t.Run(name, func(t *testing.T) {
			session := support.Session(t, support.Model(t, emulator.Options(look(handler))))
			session.SendText("Look.")
			// The call is an event, too.
			if call := support.Await[gemlive.ToolCall](t, session); call.Name != "look" || string(call.Arguments) != `{"where":"up"}` {
				t.Errorf("%v", call)
			}
			if finished := support.Await[gemlive.TurnFinished](t, session); finished.Transcript != name {
				t.Errorf("the server heard of %q", finished.Transcript)
			}
		})
	}
}

func TestHandlerWhoseAnswerIsNoJSONAnswersWithAnError(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, looks).Options(
		look(func(context.Context, gemlive.ToolCall) (any, error) { return make(chan int), nil }))))
	session.SendText("Look.")
	if finished := support.Await[gemlive.TurnFinished](t, session); finished.Transcript != "an error" {
		t.Errorf("the server heard of %q", finished.Transcript)
	}
}

func TestAnswersByHand(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, looks).Options(look(nil))))
	session.SendText("Look.")
	call := support.Await[gemlive.ToolCall](t, session)
	never := call
	never.Call = "never"
	if err := session.Respond(never, 1); !errors.Is(err, gemlive.ErrInvalidArgument) {
		t.Errorf("a call that never was: %v", err)
	}
	if err := session.Respond(call, make(chan int)); !errors.Is(err, gemlive.ErrInvalidArgument) {
		t.Errorf("an answer that is no JSON: %v", err)
	}
	if err := session.Respond(call, map[string]any{"celsius": 21}); err != nil {
		t.Error(err)
	}
	if err := session.Respond(call, 1); !errors.Is(err, gemlive.ErrInvalidState) {
		t.Errorf("a call that is answered: %v", err)
	}
	if finished := support.Await[gemlive.TurnFinished](t, session); finished.Transcript != "an object" {
		t.Errorf("the server heard of %q", finished.Transcript)
	}
}

func TestToolsOfASessionReplaceItsModels(t *testing.T) {
	emulator := support.Start(t, looks)
	ofModel := look(func(context.Context, gemlive.ToolCall) (any, error) { return nil, errors.New("the model's") })
	model := support.Model(t, emulator.Options(ofModel))
	session := support.Session(t, model, gemlive.WithTools([]any{map[string]any{"name": "listen"}}),
		look(func(context.Context, gemlive.ToolCall) (any, error) { return map[string]any{"celsius": 1}, nil }))
	session.SendText("Look.")
	if finished := support.Await[gemlive.TurnFinished](t, session); finished.Transcript != "an object" {
		t.Errorf("the server heard of %q", finished.Transcript)
	}
	if tools, err := session.Tools(); err != nil || !strings.Contains(string(tools), "listen") ||
		!strings.Contains(string(tools), "look") {
		t.Errorf("%s, %v", tools, err)
	}
}

// waiting says that the handler has begun, holds it until its context ends, and then says why.
func waiting(begun chan<- error, causes chan<- error) gemlive.ToolHandler {
	return func(ctx context.Context, _ gemlive.ToolCall) (any, error) {
		begun <- nil
		<-ctx.Done()
		causes <- context.Cause(ctx)
		return nil, ctx.Err()
	}
}

func arrival(t *testing.T, causes <-chan error) error {
	t.Helper()
	select {
	case cause := <-causes:
		return cause
	case <-time.After(support.Deadline):
		t.Fatal("the handler says nothing")
		return nil
	}
}

func TestCancelledCallEndsItsHandler(t *testing.T) {
	begun, causes := make(chan error, 1), make(chan error, 1)
	emulator := support.Start(t, `{"server": [
		{"on": {"text": "look"}, "do": [{"call": {"name": "look", "args": {}, "id": "call-1"}}]},
		{"on": {"text": "stop"}, "do": [{"cancel_calls": ["call-1"]}, {"text": "As you like."}]}]}`)
	session := support.Session(t, support.Model(t, emulator.Options(look(waiting(begun, causes)))))
	session.SendText("look")
	support.Await[gemlive.ToolCall](t, session)
	arrival(t, begun)
	// A handler at work does not hold the events up.
	session.SendText("stop")
	support.Await[gemlive.ToolCallsCancelled](t, session)
	if cause := arrival(t, causes); !errors.Is(cause, gemlive.ErrCancelled) {
		t.Errorf("%v", cause)
	}
}

func TestEndOfTheSessionEndsItsHandlers(t *testing.T) {
	emulator := support.Start(t, looks)
	for name, end := range map[string]func(*gemlive.Session){
		"close":  func(session *gemlive.Session) { session.Close() },
		"finish": func(session *gemlive.Session) { session.Finish(false, time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			begun, causes := make(chan error, 1), make(chan error, 1)
			session := support.Session(t, support.Model(t, emulator.Options(look(waiting(begun, causes)))))
			session.SendText("Look.")
			support.Await[gemlive.ToolCall](t, session)
			arrival(t, begun)
			end(session)
			for range session.Events() {
			}
			arrival(t, causes)
		})
	}
}

func TestHandlerSeesTheValuesOfTheSessionsContext(t *testing.T) {
	type key struct{}
	seen := make(chan error, 1)
	model := support.Model(t, support.Start(t, looks).Options(look(func(ctx context.Context, _ gemlive.ToolCall) (any, error) {
		if ctx.Value(key{}) != "caller" {
			seen <- errors.New("the value is not there")
		} else {
			seen <- nil
		}
		return nil, nil
	})))
	session, err := model.StartSession(context.WithValue(support.Context(t), key{}, "caller"))
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	session.SendText("Look.")
	support.Await[gemlive.ToolCall](t, session)
	if err := arrival(t, seen); err != nil {
		t.Error(err)
	}
}

func TestNoHandlerBeginsAfterClose(t *testing.T) {
	emulator := support.Start(t, looks)
	var closed, late atomic.Bool
	session := support.Session(t, support.Model(t, emulator.Options(look(func(context.Context, gemlive.ToolCall) (any, error) {
		late.Store(closed.Load())
		return nil, nil
	}))))
	session.SendText("Look.")
	support.Await[gemlive.TurnStarted](t, session)
	session.Close()
	closed.Store(true)
	for range session.Events() {
	}
	if late.Load() {
		t.Error("a handler began after Close")
	}
}
