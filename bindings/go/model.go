package gemlive

import (
	"runtime"
	"sync"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// Model is options, credentials and trust, from which sessions are made.
type Model struct {
	core *modelCore
}

// modelCore outlives a Model that was forgotten, for its clean-up.
type modelCore struct {
	handle    uintptr
	tools     []Tool
	once      sync.Once
	sessions  sessionsByHandle
	receiving sync.Mutex // held by the goroutine that takes events
	waiter    waiter     // made when first needed
}

func (c *modelCore) close() (first bool) {
	c.once.Do(func() {
		first = true
		gemlivec.Model_destroy(c.handle)
		c.receiving.Lock() // a goroutine that waited has seen the end
		defer c.receiving.Unlock()
		c.waiter.close()
	})
	return first
}

// NewModel makes a model. No connection is opened and no key is needed yet: a session without a key ends with one
// [Closed] whose error is [ErrAuth]. It fails for an option that is not allowed, a CA file that cannot be read, a URL
// that is none.
//
// Close it when no more sessions are to be started.
func NewModel(given ...Option) (*Model, error) {
	core := &modelCore{}
	err := withOptions(given, func(handle uintptr, tools []Tool) error {
		core.tools = tools
		var model uintptr // of its own: what C writes into may have no Go pointers beside it
		err := gemlivec.Model_create(handle, &model)
		core.handle = model
		return failure(err)
	})
	if err != nil {
		return nil, err
	}
	m := &Model{core}
	runtime.AddCleanup(m, func(core *modelCore) {
		if core.close() {
			leaked("model")
		}
	}, core)
	return m, nil
}

func (m *Model) handle() uintptr {
	if m == nil || m.core == nil {
		return 0
	}
	return m.core.handle
}

// UpdateOptions changes options for sessions that are started from now on, and for each that lives, as
// [Session.UpdateOptions] does. A session that cannot take the change says so by [NotApplied].
func (m *Model) UpdateOptions(changes ...Option) error {
	defer runtime.KeepAlive(m)
	return withOptions(changes, func(handle uintptr, _ []Tool) error {
		return failure(gemlivec.Model_update_options(m.handle(), handle))
	})
}

// UpdateOptionsJSON is [Model.UpdateOptions] with one JSON object: JSON text, or what encoding/json makes one of. An
// option that is null has its default again.
func (m *Model) UpdateOptionsJSON(changes any) error {
	defer runtime.KeepAlive(m)
	text, err := jsonText("the changes", changes)
	if err != nil {
		return err
	}
	return failure(gemlivec.Model_update_options_json(m.handle(), string(text)))
}

// Finish ends all sessions of the model in order, as [Session.Finish] does, and starts no more.
func (m *Model) Finish() error {
	defer runtime.KeepAlive(m)
	return failure(gemlivec.Model_close(m.handle()))
}

// Close gives the model up; it is always nil. Sessions that run go on. From any goroutine, any number of times.
func (m *Model) Close() error {
	if m != nil && m.core != nil {
		m.core.close()
	}
	return nil
}
