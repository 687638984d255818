#include "options.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "profile.hpp"

namespace gemlive::emulator {
namespace {

int whole_number(std::string_view text, const std::string &option, int most)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > most)
        throw UsageError(option + " needs a whole number from 0 to " + std::to_string(most));
    return value;
}

void read_address(const std::string &value, ServerOptions &server)
{
    const size_t colon = value.rfind(':');
    if (colon == std::string::npos)
        throw UsageError("--listen needs ADDRESS:PORT, such as 127.0.0.1:0");
    server.address = value.substr(0, colon);
    if (server.address.size() > 2 && server.address.front() == '[' && server.address.back() == ']')
        server.address = server.address.substr(1, server.address.size() - 2);
    if (server.address == "localhost")
        server.address = "127.0.0.1";
    server.port =
        static_cast<uint16_t>(whole_number(std::string_view(value).substr(colon + 1), "--listen", 65535));
}

// "a,b" without empty names.
std::vector<std::string> names(std::string_view list, const std::string &option)
{
    std::vector<std::string> out;
    while (true) {
        const size_t comma = list.find(',');
        out.emplace_back(list.substr(0, comma));
        if (out.back().empty())
            throw UsageError(option + " needs names with a comma between them");
        if (comma == std::string_view::npos)
            return out;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

const char *const usage_text =
    "usage: gemlive-emulator [--listen 127.0.0.1:0] [--tls] [--cert PEM --key PEM] [--ca-out FILE]\n"
    "                        [--scenario FILE | --replay RECORDING] [--model-profile NAME] [--speed N]\n"
    "                        [--api-versions V,...] [--retired-models M,...]\n"
    "                        [--record DIR] [--max-connections N] [--quiet]\n";

Options parse_options(int count, const char *const *arguments)
{
    Options options;
    for (int i = 1; i < count; ++i) {
        std::string name = arguments[i];
        std::string value;
        bool has_value = false;
        if (const size_t equals = name.find('='); name.starts_with("--") && equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
            has_value = true;
        }
        const auto take = [&]() -> const std::string & {
            if (!has_value) {
                if (i + 1 >= count)
                    throw UsageError(name + " needs a value");
                value = arguments[++i];
            }
            has_value = false;
            return value;
        };
        if (name == "--listen") {
            read_address(take(), options.server);
        } else if (name == "--tls") {
            options.server.tls = true;
        } else if (name == "--cert") {
            options.certificate_file = take();
        } else if (name == "--key") {
            options.key_file = take();
        } else if (name == "--ca-out") {
            options.ca_out = take();
        } else if (name == "--scenario") {
            options.scenario_file = take();
        } else if (name == "--replay") {
            options.replay_file = take();
        } else if (name == "--model-profile") {
            options.profile = take();
            if (find_profile(options.profile) == nullptr)
                throw UsageError("--model-profile knows: " + profile_names());
        } else if (name == "--speed") {
            char *end = nullptr;
            options.speed = std::strtod(take().c_str(), &end);
            if (*end != '\0' || !(options.speed > 0) || options.speed > 10000)
                throw UsageError("--speed needs a number above 0");
        } else if (name == "--api-versions") {
            options.api_versions = names(take(), name);
        } else if (name == "--retired-models") {
            options.retired_models = names(take(), name);
        } else if (name == "--record") {
            options.server.record_folder = take();
        } else if (name == "--max-connections") {
            options.server.max_connections = whole_number(take(), name, 1'000'000);
        } else if (name == "--quiet") {
            options.server.quiet = true;
        } else if (name == "--help" || name == "-h") {
            options.help = true;
        } else {
            throw UsageError("unknown option " + name);
        }
        if (has_value)
            throw UsageError(name + " takes no value");
    }
    if (!options.replay_file.empty() && !(options.scenario_file.empty() && options.profile.empty() &&
                                          options.api_versions.empty() && options.retired_models.empty()))
        throw UsageError("--replay plays what was recorded: it takes neither --scenario nor what decides about models");
    if (options.certificate_file.empty() != options.key_file.empty())
        throw UsageError("--cert and --key belong together");
    options.server.tls = options.server.tls || !options.certificate_file.empty();
    if (!options.ca_out.empty() && (!options.server.tls || !options.certificate_file.empty()))
        throw UsageError("--ca-out writes the CA that --tls makes");
    return options;
}

}  // namespace gemlive::emulator
