#pragma once

#include "result.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gemlive::talk {

// What is wrong with the command line or a file it names: exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// One option of the library by its documented name.
struct LibraryOption {
    enum class Form { text, json };

    std::string name;
    std::string value;
    Form form = Form::text;
    // How the user gave it, such as "--model"; for messages.
    std::string given_as;
};

struct Options {
    bool help = false;
    bool version = false;
    std::vector<LibraryOption> library;

    std::optional<std::string> in;
    std::optional<std::string> out;
    std::optional<std::string> record;
    std::optional<int> play_rate;
    bool json = false;
    std::optional<std::string> script;
    std::optional<std::string> scenario;
    // A log to be held against the scenario, instead of a conversation.
    std::optional<std::string> check;
    std::optional<double> timeout_s;
};

constexpr int default_play_rate = 24'000;

// Throws UsageError with one sentence that says what is allowed.
Options parse_options(const std::vector<std::string> &arguments);

std::string help_text();

// The whole of a file as JSON. Throws UsageError that names the file and where it is wrong.
Line read_json_file(const std::string &path);

// An integer option of the library as it was given, else its documented default.
int64_t given_int(const Options &options, const std::string &name, int64_t default_value);

// Whether the server's VAD was switched off.
bool manual_activity(const Options &options);

// Overwrites keys and tokens in the program's arguments, which other users of a machine can read.
void hide_secrets(int argc, char **argv);

}  // namespace gemlive::talk
