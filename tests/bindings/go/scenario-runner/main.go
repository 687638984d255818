// Scenario-runner does through the Go binding what gemlive-talk --json --scenario does through C: it runs a scenario's
// commands and prints results and events as JSON lines. An event's line is made of the fields of its struct, so that
// equal lines mean that no field is missing or wrong. Expectations are checked by who reads the lines.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitClosed = 3
)

type arguments struct {
	scenario, url, caFile, apiKey string
	timeout                       float64
	play                          bool
}

func parse() arguments {
	var a arguments
	flag.StringVar(&a.scenario, "scenario", "", "the scenario file")
	flag.StringVar(&a.url, "url", "", "the server")
	flag.StringVar(&a.caFile, "ca-file", "", "a PEM file of roots to trust")
	flag.StringVar(&a.apiKey, "api-key", "", "the key")
	flag.Float64Var(&a.timeout, "timeout", 0, "seconds for the whole program; 0: no limit")
	flag.BoolVar(&a.play, "play", false, "pull the playout in real time from the start")
	flag.Parse()
	if a.scenario == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(exitUsage)
	}
	return a
}

func (a arguments) options() []gemlive.Option {
	var options []gemlive.Option
	for _, option := range []struct {
		value string
		with  func(string) gemlive.Option
	}{{a.url, gemlive.WithBaseURL}, {a.caFile, gemlive.WithCAFile}, {a.apiKey, gemlive.WithAPIKey}} {
		if option.value != "" {
			options = append(options, option.with(option.value))
		}
	}
	return options
}

func diagnose(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "scenario-runner: "+format+"\n", values...)
}

func main() {
	a := parse()
	scenario, err := readScenario(a.scenario)
	if err != nil {
		diagnose("%v", err)
		os.Exit(exitUsage)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if a.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, time.Duration(a.timeout*float64(time.Second)))
	}
	model, err := gemlive.NewModel(append(a.options(), scenario.session...)...)
	if err != nil {
		diagnose("%v", err)
		os.Exit(exitUsage)
	}
	code := hold(ctx, model, scenario, a.play)
	cancel()
	model.Close()
	os.Exit(code)
}

// hold runs the scenario in a session. ctx bounds the commands; a session that they leave open is closed in order.
func hold(ctx context.Context, model *gemlive.Model, scenario *scenario, play bool) int {
	session, err := model.StartSession(context.Background())
	if err != nil {
		diagnose("%v", err)
		return exitUsage
	}
	defer session.Close()
	out := &output{}
	r := &runner{ctx: ctx, model: model, session: session, folder: scenario.folder, playing: play, closeTimeout: 5 * time.Second}
	r.input = &audioIn{session: session, program: ctx, rate: 16000, channels: 1}
	if play {
		r.setOutputFormat(playRate, 1)
		playing, stop := context.WithCancel(context.Background())
		defer stop()
		go pull(playing, session, playRate, 1, -1)
	} else if first := scenario.firstReadAudio(); first != nil {
		// Wrong values are answered when the command is run.
		r.setOutputFormat(wholeOf(first, "sample_rate", playRate), wholeOf(first, "channels", 1))
	}
	events := newEventLog()
	closed := make(chan gemlive.Event, 1)
	go func() {
		defer close(closed)
		for event := range session.Events() {
			line := eventLine(event)
			out.write(line)
			events.append(line)
			if event.Type() == "closed" {
				closed <- event
			}
		}
	}()
	r.events = events
	inFull, anyFailed := r.run(scenario.client, out)
	if !inFull {
		r.input.stop()
	}
	r.input.join()
	session.Finish(false, 0)
	select {
	case event, ok := <-closed:
		if last, is := event.(gemlive.Closed); ok && is && last.Reason != "requested" {
			diagnose("closed: %s, %s, %s", last.Reason, last.Code, last.Message)
			return exitClosed
		} else if !ok {
			diagnose("the events ended without closed: %v", session.Err())
			return exitFailed
		}
	case <-time.After(2*r.closeTimeout + 5*time.Second):
		diagnose("the session did not close in time")
		return exitFailed
	}
	if anyFailed || !inFull || r.input.failed() || ctx.Err() != nil {
		return exitFailed
	}
	return exitDone
}
