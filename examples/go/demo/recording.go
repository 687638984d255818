package main

import (
	"sync"
	"time"
)

const listenerRate = 24000

// recording is both sides of the conversation at their times, as somebody in the room would hear them.
type recording struct {
	start       time.Time
	mutex       sync.Mutex
	left, right []int16
}

// begin says that the user speaks from now on; what was silent before is silence.
func (r *recording) begin() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	now := int(time.Since(r.start) * listenerRate / time.Second)
	if now > len(r.left) {
		r.left = append(r.left, make([]int16, now-len(r.left))...)
	}
}

// user adds what the user said, at the listener's rate: a straight line between two samples is good enough to listen to.
func (r *recording) user(spoken sound) {
	count := len(spoken.samples) * listenerRate / spoken.rate
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for at := range count {
		place := at * spoken.rate
		index, part := place/listenerRate, place%listenerRate
		next := min(index+1, len(spoken.samples)-1)
		value := int(spoken.samples[index])*(listenerRate-part) + int(spoken.samples[next])*part
		r.left = append(r.left, int16(value/listenerRate))
	}
}

// model adds what was heard of the model.
func (r *recording) model(samples []int16) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.right = append(r.right, samples...)
}

func (r *recording) write(path string) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return writeStereo(path, listenerRate, r.left, r.right)
}
