package gemlive

import (
	"errors"
	"strings"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// Status says what to do about an error. An unknown one is to be treated as [StatusInternal].
type Status int32

// String is the name that every language uses, such as "GEMLIVE_ERROR_TIMEOUT".
func (s Status) String() string { return s.name() }

// Error makes a status what errors.Is compares with; see [ErrTimeout].
func (s Status) Error() string { return s.name() }

// Error is a call, or a session, that failed.
type Error struct {
	Code    Status
	Message string // a sentence: what was wrong, and what is allowed
}

func (e *Error) Error() string {
	if e.Message == "" {
		return e.Code.String()
	}
	return e.Code.String() + ": " + e.Message
}

// Unwrap is the code, for errors.Is.
func (e *Error) Unwrap() error { return e.Code }

// failure is the error of a call through the generated layer.
func failure(err error) error {
	var failed *gemlivec.Failure
	if errors.As(err, &failed) {
		return &Error{Status(failed.Status), failed.Message}
	}
	return err
}

// The calls for samples and events leave no sentence behind; this is it.
func statusError(status Status) error {
	if status == StatusInvalidState {
		return &Error{status, "another goroutine is in this call on the same session"}
	}
	return &Error{Code: status}
}

var errGivenUp = &Error{StatusInvalidHandle, "the session was given up, or there is none"}
var errModelGivenUp = &Error{StatusInvalidHandle, "the model was closed, or there is none"}

// C reads some texts up to their first NUL; the rest would be lost without a word.
func refuseNUL(name, text string) error {
	if strings.IndexByte(text, 0) >= 0 {
		return &Error{StatusInvalidArgument, name + " has a NUL inside"}
	}
	return nil
}
