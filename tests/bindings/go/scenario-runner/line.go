package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// output is standard output: whole lines, from any goroutine.
type output struct{ mutex sync.Mutex }

func (o *output) write(line string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	os.Stdout.WriteString(line + "\n")
}

type member struct{ name, value string }

// line is a JSON object that keeps the order of its members.
type line struct{ members []member }

func (l *line) add(name, value string) { l.members = append(l.members, member{name, value}) }

func (l *line) text(name, value string)           { l.add(name, quoted(value)) }
func (l *line) whole(name string, value int64)    { l.add(name, strconv.FormatInt(value, 10)) }
func (l *line) number(name string, value float64) { l.add(name, double(value)) }
func (l *line) truth(name string, value bool)     { l.add(name, strconv.FormatBool(value)) }

func (l *line) raw(name string, value json.RawMessage) { l.add(name, string(value)) }

func (l *line) id(name string, value uint64) {
	l.text(name, name+"-"+strconv.FormatUint(value, 10))
}

func (l *line) String() string {
	parts := make([]string, 0, len(l.members))
	for _, member := range l.members {
		parts = append(parts, quoted(member.name)+":"+member.value)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// eventLine is the line of an event, made of its struct. Only the order of its members is taken from its JSON, and only
// there: a member that the struct lacks is missing, and one that the JSON lacks comes last.
func eventLine(event gemlive.Event) string {
	l := &line{}
	l.text("event", event.Type())
	l.whole("seq", int64(event.Seq()))
	l.whole("time_ms", event.TimeMS())
	if event.Connection() != 0 {
		l.whole("connection", int64(event.Connection()))
	}
	l.fields(event)
	names := topLevelNames(event.JSON())
	place := func(m member) int {
		if at := slices.Index(names, m.name); at >= 0 {
			return at
		}
		return len(names)
	}
	slices.SortStableFunc(l.members, func(a, b member) int { return place(a) - place(b) })
	return l.String()
}

func topLevelNames(text json.RawMessage) []string {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.Token()
	var names []string
	for decoder.More() {
		name, err := decoder.Token()
		var value json.RawMessage
		if err != nil || decoder.Decode(&value) != nil {
			break
		}
		names = append(names, name.(string))
	}
	return names
}

// shown is a JSON value on one line, keys in order, as gemlive-talk shows it.
func shown(value any) string {
	switch value := value.(type) {
	case object:
		names := make([]string, 0, len(value))
		for name := range value {
			names = append(names, name)
		}
		sort.Strings(names)
		l := &line{}
		for _, name := range names {
			l.add(name, shown(value[name]))
		}
		return l.String()
	case []any:
		parts := make([]string, 0, len(value))
		for _, item := range value {
			parts = append(parts, shown(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case string:
		return quoted(value)
	case bool:
		return strconv.FormatBool(value)
	case json.Number:
		if whole, err := strconv.ParseInt(value.String(), 10, 64); err == nil {
			return strconv.FormatInt(whole, 10)
		}
		number, _ := value.Float64()
		return double(number)
	}
	return "null"
}

// double is a number as the library shows it: the shortest text that reads the same, never without a point.
func double(value float64) string {
	exponent := 0.0
	if value != 0 {
		exponent = math.Floor(math.Log10(math.Abs(value)))
	}
	if exponent < -5 || exponent >= 15 {
		return strconv.FormatFloat(value, 'e', -1, 64)
	}
	text := strconv.FormatFloat(value, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

func quoted(text string) string {
	const hex = "0123456789abcdef"
	out := make([]byte, 0, len(text)+2)
	out = append(out, '"')
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r == '\b':
			out = append(out, '\\', 'b')
		case r == '\f':
			out = append(out, '\\', 'f')
		case r == '\n':
			out = append(out, '\\', 'n')
		case r == '\r':
			out = append(out, '\\', 'r')
		case r == '\t':
			out = append(out, '\\', 't')
		case r < ' ':
			out = append(out, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			out = utf8.AppendRune(out, r)
		}
		at += size
	}
	return string(append(out, '"'))
}
