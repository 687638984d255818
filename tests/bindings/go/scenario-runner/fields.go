package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

type fieldType int

const (
	text fieldType = iota
	whole
	truth
	objectField
	anything
)

const lastMS = 86_400_000

// field is one that a command may have.
type field struct {
	name        string
	kind        fieldType
	required    bool
	least, most int64  // of a whole number; 0 and 0: up to a day
	words       string // that are allowed, separated by spaces; empty: any
	codeUnits   bool   // may also be given as NAME_code_units
}

const codeUnitsSuffix = "_code_units"

func (f field) range_() (int64, int64) {
	if f.least == 0 && f.most == 0 {
		return 0, lastMS
	}
	return f.least, f.most
}

func (f field) allowed() string {
	switch f.kind {
	case text:
		if f.words == "" {
			return "a string"
		}
		words := strings.Fields(f.words)
		for number, word := range words {
			words[number] = `"` + word + `"`
		}
		return strings.Join(words, " or ")
	case whole:
		least, most := f.range_()
		return fmt.Sprintf("a whole number from %d to %d", least, most)
	case truth:
		return "true or false"
	case objectField:
		return "a JSON object"
	}
	return "any JSON value"
}

func (f field) fits(value any) bool {
	switch f.kind {
	case text:
		word, ok := value.(string)
		if !ok || f.words == "" {
			return ok
		}
		for _, allowed := range strings.Fields(f.words) {
			if word == allowed {
				return true
			}
		}
		return false
	case whole:
		number, ok := value.(json.Number)
		if !ok {
			return false
		}
		least, most := f.range_()
		double, err := number.Float64()
		return err == nil && double >= float64(least) && double <= float64(most) && double == float64(int64(double))
	case truth:
		_, ok := value.(bool)
		return ok
	case objectField:
		_, ok := value.(object)
		return ok
	}
	return true
}

func namesOf(fields []field) string {
	var names []string
	for _, field := range fields {
		names = append(names, field.name)
		if field.codeUnits {
			names = append(names, field.name+codeUnitsSuffix)
		}
	}
	if names == nil {
		return "none but do"
	}
	return strings.Join(names, ", ")
}

// anyFields is of a command whose fields the library knows.
var anyFields = []field{{name: "*", kind: anything}}

// fieldsOf is the fields of a command alone, as one object.
func fieldsOf(command object) string {
	fields := object{}
	for name, value := range command {
		if name != "do" {
			fields[name] = value
		}
	}
	return shown(fields)
}

// checkFields says what is wrong with the fields of a command, and what is allowed; "" when nothing is.
func checkFields(command object, fields []field) string {
	if len(fields) == 1 && fields[0].name == anyFields[0].name {
		return ""
	}
	names := make([]string, 0, len(command))
	for name := range command {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if name == "do" {
			continue
		}
		if wrong := checkField(command, fields, name); wrong != "" {
			return wrong
		}
	}
	for _, field := range fields {
		_, given := command[field.name]
		if _, units := command[field.name+codeUnitsSuffix]; field.codeUnits && units {
			given = true
		}
		if field.required && !given {
			return "'" + field.name + "' is missing: " + field.allowed()
		}
	}
	return ""
}

func checkField(command object, fields []field, name string) string {
	for _, field := range fields {
		if field.codeUnits && name == field.name+codeUnitsSuffix {
			return checkCodeUnits(command, field, name)
		}
		if name == field.name {
			if !field.fits(command[name]) {
				return "'" + name + "' has to be " + field.allowed() + ", not " + shown(command[name])
			}
			return ""
		}
	}
	return "'" + name + "' is no field of " + command["do"].(string) + "; allowed: " + namesOf(fields)
}

func checkCodeUnits(command object, field field, name string) string {
	units, ok := command[name].([]any)
	for _, unit := range units {
		number, isNumber := unit.(json.Number)
		value, err := strconv.ParseUint(number.String(), 10, 16)
		ok = ok && isNumber && err == nil && value <= 0xFFFF
	}
	if !ok {
		return "'" + name + "' has to be a list of whole numbers from 0 to 65535, not " + shown(command[name])
	}
	if _, both := command[field.name]; both {
		return "'" + name + "' and '" + field.name + "' exclude each other"
	}
	return ""
}

// textOf is a text field as it is or from its code units. A surrogate without its other half becomes its three bytes,
// which are no UTF-8: the library is to refuse them.
func textOf(command object, name string) string {
	units, ok := command[name+codeUnitsSuffix].([]any)
	if !ok {
		text, _ := command[name].(string)
		return text
	}
	var out []byte
	for at := 0; at < len(units); at++ {
		unit := codeUnit(units[at])
		if at+1 < len(units) {
			if pair := utf16.DecodeRune(unit, codeUnit(units[at+1])); pair != utf8.RuneError {
				out = utf8.AppendRune(out, pair)
				at++
				continue
			}
		}
		if utf16.IsSurrogate(unit) {
			out = append(out, byte(0xE0|unit>>12), byte(0x80|unit>>6&0x3F), byte(0x80|unit&0x3F))
		} else {
			out = utf8.AppendRune(out, unit)
		}
	}
	return string(out)
}

func codeUnit(value any) rune {
	number, _ := value.(json.Number).Int64()
	return rune(number)
}

func wholeOf(command object, name string, otherwise int) int {
	number, ok := command[name].(json.Number)
	if !ok {
		return otherwise
	}
	value, _ := number.Float64()
	return int(value)
}

func truthOf(command object, name string, otherwise bool) bool {
	if value, ok := command[name].(bool); ok {
		return value
	}
	return otherwise
}
