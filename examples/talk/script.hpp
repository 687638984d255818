#pragma once

#include "commands.hpp"
#include "descriptor.hpp"

#include <string>
#include <vector>

namespace gemlive::talk {

// Runs commands one after the other and shows each one's result. Only a failed `wait` ends it early.
class Script {
public:
    explicit Script(Context &context) : context_(context) {}

    // False when it ended early.
    bool run_lines(const std::vector<std::string> &lines);
    bool run_input(LineReader &input);
    bool run_commands(const std::vector<Json> &commands);

    bool any_failed() const { return any_failed_; }

private:
    bool run_line(const std::string &line);
    bool run(const Json &command);

    Context &context_;
    int line_number_ = 0;
    bool any_failed_ = false;
};

// The lines of a script file. Throws UsageError.
std::vector<std::string> read_script(const std::string &path);

// The first read_audio of a script: playout has to be on from the start for it. Null where there is none.
Json first_read_audio(const std::vector<Json> &commands);
std::vector<Json> parse_lines(const std::vector<std::string> &lines);

}  // namespace gemlive::talk
