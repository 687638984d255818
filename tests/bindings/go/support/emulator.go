// Package support is what the tests share: an emulator of their own, deadlines, and the check that nothing is left over.
package support

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

// Deadline is how long anything may take that a test waits for; a good run is far from it.
const Deadline = 60 * time.Second

// Context ends at the deadline, so that no test waits for ever.
func Context(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), Deadline)
	t.Cleanup(cancel)
	return ctx
}

// Root is the project's folder.
func Root() string {
	folder, err := os.Getwd()
	for err == nil && folder != "/" {
		if _, missing := os.Stat(filepath.Join(folder, "include", "gemlive")); missing == nil {
			return folder
		}
		folder = filepath.Dir(folder)
	}
	panic("the tests are not inside of the project")
}

// Program is one of the C++ side's programs.
func Program(name string) string {
	build := os.Getenv("GEMLIVE_BUILD_DIR")
	if build == "" {
		build = filepath.Join(Root(), "build", "release")
	}
	return filepath.Join(build, "bin", name)
}

// Emulator is a server on this machine.
type Emulator struct{ URL, CAFile string }

// Start runs an emulator until the test ends. A scenario is JSON text; "" is the small-talk character.
func Start(t testing.TB, scenario string, arguments ...string) *Emulator {
	t.Helper()
	folder := t.TempDir()
	e := &Emulator{CAFile: filepath.Join(folder, "ca.pem")}
	arguments = append([]string{"--tls", "--ca-out", e.CAFile, "--quiet"}, arguments...)
	if scenario != "" {
		file := filepath.Join(folder, "scenario.json")
		if err := os.WriteFile(file, []byte(scenario), 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, "--scenario", file)
	}
	command := exec.Command(Program("gemlive-emulator"), arguments...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(syscall.SIGTERM)
		late := time.AfterFunc(Deadline, func() { command.Process.Kill() })
		defer late.Stop()
		if err := command.Wait(); err != nil {
			t.Errorf("the emulator: %v", err)
		}
	})
	var listening struct{ Listening string }
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &listening)
	}
	if err != nil {
		t.Fatalf("the emulator did not start: %v", err)
	}
	e.URL = listening.Listening
	return e
}

// Options lead to the emulator.
func (e *Emulator) Options(more ...gemlive.Option) []gemlive.Option {
	return append([]gemlive.Option{gemlive.WithBaseURL(e.URL), gemlive.WithCAFile(e.CAFile),
		gemlive.WithAPIKey("test-key")}, more...)
}

// Offline leads to a port where nobody listens.
func Offline(more ...gemlive.Option) []gemlive.Option {
	return append([]gemlive.Option{gemlive.WithBaseURL("ws://127.0.0.1:1"), gemlive.WithAPIKey("test-key"),
		gemlive.WithOutageBudget(time.Hour)}, more...)
}

// Model makes a model that is closed with the test.
func Model(t testing.TB, options []gemlive.Option) *gemlive.Model {
	t.Helper()
	model, err := gemlive.NewModel(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { model.Close() })
	return model
}

// Session starts a session that is closed with the test.
func Session(t testing.TB, model *gemlive.Model, options ...gemlive.Option) *gemlive.Session {
	t.Helper()
	session, err := model.StartSession(Context(t), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// Await takes events until one of the type E comes.
func Await[E gemlive.Event](t testing.TB, session *gemlive.Session) E {
	t.Helper()
	ctx := Context(t)
	for {
		event, err := session.Next(ctx)
		if err != nil {
			var wanted E
			t.Fatalf("no %T came: %v", wanted, err)
		}
		if found, ok := event.(E); ok {
			return found
		}
	}
}
