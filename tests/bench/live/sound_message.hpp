#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/base64.hpp"

namespace gemlive::bench {

// The text around the sound, as the service and its clients write it.
inline constexpr std::string_view server_head =
    "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=24000\",\"data\":\"";
inline constexpr std::string_view server_tail = "\"}}]}}}";
inline constexpr std::string_view client_head = "{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\"";
inline constexpr std::string_view client_tail = "\"}}}";

// The base64 text of a message: behind its "data":".
inline std::string_view data_of(std::string_view text)
{
    constexpr std::string_view name = "\"data\":\"";
    const size_t at = text.find(name);
    if (at == text.npos) {
        return {};
    }
    const size_t begin = at + name.size();
    return text.substr(begin, text.find('"', begin) - begin);
}

// A sound of the server's, whose first four samples are the time at which it is sent.
class SoundMessage {
public:
    SoundMessage() = default;
    SoundMessage(int rate, int ms) : samples_(static_cast<size_t>(rate) * static_cast<size_t>(ms) / 1000)
    {
        uint32_t state = 1;
        for (int16_t &sample : samples_) {
            state = state * 1664525 + 1013904223;
            sample = static_cast<int16_t>(state >> 20);
        }
    }

    const std::string &text(int64_t made_ns)
    {
        std::memcpy(samples_.data(), &made_ns, sizeof made_ns);
        text_.assign(server_head);
        base64::append_encoded({reinterpret_cast<const uint8_t *>(samples_.data()), samples_.size() * 2}, text_);
        text_ += server_tail;
        return text_;
    }

private:
    std::vector<int16_t> samples_;
    std::string text_;
};

// 0 when they are no time of the last minute.
inline int64_t plausible_time(const void *samples)
{
    int64_t made;
    std::memcpy(&made, samples, sizeof made);
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    const int64_t age = int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec - made;
    return age >= 0 && age < int64_t{60} * 1'000'000'000 ? made : 0;
}

}  // namespace gemlive::bench
