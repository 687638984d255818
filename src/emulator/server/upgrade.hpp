#pragma once

#include <string>
#include <utility>
#include <vector>

#include "endpoint.hpp"
#include "rules.hpp"

namespace gemlive::emulator {

// What becomes of a connection before its 101.
struct Upgrade {
    enum class Fate { accept, refuse, reset, stall };
    Fate fate = Fate::accept;
    int64_t delay_ms = 0;
    int http_status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

// The rules speak first, then what the endpoint says.
Upgrade plan_upgrade(const std::vector<Rule> &rules, int connection, const Endpoint &endpoint);

}  // namespace gemlive::emulator
