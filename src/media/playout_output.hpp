#pragma once

#include "media/audio_format.hpp"
#include "media/resampler.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

namespace gemlive::media {

// One output format with what the reader needs to make it out of each sample rate that the model has used. Made
// and extended outside the real-time thread, which only looks things up and runs the filters.
class PlayoutOutput {
public:
    static constexpr size_t max_rates = 8;

    PlayoutOutput(const AudioFormat &format, ResamplerQuality quality, uint64_t serial)
        : format(format), serial(serial), quality_(quality)
    {
    }
    ~PlayoutOutput();
    PlayoutOutput(const PlayoutOutput &) = delete;
    PlayoutOutput &operator=(const PlayoutOutput &) = delete;

    // One thread at a time. False: no room for another rate.
    bool add_rate(int model_rate);
    Resampler *find(int model_rate) const noexcept;

    const AudioFormat format;
    // From 1. Its address does not tell it from an older one, whose memory it may have got.
    const uint64_t serial;

private:
    const ResamplerQuality quality_;
    std::array<std::atomic<Resampler *>, max_rates> resamplers_{};
};

}  // namespace gemlive::media
