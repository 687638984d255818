#include "options.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

namespace gemlive::talk {
namespace {

using Form = LibraryOption::Form;

int64_t parse_whole(const std::string &name, const std::string &text, int64_t least, int64_t most)
{
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
        throw UsageError(name + " takes a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most) + ", not '" + text + "'");
    }
    return value;
}

double parse_seconds(const std::string &name, const std::string &text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr double longest = 1e6;
    if (error != std::errc() || end != text.data() + text.size() || !(value > 0) || value > longest) {
        throw UsageError(name + " takes seconds, more than 0, not '" + text + "'");
    }
    return value;
}

void take_json_file(Options &options, const std::string &given_as, const std::string &name,
                    const std::string &path, bool list)
{
    const Line value = read_json_file(path);
    if (list ? !value.is_array() : !value.is_object()) {
        throw UsageError(given_as + ": '" + path + "' has to hold " +
                         (list ? "a JSON list of the API's Tool" : "a JSON object, the inner object of `setup`"));
    }
    options.library.push_back({name, one_line(value), Form::json, given_as});
}

// What `save` gave: an object of options.
void take_saved_file(Options &options, const std::string &given_as, const std::string &path)
{
    const Line saved = read_json_file(path);
    if (!saved.is_object() || !saved.contains("saved")) {
        throw UsageError(given_as + ": '" + path + "' has to hold what the command save gave, a JSON object with the member \"saved\"");
    }
    for (const auto &[name, value] : saved.items()) {
        options.library.push_back({name, one_line(value), Form::json, given_as + " " + path});
    }
}

using Taker = std::function<void(Options &, const std::string &name, const std::string &value)>;

Taker library_text(std::string option)
{
    return [option = std::move(option)](Options &options, const std::string &name, const std::string &value) {
        options.library.push_back({option, value, Form::text, name});
    };
}

void take_option(Options &options, const std::string &name, const std::string &value)
{
    const size_t equals = value.find('=');
    if (equals == 0 || equals == std::string::npos) {
        throw UsageError(name + " takes NAME=VALUE, not '" + value + "'");
    }
    const std::string option = value.substr(0, equals);
    options.library.push_back({option, value.substr(equals + 1), Form::text, name + " " + option});
}

void take_modality(Options &options, const std::string &name, const std::string &value)
{
    if (value != "audio" && value != "text") {
        throw UsageError(name + " takes audio or text, not '" + value + "'");
    }
    options.library.push_back({"modalities", value == "audio" ? R"(["AUDIO"])" : R"(["TEXT"])", Form::json, name});
}

void take_in(Options &options, const std::string &name, const std::string &value)
{
    if (value == "mic") {
        throw UsageError(name + " mic: this version has no sound devices, they come later; give a WAV file");
    }
    options.in = value;
}

void take_out(Options &options, const std::string &name, const std::string &value)
{
    if (value == "speaker") {
        throw UsageError(name + " speaker: this version has no sound devices, they come later; give a WAV file");
    }
    options.out = value;
}

void refuse_proxy(Options &, const std::string &name, const std::string &)
{
    throw UsageError(name + ": this version connects directly, proxies come later");
}

const std::map<std::string, Taker> &takers()
{
    static const std::map<std::string, Taker> table = {
        {"--url", library_text("base_url")},
        {"--ca-file", library_text("ca_file")},
        {"--api-key", library_text("api_key")},
        {"--token", library_text("token")},
        {"--access-token", library_text("access_token")},
        {"--project", library_text("project")},
        {"--location", library_text("location")},
        {"--proxy", refuse_proxy},
        {"--model", library_text("model")},
        {"--voice", library_text("voice")},
        {"--instructions", library_text("instructions")},
        {"--language", library_text("language")},
        {"--modality", take_modality},
        {"--option", take_option},
        {"--tools", [](Options &options, const std::string &name,
                       const std::string &value) { take_json_file(options, name, "tools", value, true); }},
        {"--setup", [](Options &options, const std::string &name,
                       const std::string &value) { take_json_file(options, name, "setup", value, false); }},
        {"--load", [](Options &options, const std::string &name,
                      const std::string &value) { take_saved_file(options, name, value); }},
        {"--in", take_in},
        {"--out", take_out},
        {"--record",
         [](Options &options, const std::string &, const std::string &value) { options.record = value; }},
        {"--play-rate",
         [](Options &options, const std::string &name, const std::string &value) {
             constexpr int64_t lowest = 1'000;
             constexpr int64_t highest = 384'000;
             options.play_rate = static_cast<int>(parse_whole(name, value, lowest, highest));
         }},
        {"--script",
         [](Options &options, const std::string &, const std::string &value) { options.script = value; }},
        {"--scenario",
         [](Options &options, const std::string &, const std::string &value) { options.scenario = value; }},
        {"--check",
         [](Options &options, const std::string &, const std::string &value) { options.check = value; }},
        {"--timeout", [](Options &options, const std::string &name,
                         const std::string &value) { options.timeout_s = parse_seconds(name, value); }},
    };
    return table;
}

bool is_secret(const std::string &name)
{
    return name == "--api-key" || name == "--token" || name == "--access-token";
}

void check(const Options &options)
{
    size_t credentials = 0;
    for (const LibraryOption &option : options.library) {
        credentials += is_secret(option.given_as) ? 1 : 0;
    }
    if (credentials > 1) {
        throw UsageError("--api-key, --token and --access-token exclude each other");
    }
    if (options.script && options.scenario) {
        throw UsageError("--script and --scenario exclude each other: a scenario brings its own commands");
    }
    if (options.scenario && options.in) {
        throw UsageError("--in and --scenario exclude each other: a scenario brings its own commands");
    }
    if (options.check && !options.scenario) {
        throw UsageError("--check holds a log against a scenario: it needs --scenario");
    }
    if (options.in && *options.in == "-") {
        throw UsageError("--in takes a WAV file, not '-'");
    }
}

}  // namespace

Options parse_options(const std::vector<std::string> &arguments)
{
    Options options;
    for (size_t at = 0; at < arguments.size(); ++at) {
        std::string name = arguments[at];
        if (name == "--help" || name == "-h") {
            options.help = true;
        } else if (name == "--version") {
            options.version = true;
        } else if (name == "--json") {
            options.json = true;
        } else if (name == "--vertex") {
            options.library.push_back({"vertexai", "true", Form::text, name});
        } else {
            std::optional<std::string> value;
            const size_t equals = name.find('=');
            if (name.starts_with("--") && equals != std::string::npos) {
                value = name.substr(equals + 1);
                name.resize(equals);
            }
            const auto taker = takers().find(name);
            if (taker == takers().end()) {
                throw UsageError("'" + name + "' is no option of gemlive-talk; --help lists them");
            }
            if (!value && at + 1 < arguments.size()) {
                value = arguments[++at];
            }
            if (!value) {
                throw UsageError(name + " needs a value");
            }
            taker->second(options, name, *value);
        }
    }
    check(options);
    return options;
}

Line read_json_file(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        throw UsageError("cannot read '" + path + "'");
    }
    try {
        Line value = parse_json<Line>(text.str(), true);
        if (value.is_discarded()) {
            throw UsageError("'" + path + "' has more than 100 levels of objects and arrays");
        }
        return value;
    } catch (const Line::parse_error &error) {
        throw UsageError("'" + path + "' is not JSON: " + error.what());
    }
}

int64_t given_int(const Options &options, const std::string &name, int64_t default_value)
{
    int64_t value = default_value;
    for (const LibraryOption &option : options.library) {
        if (option.name == name) {
            std::from_chars(option.value.data(), option.value.data() + option.value.size(), value);
        }
    }
    return value;
}

bool manual_activity(const Options &options)
{
    bool manual = false;
    for (const LibraryOption &option : options.library) {
        if (option.name != "realtime_input_config" && option.name != "setup") {
            continue;
        }
        const Json value = parse_json(option.value);
        for (const char *path : {"/automaticActivityDetection/disabled", "/automatic_activity_detection/disabled",
                                 "/realtimeInputConfig/automaticActivityDetection/disabled"}) {
            const Json::json_pointer pointer(path);
            if (value.is_object() && value.contains(pointer) && value[pointer].is_boolean()) {
                manual = value[pointer].get<bool>();
            }
        }
    }
    return manual;
}

void hide_secrets(int argc, char **argv)
{
    for (int at = 1; at < argc; ++at) {
        const std::string argument = argv[at];
        const size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        if (!is_secret(name)) {
            continue;
        }
        char *value = nullptr;
        if (equals != std::string::npos) {
            value = argv[at] + equals + 1;
        } else if (at + 1 < argc) {
            value = argv[at + 1];
        }
        if (value != nullptr) {
            std::memset(value, '*', std::strlen(value));
        }
    }
}

}  // namespace gemlive::talk
