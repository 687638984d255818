package abuse

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

const childVariable = "GEMLIVE_TEST_CHILD"

// child runs this test again in a process of its own.
func child(t *testing.T) (*exec.Cmd, bool) {
	if os.Getenv(childVariable) == t.Name() {
		return nil, true
	}
	command := exec.CommandContext(support.Context(t), os.Args[0], "-test.run=^"+t.Name()+"$")
	command.Env = append(os.Environ(), childVariable+"="+t.Name())
	return command, false
}

var living *gemlive.Model

func TestProcessEndsWithLiveSessions(t *testing.T) {
	command, inside := child(t)
	if inside {
		model, err := gemlive.NewModel(support.Offline()...)
		if err != nil {
			os.Exit(3)
		}
		for range 10 {
			session, err := model.StartSession(context.Background())
			if err != nil {
				os.Exit(4)
			}
			session.SendText("x")
			go func() {
				for range session.Events() {
				}
			}()
			go session.WriteAudio(context.Background(), make([]int16, 1<<20))
		}
		living = model // the race detector lets a process live on for a second, and garbage be collected
		os.Exit(0)
	}
	if out, err := command.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
}

func TestPanicInAHandlerIsTheProgramsOwn(t *testing.T) {
	command, inside := child(t)
	if inside {
		model, err := gemlive.NewModel(gemlive.WithTool(gemlive.Tool{Name: "look",
			Handler: func(context.Context, gemlive.ToolCall) (any, error) { panic("the handler's own") }}))
		if err != nil {
			os.Exit(3)
		}
		session, err := model.StartSession(context.Background())
		if err != nil {
			os.Exit(4)
		}
		session.SendText("x")
		for range session.Events() {
		}
		os.Exit(0)
	}
	emulator := support.Start(t, `{"server": [{"on": "text", "do": [{"call": {"name": "look", "args": {}}}]}]}`)
	command.Env = append(command.Env, "GOOGLE_API_KEY=any", "GOOGLE_GEMINI_BASE_URL="+emulator.URL,
		"SSL_CERT_FILE="+emulator.CAFile)
	out, err := command.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "panic: the handler's own") || strings.Contains(string(out), "SIGSEGV") {
		t.Errorf("%v: %s", err, out)
	}
}

// Sessions by the thousand leave nothing: no memory, no descriptor, no goroutine, no object.
func TestTenThousandSessionsLeaveNothing(t *testing.T) {
	model := support.Model(t, support.Offline())
	rounds := func(count int) {
		for range count {
			session, err := model.StartSession(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			session.SendText("x")
			session.Next(over)
			session.Close()
		}
		runtime.GC()
	}
	rounds(2000)
	resident, descriptors, goroutines := support.Resident(), support.Descriptors(), runtime.NumGoroutine()
	rounds(10000)
	const slack = 8 << 20
	if !support.RaceDetector {
		support.Eventually(t, "the memory is as flat as before", func() bool { return support.Resident() < resident+slack })
	}
	support.Eventually(t, "the goroutines have ended", func() bool { return runtime.NumGoroutine() <= goroutines+2 })
	support.Eventually(t, "the sockets are closed", func() bool { return support.Descriptors() <= descriptors+2 })
	model.Close()
	if alive := support.Alive(); alive != "" {
		t.Errorf("alive: %s", alive)
	}
}

// over has ended: Next then gives what waits, and does not wait itself.
var over = func() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), -time.Second)
	cancel()
	return ctx
}()
