#include "latencies.hpp"

#include <algorithm>

namespace gemlive::talk {
namespace {

std::string in_words(const char *what, std::vector<int64_t> values)
{
    constexpr size_t few = 4;
    std::string line = std::string(what) + ": ";
    if (values.size() <= few) {
        for (size_t at = 0; at < values.size(); ++at) {
            line += (at == 0 ? "" : ", ") + std::to_string(values[at]);
        }
        return line + " ms";
    }
    std::sort(values.begin(), values.end());
    return line + "median " + std::to_string(values[values.size() / 2]) + " ms of " +
           std::to_string(values.size()) + ", " + std::to_string(values.front()) + " to " +
           std::to_string(values.back()) + " ms";
}

bool is_output(const std::string &type)
{
    return type == "audio" || type == "text" || type == "output_transcript";
}

}  // namespace

int64_t Latencies::ms(Time time) const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time - start_).count();
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
    if (result.ok() && command == "tool_response") {
        std::lock_guard lock(mutex_);
        answered_ms_ = now_ms();
    }
}

void Latencies::speech(Time time)
{
    std::lock_guard lock(mutex_);
    speech_end_ms_ = ms(time);
}

void Latencies::sound(Time time)
{
    std::lock_guard lock(mutex_);
    if (speech_end_ms_ && ms(time) >= *speech_end_ms_) {
        newest_audible_ = ms(time) - *speech_end_ms_;
        audible_.push_back(*newest_audible_);
    }
    speech_end_ms_.reset();
}

std::string Latencies::of_turn(const Json &turn_metrics)
{
    std::string line;
    {
        std::lock_guard lock(mutex_);
        if (newest_audible_) {
            line = "heard " + std::to_string(*newest_audible_) + " ms after the end of speech";
        }
        newest_audible_.reset();
    }
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
    add("end of speech or written request -> first audio received", first_audio_);
    add("end of speech -> first audio heard", audible_);
    add("tool round, call -> first output after the answer", tool_rounds_);
    return lines;
}

}  // namespace gemlive::talk
