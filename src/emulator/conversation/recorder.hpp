#pragma once

#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "timeline.hpp"

namespace gemlive::emulator {

// What one connection said and heard: connection-N.jsonl, one message a line, and connection-N.pcm, all audio
// received (s16le, 16 kHz, mono).
class Recorder {
public:
    Recorder(const std::string &folder, int connection);

    void message(bool from_client, bool binary, std::string_view text, Duration now);
    void audio(std::span<const int16_t> samples);
    // Later times count from here: the setup.
    void zero(Duration now) { zero_ = now; }

private:
    std::ofstream messages_;
    std::ofstream audio_;
    int connection_;
    Duration zero_{0};
};

}  // namespace gemlive::emulator
