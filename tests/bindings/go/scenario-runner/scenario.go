package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// object is a JSON object; numbers in it are json.Number, so that they can be shown as they were.
type object = map[string]any

type scenario struct {
	folder  string
	session []gemlive.Option
	client  []object
}

func readScenario(path string) (*scenario, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	root, ok := parseJSON(text).(object)
	if !ok {
		return nil, errors.New(path + " is not one JSON object")
	}
	s := &scenario{folder: filepath.Dir(absolute)}
	// As it came: the order of members means something in a schema.
	var given struct {
		Session map[string]json.RawMessage `json:"session"`
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, err
	}
	names := make([]string, 0, len(given.Session))
	for name := range given.Session {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		s.session = append(s.session, s.option(name, given.Session[name]))
	}
	client, _ := root["client"].([]any)
	for number, item := range client {
		command, ok := item.(object)
		if _, named := command["do"].(string); !ok || !named {
			return nil, fmt.Errorf("%s: $.client[%d] has to be an object with a string field 'do'", path, number)
		}
		s.client = append(s.client, command)
	}
	return s, nil
}

func (s *scenario) option(name string, value json.RawMessage) gemlive.Option {
	text, ok := parseJSON(value).(string)
	if !ok {
		return gemlive.WithOptionJSON(name, value)
	}
	if (name == "ca_file" || name == "ca_dir") && !filepath.IsAbs(text) {
		text = filepath.Join(s.folder, text)
	}
	return gemlive.WithOption(name, text)
}

func (s *scenario) firstReadAudio() object {
	for _, command := range s.client {
		if command["do"] == "read_audio" {
			return command
		}
	}
	return nil
}

// parseJSON gives nil for what is no JSON.
func parseJSON(text []byte) any {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}
