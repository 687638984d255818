package gemlive

import (
	"encoding/json"
	"time"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// Option says how a model, or one session of it, is to be. What a session is given wins over its model's.
//
// Where an option takes any, a string, []byte or json.RawMessage is JSON text; any other value is what encoding/json
// makes of it. A value that is not allowed makes NewModel or StartSession fail, with a sentence.
type Option func(*options) error

// options is a handle of the library's, and what Go keeps for itself.
type options struct {
	handle    uintptr
	tools     []Tool
	toolsJSON []byte
}

// withOptions hands options to the library for the length of a call.
func withOptions(given []Option, use func(handle uintptr, tools []Tool) error) error {
	if len(given) == 0 {
		return use(0, nil)
	}
	var handle uintptr // of its own: what C writes into may have no Go pointers beside it
	if err := gemlivec.Options_create(&handle); err != nil {
		return failure(err)
	}
	defer gemlivec.Options_destroy(handle)
	o := options{handle: handle}
	for _, option := range given {
		if option == nil {
			continue
		}
		if err := option(&o); err != nil {
			return failure(err)
		}
	}
	if err := o.setTools(); err != nil {
		return failure(err)
	}
	return use(o.handle, o.tools)
}

// WithOption sets any option by its name from text: "0.7", "true", JSON for objects. A name that does not exist is
// refused with the nearest one that does.
func WithOption(name, value string) Option {
	return func(o *options) error {
		if err := refuseNUL("name", name); err != nil {
			return err
		}
		return gemlivec.Options_set_string_n(o.handle, name, value)
	}
}

// WithOptionJSON sets any option by its name from JSON. JSON null switches off what is on by default.
func WithOptionJSON(name string, value any) Option {
	return func(o *options) error {
		if err := refuseNUL("name", name); err != nil {
			return err
		}
		text, err := jsonText(name, value)
		if err != nil {
			return err
		}
		if name == "tools" {
			o.toolsJSON = text
			return nil
		}
		return gemlivec.Options_set_json(o.handle, name, string(text))
	}
}

// WithJSON sets many options at once from one JSON object, {"name": value, ...}.
func WithJSON(object any) Option {
	return func(o *options) error {
		text, err := jsonText("object", object)
		if err != nil {
			return err
		}
		return gemlivec.Options_from_json(o.handle, string(text))
	}
}

// WithTool offers a tool to the model; may be repeated. A session that is given tools has those only, not its model's.
func WithTool(tool Tool) Option {
	return func(o *options) error {
		o.tools = append(o.tools, tool)
		return nil
	}
}

func textOption(name, value string) Option { return WithOption(name, value) }

func jsonOption(name string, value any) Option { return WithOptionJSON(name, value) }

func intOption(name string, value int64) Option {
	return func(o *options) error { return gemlivec.Options_set_int(o.handle, name, value) }
}

func doubleOption(name string, value float64) Option {
	return func(o *options) error { return gemlivec.Options_set_double(o.handle, name, value) }
}

func boolOption(name string, value bool) Option {
	if value {
		return intOption(name, 1)
	}
	return intOption(name, 0)
}

// The library counts whole milliseconds; less than one is one, so that a short time is not taken for none.
func durationOption(name string, value time.Duration) Option {
	return intOption(name, milliseconds(value))
}

func milliseconds(d time.Duration) int64 {
	whole := d / time.Millisecond
	if d%time.Millisecond > 0 {
		whole++
	}
	return int64(whole)
}

func jsonText(name string, value any) ([]byte, error) {
	var text []byte
	switch value := value.(type) {
	case string:
		text = []byte(value)
	case []byte:
		text = value
	case json.RawMessage:
		text = value
	default:
		made, err := json.Marshal(value)
		if err != nil {
			return nil, &Error{StatusInvalidArgument, name + " cannot be written as JSON: " + err.Error()}
		}
		text = made
	}
	return text, refuseNUL(name, string(text))
}
