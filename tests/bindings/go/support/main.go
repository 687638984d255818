package support

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
)

var kinds = map[string]gemlive.Kind{"options": gemlive.KindOptions, "model": gemlive.KindModel,
	"session": gemlive.KindSession, "event": gemlive.KindEvent}

// Alive says which objects of the library exist.
func Alive() string {
	var found []string
	for name, kind := range kinds {
		if count := gemlive.LiveObjects(kind); count != 0 {
			found = append(found, fmt.Sprintf("%d of %s", count, name))
		}
	}
	return strings.Join(found, ", ")
}

// Eventually waits until f is true: for what only time or the garbage collector brings.
func Eventually(t testing.TB, what string, f func() bool) {
	t.Helper()
	for deadline := time.Now().Add(Deadline); !f(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
		runtime.GC()
	}
}

// Main runs a package's tests, and fails when they leave objects of the library, threads of it, or descriptors behind.
func Main(m *testing.M) {
	before := Descriptors()
	code := m.Run()
	if err := gemlive.Shutdown(Deadline); err != nil {
		fmt.Fprintln(os.Stderr, "the library's threads do not end:", err)
		code = 1
	}
	if alive := Alive(); alive != "" {
		fmt.Fprintln(os.Stderr, "left over:", alive)
		code = 1
	}
	if now := Descriptors(); now > before+4 { // the runtime's own: its poller, what the test framework opened
		fmt.Fprintf(os.Stderr, "%d descriptors were open before, %d are now\n", before, now)
		code = 1
	}
	os.Exit(code)
}

// Descriptors says how many are open in this process.
func Descriptors() int { return entries("/proc/self/fd") }

// Threads says how many threads of the operating system this process has.
func Threads() int { return entries("/proc/self/task") }

func entries(folder string) int {
	found, err := os.ReadDir(folder)
	if err != nil {
		panic(err)
	}
	return len(found)
}
