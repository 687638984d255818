#pragma once

#include "input_ring.hpp"
#include "media/resampler.hpp"

#include <cstdint>
#include <optional>

namespace gemlive::media {

// What was pushed in one format, and the filter for it. Made by the thread that sets the format.
struct CaptureStream {
    CaptureStream(const AudioFormat &format, int ring_ms, ResamplerQuality quality)
        : format(format), ring(format, ring_ms), resampler(format.sample_rate, wire_sample_rate, quality)
    {
    }

    const AudioFormat format;
    uint32_t number = 1;
    InputRing ring;
    Resampler resampler;  // the consumer's
    // Set when a newer stream took this one's place: the pusher's epoch at that moment.
    std::optional<uint64_t> replaced_at;
};

}  // namespace gemlive::media
