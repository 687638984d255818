#pragma once

#include "latencies.hpp"
#include "terminal.hpp"
#include "view.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace gemlive::talk {

// The conversation by hand: who speaks, live transcripts, tool calls, latencies.
class Screen : public View {
public:
    // `hand_answers`: a person is there to answer tool calls.
    Screen(Terminal &terminal, Latencies &latencies, bool hand_answers);

    void event(const Json &event, const std::string &line) override;
    void result(const std::string &command, const Json &given, const Result &result) override;

    void note(const std::string &text);
    void problem(const std::string &text);
    void show_summary();

    // The oldest call that nobody answered yet; "" for none.
    std::string open_call() const;

private:
    // A stretch of one speaker's words that grows.
    void add_words(const std::string &label, Colour colour, const std::string &words);
    void end_words();
    void line(const std::string &label, Colour colour, const std::string &text);
    std::string labelled(const std::string &label, Colour colour, const std::string &text, bool first) const;

    void connection_event(const std::string &type, const Json &event);
    void turn_event(const std::string &type, const Json &event);
    void user_event(const std::string &type, const Json &event);
    void tool_event(const std::string &type, const Json &event);

    Terminal &terminal_;
    Latencies &latencies_;
    const bool hand_answers_;
    mutable std::mutex mutex_;
    std::string speaker_;
    Colour speaker_colour_ = Colour::none;
    std::string words_;
    bool first_row_ = true;
    std::vector<std::string> open_calls_;
};

}  // namespace gemlive::talk
