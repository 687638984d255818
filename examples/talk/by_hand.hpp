#pragma once

#include "commands.hpp"
#include "descriptor.hpp"
#include "screen.hpp"

namespace gemlive::talk {

// Typed lines: text for the model, or /commands. Without a screen (--json) every line is text.
class ByHand {
public:
    ByHand(Context &context, Terminal *terminal, Screen *screen);

    // Until /quit, the end of input, a stop, or the end of the session.
    void run();

    bool any_failed() const { return any_failed_; }

private:
    std::optional<std::string> next();
    // False for /quit.
    bool take(const std::string &line);
    void command(const Json &command);
    void answer(const std::string &rest);

    Context &context_;
    Terminal *terminal_;
    Screen *screen_;
    LineReader lines_;
    bool any_failed_ = false;
};

}  // namespace gemlive::talk
