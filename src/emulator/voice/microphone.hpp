#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "json.hpp"

namespace gemlive::emulator {

// Turns the audio blobs of a client into one stream of samples at input_rate, whatever rate their MIME type names.
class Microphone {
public:
    Microphone();
    ~Microphone();

    // The samples of this blob; the span holds until the next call. Empty for what is no PCM.
    std::span<const int16_t> hear(const Json &blob);

private:
    void resample(int rate);

    struct Resampler;
    std::unique_ptr<Resampler> resampler_;
    std::vector<uint8_t> bytes_;  // an odd byte stays for the next blob
    std::vector<int16_t> samples_;
    size_t kept_ = 0;
};

// "audio/pcm;rate=24000" -> 24000; 16000 without a rate; 0 for other types.
int pcm_rate(const std::string &mime_type);

}  // namespace gemlive::emulator
