#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "json.hpp"
#include "profile.hpp"

namespace gemlive::emulator {

// Names that the service invents. A fixed seed makes a run repeat.
class Ids {
public:
    explicit Ids(uint64_t seed) : random_(seed) {}
    std::string uuid();
    std::string call(std::string_view prefix);  // a UUID for ""

private:
    std::mt19937_64 random_;
};

// "1.880s", "5s": seconds with milliseconds only where there are some.
std::string duration_text(int64_t ms);

struct Transcript {
    std::string text;
    bool finished = false;
    std::string language;
    int64_t from_ms = -1;  // in the audio of the connection; -1 = not told
    int64_t to_ms = -1;
};

// Server messages in the shape of a model family.
class Messages {
public:
    Messages(const Profile &profile, Flavour flavour) : profile_(profile), flavour_(flavour) {}

    Json audio(const std::string &base64, const std::string &transcript) const;
    Json text(const std::string &text) const;
    Json thought(const std::string &text) const;
    Json code(const std::string &code) const;
    Json content_flag(const char *name) const;  // generationComplete, interrupted
    Json turn_complete(Json usage, const std::string &reason, const std::string &interaction) const;
    static Json input_transcript(const Transcript &transcript);
    static Json interim_transcript(const Transcript &transcript);
    static Json output_transcript(const Transcript &transcript);
    static Json tool_call(const Json &calls);
    static Json cancellation(const std::vector<std::string> &ids);
    static Json voice_activity(bool start, int64_t offset_ms, bool with_content);

private:
    Json model_turn(Json part) const;

    const Profile &profile_;
    Flavour flavour_;
};

}  // namespace gemlive::emulator
