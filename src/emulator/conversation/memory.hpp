#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <unordered_map>

#include "messages.hpp"
#include "timeline.hpp"
#include "usage.hpp"

namespace gemlive::emulator {

// What a session knows, apart from its connection.
struct Memory {
    std::string model;
    Usage usage;
    bool greeted = false;
    bool called = false;  // small talk has used its one call
    int answers = 0;
    std::deque<std::string> lines;  // what was said by both sides, the newest lines

    void remember(std::string line);
};

// All resumption handles that were given out.
class Handles {
public:
    enum class Found { good, unknown, used, expired };

    Handles(Ids &ids, Duration lifetime) : ids_(ids), lifetime_(lifetime) {}

    std::string give(const Memory &memory, Duration now);
    Found find(const std::string &handle, Duration now, Memory &memory) const;
    // A handle can be used until the resumed session has got its next one: only then it is sure not to be needed.
    void retire(const std::string &handle);

private:
    struct Entry {
        Memory memory;
        Duration given;
        bool used = false;
    };

    Ids &ids_;
    Duration lifetime_;
    std::unordered_map<std::string, Entry> entries_;
    std::list<std::string> order_;
};

}  // namespace gemlive::emulator
