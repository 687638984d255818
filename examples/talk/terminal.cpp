#include "terminal.hpp"

#include "descriptor.hpp"
#include "stop.hpp"

#include <algorithm>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace gemlive::talk {
namespace {

constexpr const char *erase_to_end = "\r\033[J";
constexpr const char *up = "\033[1A";
constexpr size_t usual_width = 80;

termios original = {};

void restore_terminal()
{
    tcsetattr(STDIN_FILENO, TCSANOW, &original);
}

bool is_continuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// The last character, all bytes of it.
void pop_character(std::string &text)
{
    while (!text.empty() && is_continuation(text.back())) {
        text.pop_back();
    }
    if (!text.empty()) {
        text.pop_back();
    }
}

std::string last_columns(const std::string &text, size_t room)
{
    size_t begin = 0;
    for (size_t left = columns(text); left > room; --left) {
        ++begin;
        while (begin < text.size() && is_continuation(text[begin])) {
            ++begin;
        }
    }
    return text.substr(begin);
}

}  // namespace

size_t columns(const std::string &text)
{
    size_t count = 0;
    bool in_escape = false;
    for (const char byte : text) {
        if (in_escape) {
            in_escape = byte == '[' || byte == ';' || (byte >= '0' && byte <= '9');
        } else if (byte == '\033') {
            in_escape = true;
        } else if (!is_continuation(byte)) {
            ++count;
        }
    }
    return count;
}

Terminal::Terminal(bool typing) : to_terminal_(isatty(STDOUT_FILENO) == 1)
{
    if (typing && to_terminal_ && isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &original) == 0) {
        termios raw = original;
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        typing_ = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
        set_last_words(restore_terminal);
    }
}

Terminal::~Terminal()
{
    if (typing_) {
        set_last_words(nullptr);
        state_.clear();
        typed_.clear();
        write_all(STDOUT_FILENO, erase_to_end);
        restore_terminal();
    }
}

size_t Terminal::width() const
{
    winsize size = {};
    constexpr size_t narrowest = 20;
    if (!to_terminal_ || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < narrowest) {
        return usual_width;
    }
    return size.ws_col;
}

std::string Terminal::paint(const std::string &text, Colour colour) const
{
    if (!to_terminal_ || colour == Colour::none) {
        return text;
    }
    const char *codes[] = {"", "36", "32", "35", "2", "31"};
    return std::string("\033[") + codes[static_cast<size_t>(colour)] + "m" + text + "\033[0m";
}

void Terminal::print(const std::string &line)
{
    std::lock_guard lock(mutex_);
    redraw(line + '\n');
}

void Terminal::set_live(const std::string &line)
{
    std::lock_guard lock(mutex_);
    live_ = line;
    if (to_terminal_) {
        redraw("");
    }
}

void Terminal::set_state(const std::string &state)
{
    std::lock_guard lock(mutex_);
    if (state != state_) {
        state_ = state;
        if (typing_) {
            redraw("");
        }
    }
}

std::string Terminal::prompt() const
{
    const std::string head = state_.empty() ? "> " : state_ + " > ";
    const size_t room = width() - std::min(width() - 2, columns(head) + 1);
    return paint(head, Colour::note) + last_columns(typed_, room);
}

void Terminal::redraw(const std::string &finished)
{
    std::string out;
    if (to_terminal_) {
        out = live_drawn_ && typing_ ? std::string(erase_to_end) + up + erase_to_end : erase_to_end;
    }
    out += finished;
    live_drawn_ = to_terminal_ && !live_.empty();
    if (live_drawn_) {
        out += live_ + (typing_ ? "\r\n" : "");
    }
    if (typing_) {
        out += prompt();
    }
    write_all(STDOUT_FILENO, out);
}

std::optional<std::string> Terminal::read_line(int stop_descriptor)
{
    while (true) {
        {
            std::lock_guard lock(mutex_);
            while (!pending_.empty()) {
                const char byte = pending_.front();
                pending_.erase(0, 1);
                if (byte == '\n' || byte == '\r') {
                    std::string line;
                    line.swap(typed_);
                    redraw("");
                    return line;
                }
                constexpr char end_of_input = 4;
                if (byte == end_of_input && typed_.empty()) {
                    return std::nullopt;
                }
                edit(byte);
            }
            redraw("");
        }
        char bytes[256];
        if (!wait_readable(STDIN_FILENO, stop_descriptor)) {
            return std::nullopt;
        }
        const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0) {
            return std::nullopt;
        }
        pending_.append(bytes, static_cast<size_t>(count));
    }
}

void Terminal::edit(char byte)
{
    constexpr char control_h = 8;
    constexpr char control_u = 21;
    constexpr char control_w = 23;
    constexpr char escape = 27;
    constexpr char del = 127;
    if (escape_ == Escape::begun) {
        escape_ = byte == '[' || byte == 'O' ? Escape::sequence : Escape::none;
    } else if (escape_ == Escape::sequence) {
        escape_ = byte >= '@' && byte <= '~' ? Escape::none : Escape::sequence;
    } else if (byte == escape) {
        escape_ = Escape::begun;
    } else if (byte == del || byte == control_h) {
        pop_character(typed_);
    } else if (byte == control_u) {
        typed_.clear();
    } else if (byte == control_w) {
        const size_t last = typed_.find_last_not_of(' ');
        const size_t space = last == std::string::npos ? last : typed_.find_last_of(' ', last);
        typed_.resize(space == std::string::npos ? 0 : space + 1);
    } else if (static_cast<unsigned char>(byte) >= ' ') {
        typed_ += byte;
    }
}

}  // namespace gemlive::talk
