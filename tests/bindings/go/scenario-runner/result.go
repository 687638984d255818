package main

import (
	"errors"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// result is how a command ended.
type result struct {
	status  gemlive.Status
	message string
	fields  line
}

func (r result) ok() bool { return r.status == gemlive.StatusOK }

func (r result) line(command string) string {
	l := &line{}
	l.text("result", command)
	l.text("status", r.status.String())
	l.text("message", r.message)
	l.members = append(l.members, r.fields.members...)
	return l.String()
}

func failed(status gemlive.Status, message string) result {
	return result{status: status, message: message}
}

func invalidArgument(message string) result { return failed(gemlive.StatusInvalidArgument, message) }

func resultOf(err error) result {
	var library *gemlive.Error
	switch {
	case err == nil:
		return result{}
	case errors.As(err, &library):
		return failed(library.Code, library.Message)
	}
	return failed(gemlive.StatusInternal, err.Error())
}

func withRequest(request uint64, err error) result {
	r := resultOf(err)
	if r.ok() && request != 0 {
		l := &line{}
		l.id("request", request)
		r.fields = *l
	}
	return r
}
