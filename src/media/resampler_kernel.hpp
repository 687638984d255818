#pragma once

#include "media/resampler.hpp"

#include <memory>
#include <span>

namespace gemlive::media {

// The filter behind a Resampler. convert() and reset() are real-time safe.
class ResamplerKernel {
public:
    struct Moved {
        size_t consumed = 0;
        size_t produced = 0;
    };

    virtual ~ResamplerKernel() = default;

    // Goes on until `out` is full or `in` is used up and no output can be made without more. `out` is not empty.
    virtual Moved convert(std::span<const float> in, std::span<float> out) noexcept = 0;
    virtual void reset() noexcept = 0;
    virtual std::unique_ptr<ResamplerKernel> clone() const = 0;
};

std::unique_ptr<ResamplerKernel> make_samplerate_kernel(int in_rate, int out_rate, ResamplerQuality quality);

}  // namespace gemlive::media
