package threads

import (
	"fmt"
	"sync"
	"syscall"
	"testing"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

const (
	sessions = 1000
	// Each has the library's descriptor, its copy, and a connection; the emulator has as many connections.
	descriptors = 4 * sessions
)

// A thousand conversations, all of them waiting at once, and a text turn in each.
func TestAThousandSessionsOnAFewThreads(t *testing.T) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Max < descriptors {
		t.Skipf("only %d descriptors are allowed, %v", limit.Max, err)
	}
	// For the emulator: a child gets what was set by hand, and the soft limit of old otherwise.
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	emulator := support.Start(t, `{"server": [{"on": "text", "do": [{"text": "Yes."}]}]}`, "--max-connections", "0")
	model := support.Model(t, emulator.Options(gemlive.WithConnectTimeout(support.Deadline)))
	warm := support.Session(t, model)
	support.Await[gemlive.Connected](t, warm)
	before := support.Threads()

	var connected, answered, ended sync.WaitGroup
	connected.Add(sessions)
	answered.Add(sessions)
	ended.Add(sessions)
	problems := make(chan error, sessions)
	all := make([]*gemlive.Session, sessions)
	for number := range all {
		all[number] = support.Session(t, model)
		go func() {
			defer ended.Done()
			if err := take(all[number], &connected, &answered); err != nil {
				problems <- fmt.Errorf("session %d: %w", number, err)
			}
		}()
	}
	connected.Wait()
	waiting := support.Threads()
	for _, session := range all {
		if _, err := session.SendText("Are you there?"); err != nil {
			t.Error(err)
		}
	}
	answered.Wait()
	talking := support.Threads()
	for _, session := range all {
		session.Finish(false, 0)
	}
	ended.Wait()
	close(problems)
	for problem := range problems {
		t.Error(problem)
	}
	// Goroutines that are inside of C for a moment, more of them on a machine that is busy with something else, and the
	// runtime's own; 7 to 9 on a quiet one.
	bound := before + sessions/10
	if waiting > bound || talking > bound {
		t.Errorf("%d threads before, %d while all wait, %d after all have talked; allowed are %d", before, waiting, talking, bound)
	}
	t.Logf("%d threads before, %d while %d sessions wait, %d after all have talked", before, waiting, sessions, talking)
}

// take takes a session's events to the end; it counts the connection and the answer down, also when they do not come.
func take(session *gemlive.Session, connected, answered *sync.WaitGroup) error {
	var once, twice sync.Once
	defer once.Do(connected.Done)
	defer twice.Do(answered.Done)
	transcript := ""
	for event := range session.Events() {
		switch e := event.(type) {
		case gemlive.Connected:
			once.Do(connected.Done)
		case gemlive.TurnFinished:
			transcript = e.Transcript
			twice.Do(answered.Done)
		case gemlive.Closed:
			if e.Err() != nil {
				return e.Err()
			}
			if transcript != "Yes." {
				return fmt.Errorf("it was answered %q", transcript)
			}
		}
	}
	return session.Err()
}
