#include "script.hpp"

#include "options.hpp"

#include <fstream>

namespace gemlive::talk {

bool Script::run_lines(const std::vector<std::string> &lines)
{
    for (const std::string &line : lines) {
        if (context_.stop.token().stop_requested() || !run_line(line)) {
            return false;
        }
    }
    return true;
}

bool Script::run_input(LineReader &input)
{
    while (!context_.stop.token().stop_requested()) {
        const auto line = input.next();
        if (!line) {
            return !context_.stop.token().stop_requested();
        }
        if (!run_line(*line)) {
            return false;
        }
    }
    return false;
}

bool Script::run_commands(const std::vector<Json> &commands)
{
    for (const Json &command : commands) {
        if (context_.stop.token().stop_requested() || !run(command)) {
            return false;
        }
    }
    return true;
}

bool Script::run_line(const std::string &line)
{
    ++line_number_;
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
        return true;
    }
    try {
        const Json command = parse_json(line, true);
        if (!command.is_discarded()) {
            return run(command);
        }
        any_failed_ = true;
        context_.view.result("", Json(),
                             invalid_argument("line " + std::to_string(line_number_) +
                                              " has more than 100 levels of objects and arrays"));
        return true;
    } catch (const Json::parse_error &error) {
        any_failed_ = true;
        context_.view.result(
            "", Json(),
            invalid_argument("line " + std::to_string(line_number_) + " is not JSON: " + error.what()));
        return true;
    }
}

bool Script::run(const Json &command)
{
    const std::string name = command_name(command);
    const Result result = run_command(context_, command);
    context_.view.result(name, command, result);
    any_failed_ = any_failed_ || !result.ok();
    return result.ok() || name != "wait";
}

std::vector<std::string> read_script(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    if (!file.eof()) {
        throw UsageError("cannot read the script '" + path + "'");
    }
    return lines;
}

std::vector<Json> parse_lines(const std::vector<std::string> &lines)
{
    std::vector<Json> commands;
    for (const std::string &line : lines) {
        commands.push_back(parse_json(line));
    }
    return commands;
}

Json first_read_audio(const std::vector<Json> &commands)
{
    for (const Json &command : commands) {
        if (command_name(command) == "read_audio") {
            return command;
        }
    }
    return nullptr;
}

}  // namespace gemlive::talk
