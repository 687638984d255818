#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "protocol/server_message.hpp"

namespace gemlive::dialogue {

// Tokens by the server's name for the modality.
using TokensByModality = std::map<std::string, int64_t>;

struct UsageCounts {
    int64_t prompt = 0;
    int64_t response = 0;
    int64_t total = 0;
    int64_t cached = 0;
    int64_t thoughts = 0;
    int64_t tool_use = 0;

    void add(const protocol::Usage &usage);
};

// Tokens of a session so far, from every usage message.
struct UsageTotals : UsageCounts {
    // The names are the server's: beyond so many, tokens of new ones are counted as OTHER.
    static constexpr size_t max_modalities = 32;

    TokensByModality prompt_by_modality;
    TokensByModality response_by_modality;

    void add(const protocol::Usage &usage);
};

}  // namespace gemlive::dialogue
