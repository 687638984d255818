#include "screen.hpp"

#include <algorithm>

namespace gemlive::talk {
namespace {

constexpr size_t label_width = 7;

std::string text_field(const Json &event, const char *name)
{
    const auto found = event.find(name);
    return found != event.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string in_seconds(const Json &event, const char *name)
{
    const auto found = event.find(name);
    if (found == event.end() || !found->is_number()) {
        return "";
    }
    const int64_t tenths = (found->get<int64_t>() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

// Takes the first row of at most `room` columns off `text`, at a space where there is one.
std::string take_row(std::string &text, size_t room)
{
    const size_t break_at = text.find('\n');
    size_t end = 0;
    size_t last_space = std::string::npos;
    size_t used = 0;
    while (end < text.size() && end != break_at) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
        if (begins && used == room) {
            break;
        }
        used += begins ? 1 : 0;
        last_space = text[end] == ' ' ? end : last_space;
        ++end;
    }
    size_t next = end;
    if (end < text.size() && end == break_at) {
        next = end + 1;
    } else if (end < text.size() && text[end] == ' ') {
        next = end + 1;
    } else if (end < text.size() && last_space != std::string::npos && last_space > 0) {
        end = last_space;
        next = last_space + 1;
    }
    const std::string row = text.substr(0, end);
    text.erase(0, next);
    return row;
}

bool fits_row(const std::string &text, size_t room)
{
    return text.find('\n') == std::string::npos && columns(text) <= room;
}

// What a model or a server says is no command to the terminal.
std::string harmless(std::string text)
{
    std::replace_if(
        text.begin(), text.end(),
        [](char byte) { return (static_cast<unsigned char>(byte) < ' ' && byte != '\n') || byte == '\177'; }, ' ');
    return text;
}

}  // namespace

Screen::Screen(Terminal &terminal, Latencies &latencies, bool hand_answers)
    : terminal_(terminal), latencies_(latencies), hand_answers_(hand_answers)
{
}

void Screen::event(const Json &event, const std::string &)
{
    if (!event.is_object()) {
        return;
    }
    std::lock_guard lock(mutex_);
    const std::string type = text_field(event, "event");
    latencies_.event(event);
    connection_event(type, event);
    user_event(type, event);
    turn_event(type, event);
    tool_event(type, event);
}

void Screen::connection_event(const std::string &type, const Json &event)
{
    if (type == "connecting") {
        terminal_.set_state("connecting");
    } else if (type == "connected") {
        terminal_.set_state("");
        const std::string restored = text_field(event, "restored");
        line("", Colour::note, restored == "new" ? "connected" : "connected again, conversation " + restored);
    } else if (type == "disconnected") {
        line("", Colour::problem, "disconnected: " + text_field(event, "close_reason"));
    } else if (type == "go_away") {
        line("", Colour::note, "the server ends this connection in " + in_seconds(event, "time_left_ms"));
    } else if (type == "error") {
        line("error", Colour::problem, text_field(event, "code") + ": " + text_field(event, "message"));
    } else if (type == "stalled") {
        line("", Colour::problem, "nothing came for " + in_seconds(event, "silent_ms"));
    } else if (type == "dropped") {
        line("", Colour::problem,
             "dropped " + text_field(event, "what") + ": " + one_line(event.value("amount", Json(0))) + " " +
                 text_field(event, "unit"));
    } else if (type == "not_applied") {
        line("", Colour::note, text_field(event, "what") + " not applied: " + text_field(event, "why"));
    } else if (type == "closed") {
        end_words();
        terminal_.set_state("");
        const bool asked = text_field(event, "reason") == "requested";
        line("", asked ? Colour::note : Colour::problem,
             asked ? "closed" : "closed: " + text_field(event, "reason") + ", " + text_field(event, "message"));
    }
}

void Screen::user_event(const std::string &type, const Json &event)
{
    if (type == "speech_started") {
        terminal_.set_state("you speak");
    } else if (type == "speech_stopped") {
        terminal_.set_state("");
    } else if (type == "input_transcript") {
        if (!event.value("interim", false)) {
            add_words("you", Colour::user, text_field(event, "text"));
        }
        if (event.value("final", false) && speaker_ == "you") {
            end_words();
        }
    }
}

void Screen::turn_event(const std::string &type, const Json &event)
{
    if (type == "turn_started") {
        terminal_.set_state("model speaks");
    } else if (type == "text" || type == "output_transcript") {
        add_words("model", Colour::model, text_field(event, "text"));
    } else if (type == "thought") {
        std::string thought = text_field(event, "text");
        std::replace(thought.begin(), thought.end(), '\n', ' ');
        add_words("thinks", Colour::note, thought);
    } else if (type == "interrupted") {
        end_words();
        const std::string heard = in_seconds(event, "heard_ms");
        const bool by_application = text_field(event, "by") == "application";
        line("", Colour::note,
             std::string(by_application ? "you stopped it" : "barge-in") +
                 (heard.empty() ? "" : ", " + heard + " were heard"));
    } else if (type == "turn_finished") {
        end_words();
        terminal_.set_state("");
        const std::string reason = text_field(event, "reason");
        if (reason != "completed" && reason != "interrupted") {
            line("", Colour::note, "turn ended: " + reason);
        }
    } else if (type == "turn_metrics") {
        const std::string metrics = latencies_.of_turn(event);
        if (!metrics.empty()) {
            line("", Colour::note, metrics);
        }
    } else if (type == "reply_failed") {
        line("", Colour::problem,
             "no reply: " + text_field(event, "reason") + ", " + text_field(event, "message"));
    }
}

void Screen::tool_event(const std::string &type, const Json &event)
{
    if (type == "tool_call") {
        const std::string call = text_field(event, "call");
        open_calls_.push_back(call);
        line("tool", Colour::tool,
             text_field(event, "name") + " " + one_line(event.value("arguments", Json::object())) +
                 (hand_answers_ ? "   answer with /answer {...}" : ""));
    } else if (type == "tool_calls_cancelled") {
        for (const Json &call : event.value("calls", Json::array())) {
            std::erase(open_calls_, call.is_string() ? call.get<std::string>() : "");
        }
        line("tool", Colour::tool, "cancelled " + one_line(event.value("calls", Json::array())));
    }
}

void Screen::result(const std::string &command, const Json &given, const Result &result)
{
    latencies_.result(command, result);
    std::lock_guard lock(mutex_);
    if (!result.ok()) {
        line("error", Colour::problem,
             command + ": " + gemlive_status_name(result.status) + ", " + result.message);
        return;
    }
    if (command == "send_text" || command == "generate_reply") {
        const std::string text = text_field(given, "text");
        line("you", Colour::user, text.empty() ? "(" + text_field(given, "instructions") + ")" : text);
    } else if (command == "tool_response") {
        const std::string call = text_field(given, "call");
        if (call == "last" && !open_calls_.empty()) {
            open_calls_.pop_back();
        } else {
            std::erase(open_calls_, call);
        }
        const char *field = given.contains("error") ? "error" : "output";
        line("tool", Colour::tool, "-> " + one_line(given.value(field, Json())));
    } else if (command == "get_tools" || command == "get_capabilities" || command == "get_chat_context" ||
               command == "save" || command == "get_open_calls") {
        line("", Colour::none, one_line(result.fields));
    }
}

void Screen::note(const std::string &text)
{
    std::lock_guard lock(mutex_);
    line("", Colour::note, text);
}

void Screen::problem(const std::string &text)
{
    std::lock_guard lock(mutex_);
    line("error", Colour::problem, text);
}

void Screen::show_summary()
{
    std::lock_guard lock(mutex_);
    for (const std::string &measured : latencies_.summary()) {
        line("", Colour::note, measured);
    }
}

std::string Screen::open_call() const
{
    std::lock_guard lock(mutex_);
    return open_calls_.empty() ? "" : open_calls_.front();
}

std::string Screen::labelled(const std::string &label, Colour colour, const std::string &text, bool first) const
{
    std::string head = first ? label : "";
    head.resize(label_width, ' ');
    const Colour text_colour = colour == Colour::note || colour == Colour::problem ? colour : Colour::none;
    return terminal_.paint(head, colour) + terminal_.paint(text, text_colour);
}

void Screen::line(const std::string &label, Colour colour, const std::string &text)
{
    end_words();
    std::string rest = harmless(text);
    const size_t room = terminal_.width() - label_width - 1;
    bool first = true;
    do {
        terminal_.print(labelled(label, colour, take_row(rest, room), first));
        first = false;
    } while (!rest.empty());
}

void Screen::add_words(const std::string &label, Colour colour, const std::string &words)
{
    if (label != speaker_) {
        end_words();
    }
    std::string added = harmless(words);
    if (words_.empty() && first_row_) {
        added.erase(0, std::min(added.find_first_not_of(" \n"), added.size()));
    }
    if (added.empty()) {
        return;
    }
    speaker_ = label;
    speaker_colour_ = colour;
    words_ += added;
    const size_t room = terminal_.width() - label_width - 1;
    while (!fits_row(words_, room)) {
        terminal_.print(labelled(speaker_, colour, take_row(words_, room), first_row_));
        first_row_ = false;
    }
    terminal_.set_live(labelled(speaker_, colour, words_, first_row_));
}

void Screen::end_words()
{
    words_.resize(words_.find_last_not_of(' ') + 1);
    if (!words_.empty()) {
        terminal_.set_live("");
        terminal_.print(labelled(speaker_, speaker_colour_, words_, first_row_));
    }
    words_.clear();
    speaker_.clear();
    first_row_ = true;
}

}  // namespace gemlive::talk
