// Demo holds a spoken conversation: it asks a question in real time, answers the model's tool call, listens to the
// reply, says thank you, and closes in order. It shows the conversation and leaves a recording of both sides.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

type arguments struct {
	url, caFile, apiKey, instructions string
	question, thanks, record          string
}

func parse() arguments {
	var a arguments
	flag.StringVar(&a.url, "url", "", "the server (default: the environment, else the service)")
	flag.StringVar(&a.caFile, "ca-file", "", "a PEM file of roots to trust (default: the environment, else the system's)")
	flag.StringVar(&a.apiKey, "api-key", "", "the key (default: GOOGLE_API_KEY)")
	flag.StringVar(&a.instructions, "instructions", "You are a friendly guide. Be brief. Use your tools.", "who the model is")
	flag.StringVar(&a.question, "question", "", "a WAV file that asks")
	flag.StringVar(&a.thanks, "thanks", "", "a WAV file that thanks")
	flag.StringVar(&a.record, "record", "", "the WAV file to write: left the user, right the model")
	flag.Parse()
	if a.question == "" || a.thanks == "" || a.record == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	return a
}

// snippet: tool
func weather(context.Context, gemlive.ToolCall) (any, error) {
	return map[string]any{"celsius": 21, "sky": "sunny"}, nil
}

var getWeather = gemlive.Tool{
	Name:        "get_weather",
	Description: "The present weather of a city.",
	Parameters:  `{"type": "OBJECT", "properties": {"city": {"type": "STRING"}}, "required": ["city"]}`,
	Handler:     weather,
}

// end snippet

func (a arguments) options(tool gemlive.Tool) []gemlive.Option {
	options := []gemlive.Option{gemlive.WithInstructions(a.instructions), gemlive.WithTool(tool)}
	if a.url != "" {
		options = append(options, gemlive.WithBaseURL(a.url))
	}
	if a.caFile != "" {
		options = append(options, gemlive.WithCAFile(a.caFile))
	}
	if a.apiKey != "" {
		options = append(options, gemlive.WithAPIKey(a.apiKey))
	}
	return options
}

const deadline = 120 * time.Second

func run(a arguments) error {
	question, err := readWAV(a.question)
	if err != nil {
		return err
	}
	thanks, err := readWAV(a.thanks)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(context.Background(), deadline, errors.New("it took more than two minutes"))
	defer cancel()
	talk := &conversation{recording: recording{start: time.Now()}, thanks: thanks}
	model, err := gemlive.NewModel(a.options(talk.shown(getWeather))...)
	if err != nil {
		return err
	}
	defer model.Close()
	session, err := model.StartSession(ctx)
	if err != nil {
		return err
	}
	defer session.Close()
	if err := session.SetOutputFormat(listenerRate, 1); err != nil {
		return err
	}

	talk.session = session
	listening, stop := context.WithCancel(ctx)
	var threads sync.WaitGroup
	threads.Add(1)
	go func() {
		defer threads.Done()
		listen(listening, session, talk.hear)
	}()
	talk.say(listening, question)
	err = talk.hold(listening)
	stop()
	threads.Wait()
	talk.speaking.Wait()
	if err != nil {
		return err
	}
	talk.latencies.print()
	return talk.recording.write(a.record)
}

func main() {
	if err := run(parse()); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}
