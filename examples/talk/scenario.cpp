#include "scenario.hpp"

#include "commands.hpp"

#include <algorithm>
#include <stdexcept>

namespace gemlive::talk {
namespace {

[[noreturn]] void refuse(const std::string &path, const std::string &where, const std::string &what)
{
    throw UsageError("'" + path + "': " + where + " " + what);
}

// Files that options name begin at the scenario, so that it runs from anywhere.
std::string option_value(const std::filesystem::path &folder, const std::string &name, const Line &value)
{
    if (!value.is_string()) {
        return one_line(value);
    }
    const auto text = value.get<std::string>();
    const bool names_file = name == "ca_file" || name == "ca_dir";
    return names_file && std::filesystem::path(text).is_relative() ? (folder / text).string() : text;
}

void read_session(const Line &session, Scenario &scenario, const std::string &path)
{
    if (!session.is_object()) {
        refuse(path, "$.session", "has to be an object of option names and values");
    }
    for (const auto &[name, value] : session.items()) {
        scenario.session.push_back({name, option_value(scenario.folder, name, value),
                                    value.is_string() ? LibraryOption::Form::text : LibraryOption::Form::json,
                                    "$.session." + name});
    }
}

void read_client(const Json &client, Scenario &scenario, const std::string &path)
{
    if (!client.is_array()) {
        refuse(path, "$.client", "has to be a list of commands");
    }
    for (const Json &command : client) {
        if (command_name(command).empty()) {
            refuse(path, "$.client[" + std::to_string(scenario.client.size()) + "]",
                   "has to be an object with a string field 'do'");
        }
        scenario.client.push_back(command);
    }
}

}  // namespace

Scenario read_scenario(const std::string &path)
{
    const Line ordered = read_json_file(path);
    const Json root(ordered);
    if (!root.is_object()) {
        refuse(path, "$", "has to be an object");
    }
    Scenario scenario;
    scenario.folder = std::filesystem::absolute(path).parent_path();
    constexpr const char *parts[] = {"about", "emulator", "server", "session", "client", "expect"};
    for (const auto &[name, value] : root.items()) {
        if (std::find(std::begin(parts), std::end(parts), name) == std::end(parts)) {
            refuse(path, "$." + name,
                   "is no part of a scenario; allowed: about, emulator, server, session, client, expect");
        }
    }
    if (root.contains("about") && !root["about"].is_string()) {
        refuse(path, "$.about", "has to be a string");
    }
    scenario.about = root.value("about", "");
    read_session(ordered.value("session", Line::object()), scenario, path);
    read_client(root.value("client", Json::array()), scenario, path);
    try {
        scenario.expect = parse_expectations(root.value("expect", Json::array()));
    } catch (const std::invalid_argument &error) {
        refuse(path, error.what(), "");
    }
    return scenario;
}

void apply(const Scenario &scenario, Options &options)
{
    options.library.insert(options.library.end(), scenario.session.begin(), scenario.session.end());
}

}  // namespace gemlive::talk
