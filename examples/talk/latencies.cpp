#include "latencies.hpp"

#include <algorithm>

namespace gemlive::talk {
namespace {

std::string in_words(const char *what, std::vector<int64_t> values)
{
    std::sort(values.begin(), values.end());
    std::string line = std::string(what) + " " + std::to_string(values[values.size() / 2]) + " ms";
    if (values.size() > 1) {
        line += " (median of " + std::to_string(values.size()) + ", " + std::to_string(values.front()) + " to " +
                std::to_string(values.back()) + ")";
    }
    return line;
}

bool is_output(const std::string &type)
{
    return type == "audio" || type == "text" || type == "output_transcript";
}

}  // namespace

int64_t Latencies::now_ms() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_).count();
}

void Latencies::event(const Json &event)
{
    if (!event.is_object()) {
        return;
    }
    const std::string type = event.value("event", "");
    const int64_t time_ms = event.value("time_ms", now_ms());
    std::lock_guard lock(mutex_);
    if (type == "connecting") {
        connecting_ms_ = time_ms;
    } else if (type == "connected") {
        if (connecting_ms_) {
            connects_.push_back(time_ms - *connecting_ms_);
        }
        connecting_ms_.reset();
    } else if (type == "tool_call") {
        call_ms_ = time_ms;
        answered_ms_.reset();
    } else if (type == "speech_stopped") {
        speech_end_ms_ = time_ms;
    } else if (is_output(type)) {
        output(time_ms);
    } else if (type == "turn_metrics" && event.contains("first_audio_ms")) {
        first_audio_.push_back(event.value("first_audio_ms", int64_t{0}));
    }
}

void Latencies::output(int64_t time_ms)
{
    if (call_ms_ && answered_ms_) {
        tool_rounds_.push_back(time_ms - *call_ms_);
        call_ms_.reset();
        answered_ms_.reset();
    }
}

void Latencies::result(const std::string &command, const Result &result)
{
    if (!result.ok()) {
        return;
    }
    std::lock_guard lock(mutex_);
    if (command == "tool_response") {
        answered_ms_ = now_ms();
    } else if (command == "push_audio" || command == "end_user_activity" || command == "audio_stream_end") {
        speech_end_ms_ = now_ms();
    }
}

void Latencies::sound(Time time)
{
    std::lock_guard lock(mutex_);
    const int64_t at = std::chrono::duration_cast<std::chrono::milliseconds>(time - start_).count();
    if (speech_end_ms_ && at >= *speech_end_ms_) {
        audible_.push_back(at - *speech_end_ms_);
    }
    speech_end_ms_.reset();
}

std::string Latencies::of_turn(const Json &turn_metrics) const
{
    std::string line;
    const auto add = [&line, &turn_metrics](const char *field, const char *what) {
        if (turn_metrics.contains(field) && turn_metrics[field].is_number()) {
            line += (line.empty() ? "" : " · ") + std::string(what) + " " +
                    std::to_string(turn_metrics[field].get<int64_t>()) + " ms";
        }
    };
    if (turn_metrics.contains("first_audio_ms")) {
        add("first_audio_ms", "first audio after");
    } else {
        add("first_byte_ms", "first output after");
    }
    add("turn_ms", "whole turn");
    return line;
}

std::vector<std::string> Latencies::summary() const
{
    std::lock_guard lock(mutex_);
    std::vector<std::string> lines;
    const auto add = [&lines](const char *what, const std::vector<int64_t> &values) {
        if (!values.empty()) {
            lines.push_back(in_words(what, values));
        }
    };
    add("connect", connects_);
    add("end of speech or request -> first audio", first_audio_);
    add("end of speech -> audible in the playout", audible_);
    add("tool call -> first output after the answer", tool_rounds_);
    return lines;
}

}  // namespace gemlive::talk
