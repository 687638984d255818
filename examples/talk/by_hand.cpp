#include "by_hand.hpp"

#include <unistd.h>

namespace gemlive::talk {
namespace {

constexpr const char *help[] = {
    "text            is said to the model", "/answer {json}  answers the oldest open tool call",
    "/interrupt      stops the model",      "/say FILE.wav   speaks a sound file",
    "/show FILE.jpg  shows a picture",      "/quit           closes in order, as Ctrl-C and Ctrl-D do",
};

}  // namespace

ByHand::ByHand(Context &context, Terminal *terminal, Screen *screen)
    : context_(context), terminal_(terminal), screen_(screen), lines_(STDIN_FILENO, context.stop.descriptor())
{
}

std::optional<std::string> ByHand::next()
{
    return terminal_ != nullptr && terminal_->typing() ? terminal_->read_line(context_.stop.descriptor())
                                                       : lines_.next();
}

void ByHand::run()
{
    while (!context_.stop.token().stop_requested()) {
        auto line = next();
        if (!line) {
            return;
        }
        while (!line->empty() && (line->back() == '\r' || line->back() == ' ')) {
            line->pop_back();
        }
        if (!line->empty() && !take(*line)) {
            return;
        }
    }
}

bool ByHand::take(const std::string &line)
{
    if (screen_ == nullptr || line.front() != '/') {
        command({{"do", "send_text"}, {"text", line}});
        return true;
    }
    const size_t space = std::min(line.find(' '), line.size());
    const std::string name = line.substr(0, space);
    const std::string rest = space < line.size() ? line.substr(space + 1) : "";
    if (name == "/quit") {
        return false;
    }
    if (name == "/interrupt") {
        command({{"do", "interrupt"}});
    } else if (name == "/answer") {
        answer(rest);
    } else if (name == "/say" && !rest.empty()) {
        command({{"do", "push_audio"}, {"file", rest}, {"background", true}});
    } else if (name == "/show" && !rest.empty()) {
        command({{"do", "push_video"}, {"file", rest}});
    } else {
        for (const char *text : help) {
            screen_->note(text);
        }
    }
    return true;
}

void ByHand::command(const Json &command)
{
    const Result result = run_command(context_, command);
    context_.view.result(command_name(command), command, result);
    any_failed_ = any_failed_ || !result.ok();
}

void ByHand::answer(const std::string &rest)
{
    const Json output = parse_json(rest);
    const std::string call = screen_->open_call();
    if (output.is_discarded()) {
        screen_->problem("'" + rest + "' is not JSON; as in /answer {\"celsius\": 21}");
    } else if (call.empty()) {
        screen_->problem("no tool call waits for an answer");
    } else {
        command({{"do", "tool_response"}, {"call", call}, {"output", output}});
    }
}

}  // namespace gemlive::talk
