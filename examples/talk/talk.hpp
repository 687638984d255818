#pragma once

#include "options.hpp"

namespace gemlive::talk {

enum ExitCode { exit_done = 0, exit_failed = 1, exit_usage = 2, exit_closed = 3 };

// Holds one conversation and returns the program's exit code. Throws UsageError before it begins.
int talk(Options options);

}  // namespace gemlive::talk
