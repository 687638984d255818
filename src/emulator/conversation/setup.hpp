#pragma once

#include <string>

#include "endpoint.hpp"
#include "hearing.hpp"
#include "json.hpp"
#include "profile.hpp"
#include "refusal.hpp"
#include "scenario.hpp"

namespace gemlive::emulator {

// What the client asked for in its setup.
struct Setup {
    Json message;  // as it came, in lowerCamelCase
    std::string model;
    const Profile *profile = nullptr;
    bool text_answers = false;
    bool transcribe_input = false;
    bool transcribe_output = false;
    std::string voice;
    bool automatic = true;  // the service finds speech; otherwise the client marks it
    bool interrupts = true;
    bool all_input = false;  // the turn counts all audio, not only speech
    HearingOptions hearing;
    bool resumption = false;
    std::string handle;
    bool transparent = false;
    bool voice_activity = false;
    bool interim_times = false;  // offsets beside interim transcripts
    std::string input_language;  // languageCode of transcripts; "" = none is told
    std::string output_language;
    bool history_first = false;  // clientContent is history until its first turnComplete
    Json functions = Json::array();
    bool never_answered = false;  // some unsupported settings get neither setupComplete nor a close
};

// `message` is the content of `setup`.
Refusal read_setup(const Json &message, const Endpoint &endpoint, const Settings &settings, Setup &setup);

// Function declarations of a list of tools, checked.
Refusal read_functions(const Json &tools, const std::string &path, const Profile &profile, Json &functions);

// What the model and the state of the session forbid in any later message.
Refusal check_message(const Json &message, const Setup &setup, Flavour flavour);

}  // namespace gemlive::emulator
