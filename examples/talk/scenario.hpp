#pragma once

#include "expect.hpp"
#include "options.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace gemlive::talk {

// The client's half of a scenario file; the server's half is for gemlive-emulator.
struct Scenario {
    std::filesystem::path folder;
    std::string about;
    std::vector<LibraryOption> session;
    std::vector<Json> client;
    std::vector<Expectation> expect;
};

// Throws UsageError that names the place in the file and what is allowed there.
Scenario read_scenario(const std::string &path);

// The scenario's options come last, and so win over the command line's.
void apply(const Scenario &scenario, Options &options);

}  // namespace gemlive::talk
