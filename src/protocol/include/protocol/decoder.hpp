#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.hpp"
#include "protocol/server_message.hpp"

namespace gemlive::protocol {

// Reads one message of the server. Its memory grows to some six times the largest message, so the sessions of a
// thread do well to share one.
class Decoder {
public:
    static constexpr size_t padding = 64;  // readable bytes behind the message

    Decoder();
    ~Decoder();
    Decoder(Decoder &&) noexcept;
    Decoder &operator=(Decoder &&) noexcept;

    // `capacity` is at least size + padding. Fills `out`, which is reset first. Text that is no JSON object gives
    // an error and an empty message; a member of a wrong shape or with more than most_json_levels is left out and
    // reported, the others are still there. Neither ends the session: the error is protocol, and its sentence
    // names the member. The base64 in `out` is a view: it lives as long as `data`, and until the next call.
    Error decode(const char *data, size_t size, size_t capacity, ServerMessage &out);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

// `text`, of which `message` was made, with the audio that server_json() withholds cut out of its quotes: some hundred
// bytes instead of its ten thousand. A view of `kept`, whose memory is used again, or of `text` when it has no audio.
std::string_view without_audio(std::string_view text, const ServerMessage &message, std::string &kept);

// Compact JSON of a server message, for events; without the `data` of audio parts and the resumption handle if so
// asked. Copies the message, so it is for those who ask. Empty if the text is no JSON object.
std::string server_json(std::string_view message, bool withhold);

}  // namespace gemlive::protocol
