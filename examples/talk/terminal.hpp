#pragma once

#include <mutex>
#include <optional>
#include <string>

namespace gemlive::talk {

enum class Colour { none, user, model, tool, note, problem };

// Standard output by hand. On a terminal the lowest rows are live: a line that still grows, and what is being
// typed. Anywhere else only finished lines are written, without colours.
class Terminal {
public:
    // With `typing` the terminal is taken out of line mode, so that output and typing do not run into each other.
    explicit Terminal(bool typing);
    ~Terminal();
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    size_t width() const;
    std::string paint(const std::string &text, Colour colour) const;

    // A finished line; it goes into the scroll.
    void print(const std::string &line);

    // The line that still grows; empty: none.
    void set_live(const std::string &line);

    // What stands before the typed text, such as "model speaks".
    void set_state(const std::string &state);

    // A typed line. Nothing at the end of input, or once `stop_descriptor` can be read.
    std::optional<std::string> read_line(int stop_descriptor);

    bool typing() const { return typing_; }

private:
    void redraw(const std::string &finished);
    std::string prompt() const;
    void edit(char byte);

    const bool to_terminal_;
    bool typing_ = false;
    mutable std::mutex mutex_;
    std::string live_;
    std::string state_;
    std::string typed_;
    std::string pending_;  // read, but not looked at yet
    enum class Escape { none, begun, sequence } escape_ = Escape::none;
    bool live_drawn_ = false;
};

// How many columns a text takes, escape sequences not counted.
size_t columns(const std::string &text);

}  // namespace gemlive::talk
