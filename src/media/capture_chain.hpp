#pragma once

#include "media/audio_format.hpp"
#include "media/resampler.hpp"
#include "media/voice_detector.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace gemlive::media {

// From mono samples at the device's rate to what the service takes, on the I/O thread:
//
//   input ring → add(): resample → take(): [echo] → 16 bits → voice activity → packets
//
// What stands in brackets is not here yet. Its place is the beginning of take(): all that was added, in one piece,
// at 16 kHz and still as floats. Each format has a Resampler of its own, made by whoever sets the format.
// Voice is only listened for: it changes nothing of the samples.
class CaptureChain {
public:
    void add(Resampler &resampler, std::span<const int16_t> block) { resampler.process(block, samples_); }
    // The samples in the filter, without breaking the stream; or its end.
    void settle(Resampler &resampler) { resampler.settle(samples_); }
    void flush(Resampler &resampler) { resampler.flush(samples_); }

    // All since the last time; stays until the next time.
    std::span<const int16_t> take(Clock::time_point now);

    // Samples taken so far: the index of the next one in the session.
    uint64_t samples_taken() const noexcept { return samples_taken_; }

    void detect_voice(bool on) noexcept { detects_voice_ = on; }
    VoiceDetector &voice() noexcept { return voice_; }
    const VoiceDetector &voice() const noexcept { return voice_; }

private:
    std::vector<float> samples_;
    std::vector<int16_t> taken_;
    uint64_t samples_taken_ = 0;
    VoiceDetector voice_;
    bool detects_voice_ = false;
};

}  // namespace gemlive::media
