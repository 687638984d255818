#pragma once

#include <string>

namespace gemlive::talk {

// Holds the lines of a file, as `--json` prints them, against a scenario's expectations; what is wrong goes to
// stderr. Returns the program's exit code. Throws UsageError when one of the files cannot be read.
int check_log(const std::string &scenario, const std::string &log);

}  // namespace gemlive::talk
