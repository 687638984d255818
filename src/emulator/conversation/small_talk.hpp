#pragma once

#include <string>
#include <vector>

#include "memory.hpp"
#include "scenario.hpp"
#include "setup.hpp"

namespace gemlive::emulator {

// What a character that just chats has to answer to.
struct Heard {
    std::string text;  // typed; "" with speech or a request without words
    int64_t speech_ms = 0;
    std::string transcript;          // of the speech, where a scenario tells it
    Json responses = Json::array();  // answers to tool calls
};

// The answer as actions, the same that a scenario would have. `may_call` is false in an answer to a tool.
std::vector<Action> small_talk(const Heard &heard, const Setup &setup, Memory &memory);

// Arguments that a function's schema accepts, in either of the two schema languages.
Json arguments_for(const Json &function);

// What stands for a transcript where nobody knows the words: "[1.4 s of speech]".
std::string measured_speech(int64_t samples);

// A tool's answer as a person would say it.
std::string spoken_response(const Json &response);

}  // namespace gemlive::emulator
