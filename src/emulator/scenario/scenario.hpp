#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "json.hpp"

namespace gemlive::emulator {

// Where in the file, and what is allowed there.
class ScenarioError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Trigger {
    std::string kind;     // a word of trigger_words()
    std::string match;    // part of the text or name that must occur, any case; "" = any
    int64_t number = -1;  // -1 = any
    Json subset;          // members that must be there; null = any
};

struct Action {
    std::string kind;  // a word of action_words()
    Json with;         // its members by name; a short form stands under its main member
};

struct Rule {
    std::string name;
    Trigger on;
    std::vector<Action> actions;
    int connection = 0;  // 0 = every one
    int times = 1;       // 0 = always
};

// The member "emulator" of a scenario, and the defaults where there is none.
struct Settings {
    bool has_scenario = false;
    std::string profile;  // "" = the model's own
    std::string voice;    // "" = what the setup asks for
    double speed = 1;     // conversations run that many times faster
    bool answers = true;  // false: what no rule handles stays unanswered
    bool text_frames = false;
    int64_t setup_ms = 50;            // from setup to setupComplete
    int64_t first_audio_ms = 250;     // from the end of the input to the first audio
    double audio_pace = 4;            // times faster than it plays
    int64_t connection_ms = 600'000;  // then the connection is closed ...
    int64_t go_away_ms = 60'000;      // ... announced so long before
    int64_t handle_ms = 7'200'000;
    int64_t ack_every = 25;                // client messages, with transparent resumption
    std::vector<std::string> transcripts;  // of the first, second, ... utterance of a connection
    std::vector<std::string> api_versions;    // of the Gemini API that serve Live; empty = all that clients use
    std::vector<std::string> retired_models;  // names, without what stands before the last slash
    Json tokens = Json::object();             // ephemeral ones: name -> the body that would ask for it
};

struct Scenario {
    std::string about;
    Settings settings;
    std::vector<Rule> rules;
};

// Reads and checks a whole scenario file; throws ScenarioError.
Scenario load_scenario(const std::string &path);
Scenario parse_scenario(const std::string &text);

}  // namespace gemlive::emulator
