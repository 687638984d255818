#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "json.hpp"

namespace gemlive::emulator {

// Which line of the file, and what is wrong with it.
class RecordingError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// What kind of thing a client message is: its member, for realtime input with the inner one
// ("realtimeInput.audio"). `message` is in lowerCamelCase.
struct Sent {
    std::string kind;
    int64_t amount = 1;  // of audio: samples at input_rate
};
std::vector<Sent> kinds_of(const Json &message);

// Streams have as many messages as the client likes; what counts is that there is enough of them.
bool is_stream(const std::string &kind);

struct RecordedMessage {
    bool from_client = false;
    bool binary = true;
    std::vector<Sent> sent;    // of a client message
    std::string text;          // of a server message, as the service lays it out
    std::optional<double> at;  // seconds since the setup
};

// The messages of each connection in the file, in its order.
using Recording = std::vector<std::vector<RecordedMessage>>;

// One JSON object a line: dir, conn, type, at, json (or text, for what is no JSON). Throws RecordingError.
Recording load_recording(const std::string &path);
Recording parse_recording(const std::string &text);

}  // namespace gemlive::emulator
