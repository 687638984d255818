#pragma once

// For what the code itself guarantees: a broken invariant stops where it breaks. In debug and sanitizer builds
// only; what an application or a server can cause is checked and answered, never asserted.
#include <cassert>

#define GEMLIVE_ASSERT(condition) assert(condition)
