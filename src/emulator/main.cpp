#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "identity.hpp"
#include "json.hpp"
#include "options.hpp"

namespace emulator = gemlive::emulator;

namespace {

std::string read_file(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string &path, const std::string &text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        throw std::runtime_error("cannot write " + path);
}

// The file that clients shall trust; "" with a certificate of the caller's own.
std::string prepare_tls(emulator::Options &options)
{
    emulator::ServerOptions &server = options.server;
    if (!options.certificate_file.empty()) {
        server.certificate_pem = read_file(options.certificate_file);
        server.key_pem = read_file(options.key_file);
        return {};
    }
    const emulator::Identity identity = emulator::make_identity();
    server.certificate_pem = identity.certificate_pem;
    server.key_pem = identity.key_pem;
    std::string path = options.ca_out;
    if (path.empty()) {
        std::string pattern = (std::filesystem::temp_directory_path() / "gemlive-emulator-ca-XXXXXX").string();
        const int descriptor = mkstemp(pattern.data());
        if (descriptor < 0)
            throw std::runtime_error("cannot write to " + pattern);
        close(descriptor);
        path = pattern;
    }
    write_file(path, identity.ca_pem);
    return std::filesystem::absolute(path).string();
}

void announce(const emulator::Options &options, uint16_t port, const std::string &ca_file)
{
    const bool six = options.server.address.find(':') != std::string::npos;
    const std::string host = six ? "[" + options.server.address + "]" : options.server.address;
    emulator::Json line;
    line["listening"] = (options.server.tls ? "wss://" : "ws://") + host + ":" + std::to_string(port);
    if (!ca_file.empty())
        line["ca_file"] = ca_file;
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
}

int run(emulator::Options options)
{
    emulator::Scenario scenario;
    if (!options.scenario_file.empty()) {
        try {
            scenario = emulator::load_scenario(options.scenario_file);
        } catch (const emulator::ScenarioError &error) {
            std::fprintf(stderr, "gemlive-emulator: %s: %s\n", options.scenario_file.c_str(), error.what());
            return 2;
        }
    }
    emulator::Recording recording;
    if (!options.replay_file.empty()) {
        try {
            recording = emulator::load_recording(options.replay_file);
        } catch (const emulator::RecordingError &error) {
            std::fprintf(stderr, "gemlive-emulator: %s: %s\n", options.replay_file.c_str(), error.what());
            return 2;
        }
    }
    if (!options.profile.empty())
        scenario.settings.profile = options.profile;
    if (!options.api_versions.empty())
        scenario.settings.api_versions = options.api_versions;
    if (!options.retired_models.empty())
        scenario.settings.retired_models = options.retired_models;
    if (options.speed > 0)
        scenario.settings.speed = options.speed;
    if (!options.server.record_folder.empty())
        std::filesystem::create_directories(options.server.record_folder);
    const std::string ca_file = options.server.tls ? prepare_tls(options) : std::string();
    emulator::Server server(options.server, std::move(scenario), std::move(recording));
    announce(options, server.port(), ca_file);
    server.run();
    if (!ca_file.empty() && options.ca_out.empty())
        std::remove(ca_file.c_str());
    return 0;
}

}  // namespace

int main(int count, char **arguments)
{
    std::signal(SIGPIPE, SIG_IGN);
    try {
        emulator::Options options = emulator::parse_options(count, arguments);
        if (options.help) {
            std::fputs(emulator::usage_text, stdout);
            return 0;
        }
        return run(std::move(options));
    } catch (const emulator::UsageError &error) {
        std::fprintf(stderr, "gemlive-emulator: %s\n%s", error.what(), emulator::usage_text);
        return 2;
    } catch (const emulator::ScenarioError &error) {
        std::fprintf(stderr, "gemlive-emulator: the scenario: %s\n", error.what());
        return 2;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "gemlive-emulator: %s\n", error.what());
        return 1;
    }
}
