package gemlive

import (
	"context"
	"encoding/json"
	"runtime"
	"sync"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// ToolHandler does what a tool is for. What it returns is the answer: a value that encoding/json writes as an object is
// sent as it is, any other as {"output": value}, an error as {"error": its text}. It runs in a goroutine of its own,
// begun when the [ToolCall] is taken from the session. ctx ends when the answer is no longer wanted; what is returned then
// goes nowhere. A panic in it is the program's, as in any goroutine.
type ToolHandler func(ctx context.Context, call ToolCall) (any, error)

// Tool is a function that the model may call.
type Tool struct {
	Name        string
	Description string // tells the model when to call it
	// The schema of its arguments: JSON text, or what encoding/json makes it of. nil: it has none.
	Parameters any
	// BLOCKING or NON_BLOCKING; empty: as the option tool_behavior says.
	Behavior string
	// nil: the calls are answered with [Session.Respond].
	Handler ToolHandler
}

func (t Tool) declaration() (map[string]any, error) {
	declaration := map[string]any{"name": t.Name, "description": t.Description}
	if t.Parameters != nil {
		schema, err := jsonText("the parameters of the tool "+t.Name, t.Parameters)
		if err != nil {
			return nil, err
		}
		if !json.Valid(schema) {
			return nil, &Error{StatusInvalidArgument, "the parameters of the tool " + t.Name + " are not JSON"}
		}
		declaration["parameters"] = json.RawMessage(schema)
	}
	if t.Behavior != "" {
		declaration["behavior"] = t.Behavior
	}
	return declaration, nil
}

// setTools gives the library what WithTools and WithTool said, as one list.
func (o *options) setTools() error {
	if o.tools == nil {
		if o.toolsJSON == nil {
			return nil
		}
		return gemlivec.Options_set_json(o.handle, "tools", string(o.toolsJSON))
	}
	var list []json.RawMessage
	if o.toolsJSON != nil && json.Unmarshal(o.toolsJSON, &list) != nil {
		return &Error{StatusInvalidArgument, "tools is not a JSON list"}
	}
	declarations := make([]any, 0, len(o.tools))
	for _, tool := range o.tools {
		declaration, err := tool.declaration()
		if err != nil {
			return err
		}
		declarations = append(declarations, declaration)
	}
	all := make([]any, 0, len(list)+len(declarations))
	bare := false
	for _, item := range list {
		var declared struct{ Name string }
		bare = bare || json.Unmarshal(item, &declared) == nil && declared.Name != ""
		all = append(all, item)
	}
	if bare {
		all = append(all, declarations...)
	} else {
		all = append(all, map[string]any{"functionDeclarations": declarations})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return gemlivec.Options_set_json(o.handle, "tools", string(text))
}

// ToolResponse is an answer to a tool call with all that can be said of it.
type ToolResponse struct {
	Call   string // its id; "last" is the newest call
	Output any    // what encoding/json makes the answer of
	Error  error  // instead of Output: the tool has failed
	// SILENT, WHEN_IDLE or INTERRUPT; empty: as the option tool_response_scheduling says.
	Scheduling string
	// Whether more answers to the same call follow.
	WillContinue bool
}

// Respond answers a tool call with what encoding/json makes of output: an object as it is, any other value as {"output":
// value}; an error as {"error": its text}. It fails with [ErrCancelled] for a call that was cancelled, with
// [ErrInvalidState] for one that was answered, and with [ErrInvalidArgument] for one that never was.
func (s *Session) Respond(call ToolCall, output any) error {
	if failed, ok := output.(error); ok {
		return s.ToolResponse(ToolResponse{Call: call.Call, Error: failed})
	}
	defer runtime.KeepAlive(s)
	text, err := json.Marshal(output)
	if err != nil {
		return &Error{StatusInvalidArgument, "output cannot be written as JSON: " + err.Error()}
	}
	if err := refuseNUL("the call's id", call.Call); err != nil {
		return err
	}
	return failure(gemlivec.Session_tool_response(s.handle(), call.Call, string(text)))
}

// ToolResponse answers a tool call; see [Session.Respond].
func (s *Session) ToolResponse(response ToolResponse) error {
	fields := map[string]any{"call": response.Call}
	if response.Error != nil {
		fields["error"] = response.Error.Error()
	} else {
		fields["output"] = response.Output
	}
	if response.Scheduling != "" {
		fields["scheduling"] = response.Scheduling
	}
	if response.WillContinue {
		fields["will_continue"] = true
	}
	return s.withJSON(fields, gemlivec.Session_tool_response_json)
}

func handlersOf(tools []Tool) map[string]ToolHandler {
	handlers := map[string]ToolHandler{}
	for _, tool := range tools {
		if tool.Handler != nil {
			handlers[tool.Name] = tool.Handler
		}
	}
	return handlers
}

// runningTools are the handlers at work.
type runningTools struct {
	handlers map[string]ToolHandler
	mutex    sync.Mutex
	ended    bool
	calls    map[string]context.CancelCauseFunc
}

func (r *runningTools) begin(s *Session, call ToolCall) {
	handler := r.handlers[call.Name]
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if handler == nil || r.ended {
		return
	}
	ctx, cancel := context.WithCancelCause(s.core.ctx)
	if r.calls == nil {
		r.calls = map[string]context.CancelCauseFunc{}
	}
	r.calls[call.Call] = cancel
	go r.run(ctx, cancel, s, handler, call)
}

func (r *runningTools) run(ctx context.Context, cancel context.CancelCauseFunc, s *Session, handler ToolHandler, call ToolCall) {
	defer func() {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		delete(r.calls, call.Call)
		cancel(nil)
	}()
	if r.isOver() {
		return
	}
	output, err := handler(ctx, call)
	if err != nil {
		output = err
	}
	// The model waits for an answer, so it gets one also when the output cannot be written. Any other failure says that
	// the answer is not wanted any more.
	if _, unwritable := json.Marshal(output); unwritable != nil {
		output = unwritable
	}
	s.Respond(call, output)
}

func (r *runningTools) cancelled(event ToolCallsCancelled) {
	var calls []string
	json.Unmarshal(event.Calls, &calls)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, call := range calls {
		if cancel := r.calls[call]; cancel != nil {
			cancel(&Error{StatusCancelled, "the tool call was cancelled by the " + event.Origin})
		}
	}
}

// isOver tells a goroutine that was long in coming.
func (r *runningTools) isOver() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.ended
}

// end lets no handler begin any more. Those at work are told by their contexts.
func (r *runningTools) end() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.ended = true
}
