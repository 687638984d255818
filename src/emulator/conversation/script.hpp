#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "scenario.hpp"

namespace gemlive::emulator {

class Conversation;

// A list of actions being done, one after the other. It pauses at those that take time.
class Script : public std::enable_shared_from_this<Script> {
public:
    Script(Conversation &conversation, std::vector<Action> actions);

    void go_on();
    void abandon() noexcept { abandoned_ = true; }
    bool finished() const noexcept { return next_ >= actions_.size() && !waiting_; }
    bool leaves_open() const noexcept { return leaves_open_; }

private:
    bool perform(const Action &action);  // false: go_on() is called when it is done
    std::function<void()> when_done();
    bool perform_output(const Action &action);
    bool perform_signal(const Action &action);
    bool perform_fault(const Action &action);
    bool perform_wait(const Action &action);

    Conversation &conversation_;
    std::vector<Action> actions_;
    size_t next_ = 0;
    bool waiting_ = false;
    bool running_ = false;
    bool leaves_open_ = false;
    bool abandoned_ = false;
};

}  // namespace gemlive::emulator
