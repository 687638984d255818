package main

import (
	"fmt"
	"strings"
	"sync"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// screen shows the conversation as it goes on: who says what, line by line.
type screen struct {
	mutex   sync.Mutex
	speaker string
	words   strings.Builder
}

// note shows a line that no event brings.
func (s *screen) note(label, text string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.line(label, text)
}

func (s *screen) line(label, text string) {
	s.endWords()
	fmt.Printf("%-7s%s\n", label, text)
}

func (s *screen) say(speaker, words string) {
	if words == "" {
		return
	}
	if s.speaker != speaker {
		s.endWords()
		s.speaker = speaker
	}
	s.words.WriteString(words)
}

func (s *screen) endWords() {
	if words := strings.TrimSpace(s.words.String()); words != "" {
		fmt.Printf("%-7s%s\n", s.speaker, words)
	}
	s.speaker = ""
	s.words.Reset()
}

func (s *screen) show(event gemlive.Event) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch e := event.(type) {
	case gemlive.Connected:
		s.line("", "connected")
	case gemlive.InputTranscript:
		s.say("you", e.Text)
		if e.Final && s.speaker == "you" { // the model may speak already
			s.endWords()
		}
	case gemlive.ToolCall:
		s.line("tool", e.Name+" "+string(e.Arguments))
	case gemlive.OutputTranscript:
		s.say("model", e.Text)
	case gemlive.Interrupted:
		s.line("", "interrupted by the "+e.By)
	case gemlive.TurnFinished:
		s.endWords()
	case gemlive.ErrorEvent:
		s.line("error", e.Err().Error())
	case gemlive.Closed:
		s.line("", "closed: "+e.Reason)
	}
}
