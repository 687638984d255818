#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "server.hpp"

namespace gemlive::emulator {

class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Options {
    ServerOptions server;
    std::string certificate_file;
    std::string key_file;
    std::string ca_out;
    std::string scenario_file;
    std::string replay_file;
    std::string profile;
    double speed = 0;  // 0 = as the scenario says
    std::vector<std::string> api_versions;    // empty = as the scenario says
    std::vector<std::string> retired_models;  // the same
    bool help = false;
};

Options parse_options(int count, const char *const *arguments);
extern const char *const usage_text;

}  // namespace gemlive::emulator
