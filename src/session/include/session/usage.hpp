#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "protocol/server_message.hpp"

namespace gemlive::session {

// Tokens of a session so far, from every usage message.
struct UsageTotals {
    int64_t prompt = 0;
    int64_t response = 0;
    int64_t total = 0;
    int64_t cached = 0;
    int64_t thoughts = 0;
    int64_t tool_use = 0;
    std::map<std::string, int64_t> prompt_by_modality;
    std::map<std::string, int64_t> response_by_modality;

    void add(const protocol::Usage &usage);
    nlohmann::json json() const;
};

// {"prompt": {"AUDIO": n, …}, "response": {…}, …}; only what the message has.
nlohmann::json by_modality(const protocol::Usage &usage);

}  // namespace gemlive::session
