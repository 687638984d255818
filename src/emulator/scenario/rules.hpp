#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenario.hpp"

namespace gemlive::emulator {

// Something that happened on a connection, for the rules to look at.
struct Happening {
    std::string kind;
    std::string text;                // said or written text, names of tools
    std::vector<std::string> names;  // of several tools
    int64_t number = 0;
    Json message;
};

// The rules as one connection sees them: those meant for it, with what is left of their times.
class RuleBook {
public:
    RuleBook(const std::vector<Rule> &rules, int connection);

    // The first rule in the file's order that matches and is not used up; it counts as used then. Null = none.
    const Rule *take(const Happening &happening);

    // The lowest number above `after` that an unused rule with this trigger waits for.
    std::optional<int64_t> next_number(const std::string &kind, int64_t after) const;

private:
    struct Entry {
        const Rule *rule;
        int left;  // -1 = always
    };
    std::vector<Entry> entries_;
};

// Whether everything in `subset` is in `value`: objects at every depth, all else by equality.
bool has_subset(const Json &value, const Json &subset);

}  // namespace gemlive::emulator
