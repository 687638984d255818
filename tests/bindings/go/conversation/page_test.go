package conversation

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

// What docs/go.md shows.

func TestPageDevice(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, saysHello).Options()))
	// snippet: device
	session.SetInputFormat(48000, 2)
	session.SetOutputFormat(48000, 2)
	onDevice := func(speaker, microphone []float32) {
		session.PushAudioFloat(microphone)
		session.ReadAudioFloat(speaker) // always fills; silent when nothing is due
	}
	// end snippet
	session.SendText("Hello?")
	support.Await[gemlive.TurnFinished](t, session)
	speaker, microphone := make([]float32, 960), make([]float32, 960)
	heard := false
	for range 100 {
		onDevice(speaker, microphone)
		for _, sample := range speaker {
			heard = heard || sample > 0.05
		}
	}
	if !heard {
		t.Error("the device plays nothing")
	}
}

func TestPageFile(t *testing.T) {
	emulator := support.Start(t, `{"server": [{"on": {"audio_samples": 16000}, "do": [{"text": "heard"}]}]}`)
	session := support.Session(t, support.Model(t, emulator.Options()))
	path := filepath.Join(t.TempDir(), "question.s16le")
	if err := os.WriteFile(path, make([]byte, 2*16000), 0o600); err != nil {
		t.Fatal(err)
	}
	speak := func() error {
		// snippet: file
		file, err := os.Open(path) // 16 bits a sample, 16 kHz, mono
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = io.Copy(session.AudioWriter(), file) // as fast as the session takes it
		// end snippet
		return err
	}
	if err := speak(); err != nil {
		t.Fatal(err)
	}
	support.Await[gemlive.Text](t, session)
}

func TestPageErrors(t *testing.T) {
	model := support.Model(t, support.Start(t, "").Options(gemlive.WithAPIKey("invalid")))
	session := support.Session(t, model)
	// snippet: errors
	for event := range session.Events() {
		switch e := event.(type) {
		case gemlive.ErrorEvent: // a failed dial, for instance; unless e.Fatal, the session goes on
			log.Print(e.Err())
		case gemlive.Dropped:
			log.Printf("lost %d %s of %s", e.Amount, e.Unit, e.What)
		}
	}
	switch err := session.Err(); {
	case errors.Is(err, gemlive.ErrAuth):
		log.Print("the key is wrong: ", err)
	case errors.Is(err, gemlive.ErrQuota):
		log.Print("too much was asked: ", err)
	case err != nil:
		log.Print(err) // a sentence that says what was wrong, and what is allowed
	}
	// end snippet
	if err := session.Err(); !errors.Is(err, gemlive.ErrAuth) {
		t.Errorf("%v", err)
	}
}

func TestPageShutdown(t *testing.T) {
	model := support.Model(t, support.Start(t, oneAnswer).Options())
	// snippet: shutdown
	session, err := model.StartSession(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer session.Close() // at once, whatever still waits

	session.SendText("Say goodbye.")
	session.Finish(true, 5*time.Second) // in order: the reply is waited for
	for event := range session.Events() {
		if finished, ok := event.(gemlive.TurnFinished); ok {
			log.Print(finished.Transcript)
		}
	}
	// end snippet
	if session.State() != gemlive.StateClosed || session.Err() != nil {
		t.Errorf("state %d, %v", session.State(), session.Err())
	}
}

func TestPageContext(t *testing.T) {
	model := support.Model(t, support.Offline())
	call := func(ctx context.Context) error {
		// snippet: context
		ctx, hangUp := context.WithTimeout(ctx, 10*time.Millisecond)
		defer hangUp()
		session, err := model.StartSession(ctx) // given up when ctx ends
		if err != nil {
			return err
		}
		defer session.Close()
		for event := range session.Events() {
			log.Print(event.Type())
		}
		return session.Err() // context.DeadlineExceeded
		// end snippet
	}
	if err := call(context.Background()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestPageOptions(t *testing.T) {
	// snippet: options
	model, err := gemlive.NewModel(
		gemlive.WithVoice("Kore"),
		gemlive.WithTemperature(0.7),
		gemlive.WithConnectTimeout(5*time.Second),
		gemlive.WithThinkingConfig(map[string]any{"includeThoughts": true}), // or JSON text
		gemlive.WithOption("top_p", "0.9"),                                  // any option by its name
	)
	// end snippet
	if err != nil {
		t.Fatal(err)
	}
	model.Close()
}
