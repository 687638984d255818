//go:build !race

package support

// RaceDetector says that the race detector's own memory is in what the process holds.
const RaceDetector = false
