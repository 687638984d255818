#include "json_lines.hpp"

#include "descriptor.hpp"

#include <unistd.h>

namespace gemlive::talk {

void JsonLines::event(const Json &event, const std::string &line)
{
    // The library's own text keeps its order of fields; only a line break would spoil it.
    write(line.find('\n') == std::string::npos ? line : one_line(event));
}

void JsonLines::result(const std::string &command, const Json &, const Result &result)
{
    write(one_line(result_line(command, result)));
}

void JsonLines::write(std::string line)
{
    line += '\n';
    std::lock_guard lock(mutex_);
    if (!write_all(STDOUT_FILENO, line)) {
        on_broken_();
    }
}

}  // namespace gemlive::talk
