package gemlive

import (
	"time"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// Kind is a kind of object that the library counts; see [LiveObjects].
type Kind int32

// Version is the library's version, such as "0.1.0".
func Version() string { return gemlivec.Version_string() }

// VersionNumber is the library's version as a number, MAJOR * 10000 + MINOR * 100 + PATCH.
func VersionNumber() int { return gemlivec.Version_number() }

// HasFeature says whether the library has something. Every command of docs/events.md is a feature by its own name, such
// as "send_text".
func HasFeature(feature string) bool {
	return refuseNUL("feature", feature) == nil && gemlivec.Has_feature(feature) == 1
}

// LiveObjects says how many objects of a kind exist in the process: for leak tests and support.
func LiveObjects(kind Kind) int64 { return gemlivec.Live_object_count(int(kind)) }

// DestroyAll gives up every session and model of the process, whoever holds it.
func DestroyAll() { gemlivec.Destroy_all() }

// Shutdown waits until the library's threads have ended. They end by themselves after the last model and session are
// gone; this is for leak checkers. It holds a thread meanwhile.
func Shutdown(timeout time.Duration) error {
	return failure(gemlivec.Shutdown(max(milliseconds(timeout), 0)))
}
