package main

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// conversation is what the demo says, and when.
type conversation struct {
	session   *gemlive.Session
	recording recording
	thanks    sound
	screen    screen
	latencies latencies

	speaking sync.WaitGroup
	broken   atomic.Pointer[error] // why speaking failed

	called, answered, thanked, replied bool
}

func (c *conversation) say(ctx context.Context, spoken sound) {
	c.recording.begin()
	c.recording.user(spoken)
	c.speaking.Add(1)
	go func() {
		defer c.speaking.Done()
		if err := speak(ctx, c.session, spoken, c.latencies.pushed); err != nil && !errors.Is(err, context.Canceled) {
			c.broken.Store(&err)
			c.session.Close()
		}
	}()
}

func (c *conversation) hear(samples []int16, heard int) {
	c.recording.model(samples)
	c.latencies.listened(heard)
}

// shown is the tool with a line on the screen for each answer.
func (c *conversation) shown(tool gemlive.Tool) gemlive.Tool {
	handler := tool.Handler
	tool.Handler = func(ctx context.Context, call gemlive.ToolCall) (any, error) {
		output, err := handler(ctx, call)
		text, _ := json.Marshal(output)
		c.screen.note("tool", "-> "+string(text))
		return output, err
	}
	return tool
}

// hold takes the events until the session has closed.
func (c *conversation) hold(ctx context.Context) error {
	for event := range c.session.Events() {
		c.screen.show(event)
		c.latencies.see(event)
		switch e := event.(type) {
		case gemlive.ToolCall:
			c.called = true
		case gemlive.PlayoutFinished:
			if !c.answered {
				c.answered, c.thanked = true, true
				c.say(ctx, c.thanks)
			}
		case gemlive.TurnStarted:
			if c.thanked && !c.replied {
				c.replied = true
				if err := c.session.Finish(true, 30*time.Second); err != nil {
					return err
				}
			}
		case gemlive.Closed:
			if err := e.Err(); err != nil {
				return err
			}
			return c.verdict()
		}
	}
	if broken := c.broken.Load(); broken != nil {
		return *broken
	}
	return c.session.Err()
}

func (c *conversation) verdict() error {
	switch {
	case !c.called:
		return errors.New("the model did not call its tool")
	case !c.answered:
		return errors.New("no answer was heard")
	case !c.replied:
		return errors.New("nobody replied to the thanks")
	}
	return nil
}
