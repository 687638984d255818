package support

// #include <stdlib.h>
// #ifdef __GLIBC__
// #include <malloc.h>
// static void give_back(void) { malloc_trim(0); }
// #else
// static void give_back(void) {}
// #endif
import "C"

import (
	"fmt"
	"os"
)

// Resident is how many bytes of memory the process holds, without what C's allocator keeps for itself: that is as much as was ever
// held at one time, which other work on the machine makes more.
func Resident() int64 {
	C.give_back()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	var size, resident int64
	fmt.Sscan(string(text), &size, &resident)
	return resident * int64(os.Getpagesize())
}
