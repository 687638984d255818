package gemlive

import (
	"context"
	"encoding/json"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// State is where a session stands; see [StateConnected].
type State int32

// Session is one conversation. It outlives its connections. Commands may be called from any goroutine and never wait for
// the network; a command after [Session.Finish] answers [ErrClosed], one after [Session.Close] [ErrInvalidHandle], and one
// more than the option command_queue has room for [ErrWouldBlock]. On a session that ended unasked they answer what it
// ended with, such as [ErrAuth]: what [Closed.Err] says.
type Session struct {
	core *core
}

// core outlives a Session that was forgotten, for its clean-up. So nothing in it leads to the Session.
type core struct {
	handle uintptr
	waiter waiter
	// Held by the goroutine that takes events.
	receiving sync.Mutex
	// The formats in force: channels, and the rate of what is read.
	in, out, outRate atomic.Int32
	tools            runningTools
	// Done when the session is over or given up; what handlers of tools get is made of it.
	ctx    context.Context
	cancel context.CancelCauseFunc
	once   sync.Once
	gone   chan struct{} // closed by close
}

// StartSession starts a conversation; the options are what differs from the model's. When ctx ends, the session is given
// up at once, as by Close; its values reach the handlers of tools.
//
// It fails for an option that is not allowed, and with [ErrClosed] after [Model.Finish]. Close the session when it is no
// longer needed, also after [Closed].
func (m *Model) StartSession(ctx context.Context, given ...Option) (*Session, error) {
	defer runtime.KeepAlive(m)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &core{gone: make(chan struct{})}
	known := m.sessions()
	known.making.Lock()
	defer known.making.Unlock()
	err := withOptions(given, func(handle uintptr, tools []Tool) error {
		if tools == nil && m != nil && m.core != nil {
			tools = m.core.tools
		}
		c.tools.handlers = handlersOf(tools)
		var session uintptr // of its own: what C writes into may have no Go pointers beside it
		err := gemlivec.Session_create(m.handle(), handle, &session)
		c.handle = session
		return failure(err)
	})
	if err != nil {
		return nil, err
	}
	if err := c.watch(); err != nil {
		gemlivec.Session_destroy(c.handle)
		return nil, err
	}
	c.in.Store(1)
	c.out.Store(1)
	c.outRate.Store(24000)
	c.ctx, c.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { c.close(context.Cause(ctx)) })
	context.AfterFunc(c.ctx, func() { stop() })
	s := &Session{c}
	known.add(s)
	context.AfterFunc(c.ctx, func() { known.forget(c.handle) })
	runtime.AddCleanup(s, func(c *core) {
		if c.close(errGivenUp) {
			leaked("session")
		}
	}, c)
	return s, nil
}

// watch makes what Next waits with. A session that shares its model's queue has none: its Next answers at once.
func (c *core) watch() (err error) {
	if handle := gemlivec.Session_wait_handle(c.handle); handle >= 0 {
		c.waiter, err = newWaiter(handle, "gemlive session")
	}
	return err
}

func (c *core) close(cause error) (first bool) {
	c.once.Do(func() {
		first = true
		c.cancel(cause)
		c.tools.end()
		gemlivec.Session_destroy(c.handle)
		c.waiter.close()
		close(c.gone)
	})
	return first
}

func (c *core) isGivenUp() bool {
	select {
	case <-c.gone:
		return true
	default:
		return false
	}
}

func (s *Session) handle() uintptr {
	if s == nil || s.core == nil {
		return 0
	}
	return s.core.handle
}

// Close gives the session up at once: what was not written is lost, waiting calls return, no handler of a tool begins
// afterwards. It is always nil. From any goroutine, in a handler too, any number of times. [Session.Finish] is the
// orderly end.
func (s *Session) Close() error {
	if s != nil && s.core != nil {
		s.core.close(errGivenUp)
	}
	return nil
}

// Finish ends the conversation in order: what was given is still written, connecting first if need be, then comes
// [Closed]. With drain it first waits for open requests, the running turn and the playout. A timeout of 0 is the option
// drain_timeout_ms. It does not wait itself. A second call changes nothing.
func (s *Session) Finish(drain bool, timeout time.Duration) error {
	fields := map[string]any{"drain": drain}
	if timeout > 0 {
		fields["timeout_ms"] = milliseconds(timeout)
	}
	return s.withJSON(fields, gemlivec.Session_close_json)
}

// State is where the session stands; 0 when it was given up.
func (s *Session) State() State {
	defer runtime.KeepAlive(s)
	return State(gemlivec.Session_state(s.handle()))
}

// SendText says something to the model in writing, and asks for a reply. It gives the id of the request that the reply
// will carry.
func (s *Session) SendText(text string) (request uint64, err error) {
	defer runtime.KeepAlive(s)
	err = failure(gemlivec.Session_send_text_n(s.handle(), text, &request))
	return request, err
}

// AddText adds to the conversation in writing, without asking for a reply.
func (s *Session) AddText(text string) error {
	_, err := s.request(map[string]any{"text": text, "turn_complete": false}, gemlivec.Session_send_text_json)
	return err
}

// Reply is what [Session.GenerateReply] asks for; each may be absent.
type Reply struct {
	// For this reply only, such as "Greet the customer by name."
	Instructions string
	// Said by the user, in writing.
	Text string
	// Until the first output; 0: the option reply_timeout_ms.
	Timeout time.Duration
	// Of this reply: "none" refuses the model's calls; "": "auto".
	ToolChoice string
}

// GenerateReply asks the model to speak now. It gives the id of the request that the reply will carry.
func (s *Session) GenerateReply(reply Reply) (request uint64, err error) {
	if reply.Text == "" && reply.Timeout <= 0 && reply.ToolChoice == "" {
		defer runtime.KeepAlive(s)
		err = failure(gemlivec.Session_generate_reply_n(s.handle(), reply.Instructions, &request))
		return request, err
	}
	fields := map[string]any{}
	if reply.Instructions != "" {
		fields["instructions"] = reply.Instructions
	}
	if reply.Text != "" {
		fields["text"] = reply.Text
	}
	if reply.Timeout > 0 {
		fields["timeout_ms"] = milliseconds(reply.Timeout)
	}
	if reply.ToolChoice != "" {
		fields["tool_choice"] = reply.ToolChoice
	}
	return s.request(fields, gemlivec.Session_generate_reply_json)
}

func (s *Session) request(fields map[string]any, call func(uintptr, string, *uint64) error) (request uint64, err error) {
	err = s.withJSON(fields, func(handle uintptr, text string) error { return call(handle, text, &request) })
	return request, err
}

func (s *Session) withJSON(fields any, call func(uintptr, string) error) error {
	defer runtime.KeepAlive(s)
	text, err := jsonText("the command", fields)
	if err != nil {
		return err
	}
	return failure(call(s.handle(), string(text)))
}

// Interrupt stops the running turn: the playout is emptied, what still comes of the turn is dropped and counted. Without
// a turn it does nothing.
func (s *Session) Interrupt() error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_interrupt(s.handle()))
}

// StartUserActivity says that the user begins to speak: for sessions whose realtime_input_config switches the server's
// detection of speech off. Others answer [ErrInvalidState].
func (s *Session) StartUserActivity() error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_start_user_activity(s.handle()))
}

// EndUserActivity says that the user has spoken; see [Session.StartUserActivity].
func (s *Session) EndUserActivity() error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_end_user_activity(s.handle()))
}

// AudioStreamEnd says that the microphone is off, so that the server need not wait for more. Pushing again reopens it.
// [ErrInvalidState] where the server's detection of speech is off.
func (s *Session) AudioStreamEnd() error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_audio_stream_end(s.handle()))
}

// CommitAudio says that what was pushed so far is one utterance: its last packet goes out, however short, and the server
// need not wait for more. It ends the activity where the server's detection of speech is off, else the stream.
func (s *Session) CommitAudio() error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_commit_audio(s.handle()))
}

// ClearAudio takes back the pushed audio that was not sent yet. [Dropped] counts it.
func (s *Session) ClearAudio() error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_clear_audio(s.handle()))
}

// Mute takes what is pushed or written and throws it away, while it is on: it is neither sent nor kept.
func (s *Session) Mute(on bool) error {
	defer runtime.KeepAlive(s)
	var flag int
	if on {
		flag = 1
	}
	return failure(gemlivec.Session_mute(s.handle(), flag))
}

// UpdateInstructions gives the model other instructions: they hold from the next reply on, and no reply is cut; "" takes
// them away. Where the model takes none within the connection, the session connects anew when neither side speaks.
// [ErrInvalidState] where the option setup says the instructions.
func (s *Session) UpdateInstructions(instructions string) error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_update_instructions_n(s.handle(), instructions))
}

// UpdateTools gives the model other tools in place of all that it has, as [Session.UpdateInstructions] does: JSON text, or
// what encoding/json makes a list of, as the option tools takes it. An empty list takes all away. Handlers stay with the
// names of their functions.
func (s *Session) UpdateTools(tools any) error {
	defer runtime.KeepAlive(s)
	text, err := jsonText("tools", tools)
	if err != nil {
		return err
	}
	return failure(gemlivec.Session_update_tools(s.handle(), string(text)))
}

// UpdateOptions changes options of this session: all of them or none. docs/options.md says when each takes effect,
// [Session.Capabilities] what it costs with this model. [ErrUnsupported] for an option that is for new sessions only.
func (s *Session) UpdateOptions(changes ...Option) error {
	defer runtime.KeepAlive(s)
	return withOptions(changes, func(handle uintptr, _ []Tool) error {
		return failure(gemlivec.Session_update_options(s.handle(), handle))
	})
}

// UpdateOptionsJSON is [Session.UpdateOptions] with one JSON object: JSON text, or what encoding/json makes one of. An
// option that is null has its default again.
func (s *Session) UpdateOptionsJSON(changes any) error {
	return s.withJSON(changes, gemlivec.Session_update_options_json)
}

// PushImage shows the model a picture, from ready bytes of "image/jpeg" or "image/png". An older picture that is still
// unsent is replaced, and counted by [Dropped].
func (s *Session) PushImage(bytes []byte, mimeType string) error {
	defer runtime.KeepAlive(s)
	if err := refuseNUL("mimeType", mimeType); err != nil {
		return err
	}
	return failure(gemlivec.Session_push_image(s.handle(), bytes, mimeType))
}

// SendRaw sends one message of the protocol as it is: JSON text, or what encoding/json makes one JSON object of. The
// server judges it.
func (s *Session) SendRaw(message any) error {
	defer runtime.KeepAlive(s)
	text, err := jsonText("message", message)
	if err != nil {
		return err
	}
	return failure(gemlivec.Session_send_raw(s.handle(), string(text)))
}

// UpdateChatContext makes the conversation this list of items, as far as the service can: JSON text, or what encoding/json
// makes a list of. New items at the end are told to the model, outputs of open calls answer them; what cannot be done is told
// by [NotApplied]. Before the first connection the list is what the conversation begins with.
func (s *Session) UpdateChatContext(items any) error {
	return s.withJSON(items, gemlivec.Session_update_chat_context)
}

// Truncate says how much of a turn that was cut the user heard, for a program that plays the audio itself: the chat context
// keeps the words of that part.
func (s *Session) Truncate(turn uint64, heard time.Duration) error {
	defer runtime.KeepAlive(s)
	return failure(gemlivec.Session_truncate(s.handle(), turn, heard.Milliseconds()))
}

// ChatContext is the conversation so far: a list of items, as docs/chat-context.md has it.
func (s *Session) ChatContext() (json.RawMessage, error) {
	return s.readJSON(gemlivec.Session_get_chat_context)
}

// Save gives the session as a JSON object of options, so that another one goes on in its place, in another process too: pass it
// with [WithJSON], and the credential, to NewSession. It holds the options in force, the chat context and the resumption
// handle, and no credential: keep it as you would keep the conversation. It works on a session that has ended.
func (s *Session) Save() (json.RawMessage, error) {
	return s.readJSON(gemlivec.Session_save)
}

// OpenCalls are the tool calls that wait for an answer, the oldest first: a list of objects with call, name, arguments, turn,
// blocking and age_ms.
func (s *Session) OpenCalls() (json.RawMessage, error) {
	return s.readJSON(gemlivec.Session_get_open_calls)
}

// Tools are the tools in force: a list of the API's Tool.
func (s *Session) Tools() (json.RawMessage, error) { return s.readJSON(gemlivec.Session_get_tools) }

// Capabilities is what this model can do, as one JSON object; its member updates says what a change of each option costs
// now.
func (s *Session) Capabilities() (json.RawMessage, error) {
	return s.readJSON(gemlivec.Session_get_capabilities)
}

func (s *Session) readJSON(get func(uintptr, []byte, *uintptr) error) (json.RawMessage, error) {
	defer runtime.KeepAlive(s)
	// It may grow between two calls, so the size is asked for again until the text fits.
	for buffer := make([]byte, 4096); ; {
		var needed uintptr
		err := failure(get(s.handle(), buffer, &needed))
		if err == nil {
			return buffer[:needed-1], nil
		}
		if needed <= uintptr(len(buffer)) {
			return nil, err
		}
		buffer = make([]byte, needed)
	}
}
