#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace gemlive::talk {

// False when nobody reads any more.
bool write_all(int descriptor, std::string_view text);

// Lines of a file, pipe or terminal; a wait for the next one ends when `stop_descriptor` becomes readable.
class LineReader {
public:
    LineReader(int descriptor, int stop_descriptor) : descriptor_(descriptor), stop_descriptor_(stop_descriptor) {}

    // Nothing at the end of input, or once stopped. A last line needs no line break.
    std::optional<std::string> next();

private:
    // A line longer than this is no command; it is cut there rather than held.
    static constexpr size_t longest = 64 * 1024 * 1024;

    int descriptor_;
    int stop_descriptor_;
    std::string buffer_;
    size_t searched_ = 0;
    bool at_end_ = false;
};

// Waits until `descriptor` can be read. False once `stop_descriptor` can be.
bool wait_readable(int descriptor, int stop_descriptor);

}  // namespace gemlive::talk
