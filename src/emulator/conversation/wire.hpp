#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace gemlive::emulator {

// What a conversation can do to its connection.
class Wire {
public:
    virtual ~Wire() = default;
    virtual void send(std::string message, bool binary) = 0;
    virtual void close(uint16_t code, const std::string &reason) = 0;  // 1005 sends a close frame without a code
    virtual void reset() = 0;                                          // TCP RST, no close frame
    virtual void stall(int64_t reset_after_ms) = 0;  // neither reads nor writes from here on; 0: for ten minutes
    virtual void stop_reading() = 0;
    virtual void split(size_t frame_bytes) = 0;  // following messages go in frames of this size; 0 = whole
};

}  // namespace gemlive::emulator
