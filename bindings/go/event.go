package gemlive

import (
	"encoding/json"

	"github.com/gemlive/gemlive/bindings/go/internal/direct"
)

// Event is something that happened in a session. Each type of it is a struct of its own, such as [TurnFinished]; a type
// switch tells them apart. Events are values that anyone may keep, on any goroutine, also after their session is gone.
// New types may come: ignore them, or show their JSON.
type Event interface {
	// Type is the event's word, such as "turn_finished".
	Type() string
	// Seq is its number in the session, from 1, without gaps.
	Seq() uint64
	// TimeMS is milliseconds since the session was started.
	TimeMS() int64
	// Connection is the connection, from 1; 0 for none.
	Connection() uint64
	// Session is where it happened.
	Session() *Session
	// JSON is the whole event, all its fields included but samples, the bytes of media, and a resumption handle.
	JSON() json.RawMessage
	// ServerMessage is the JSON of the server's message that caused it, without audio data; nil when none did.
	ServerMessage() json.RawMessage

	event()
}

// Meta is what every event has.
type Meta struct {
	session       *Session
	seq           uint64
	timeMS        int64
	connection    uint64
	json          []byte
	serverMessage []byte
}

func newMeta(session *Session, r *direct.Record) Meta {
	return Meta{session, r.Seq(), r.TimeMS(), r.Connection(), r.JSON(), r.ServerMessage()}
}

// Seq is the event's number in the session, from 1, without gaps.
func (m Meta) Seq() uint64 { return m.seq }

// TimeMS is milliseconds since the session was started.
func (m Meta) TimeMS() int64 { return m.timeMS }

// Connection is the connection, from 1; 0 for none.
func (m Meta) Connection() uint64 { return m.connection }

// Session is where it happened.
func (m Meta) Session() *Session { return m.session }

// JSON is the whole event; the caller's own copy.
func (m Meta) JSON() json.RawMessage { return append(json.RawMessage(nil), m.json...) }

// ServerMessage is the JSON of the server's message that caused it; the caller's own copy, nil when none did.
func (m Meta) ServerMessage() json.RawMessage {
	return append(json.RawMessage(nil), m.serverMessage...)
}

// String is the event's JSON. It has no secrets.
func (m Meta) String() string { return string(m.json) }

// GoString is the same, so that no way of printing shows a resumption handle.
func (m Meta) GoString() string { return string(m.json) }

// MarshalJSON is the event's JSON.
func (m Meta) MarshalJSON() ([]byte, error) {
	if m.json == nil {
		return []byte("null"), nil
	}
	return m.JSON(), nil
}

func (Meta) event() {}

// UnknownEvent is of a type that this version does not know.
type UnknownEvent struct{ Meta }

// Type is "unknown"; the JSON has the word.
func (UnknownEvent) Type() string { return "unknown" }

// Err is the error that the event tells of.
func (e ErrorEvent) Err() error { return &Error{e.Status, e.Message} }

// Err is what ended the session; nil when it was asked to end.
func (c Closed) Err() error {
	if c.Reason == "requested" {
		return nil
	}
	return &Error{c.Status, c.Message}
}
