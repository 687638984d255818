#pragma once

#include "media/resampler.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace gemlive::media {

// The filter behind a Resampler: input is written into its room, output is made of it. Everything but look_ahead()
// is real-time safe.
class ResamplerKernel {
public:
    virtual ~ResamplerKernel() = default;

    // Where the next input goes: 1 to `wanted` samples. To be asked after make() could not give all it was asked
    // for.
    virtual std::span<float> room(size_t wanted) noexcept = 0;
    virtual void commit(size_t samples) noexcept = 0;

    // Less than `out` holds: more input is needed.
    virtual size_t make(std::span<float> out) noexcept = 0;

    virtual void reset() noexcept = 0;

    // The output after the next `skip` samples, as if the input stayed at `held`. Changes nothing.
    virtual void look_ahead(float held, size_t skip, std::span<float> out) const = 0;

    // The most input that is taken in ahead of the time of the output that was made last.
    virtual double delay() const noexcept = 0;
};

// For those that can be copied: `copy` runs on.
template <typename Kernel>
void run_ahead(Kernel &copy, float held, size_t skip, std::span<float> out)
{
    // No filter looks further ahead than this many blocks; without the limit a fault in one would be an endless
    // loop.
    constexpr size_t max_idle_rounds = 4096;
    std::array<float, 64> made;
    for (size_t idle_rounds = 0; !out.empty() && idle_rounds < max_idle_rounds; ++idle_rounds) {
        const size_t count = copy.make(made);
        const size_t skipped = std::min(skip, count);
        const size_t taken = std::min(count - skipped, out.size());
        std::copy_n(made.begin() + static_cast<ptrdiff_t>(skipped), taken, out.begin());
        skip -= skipped;
        out = out.subspan(taken);
        if (count > 0) {
            idle_rounds = 0;
        }
        if (count < made.size()) {
            const std::span<float> room = copy.room(made.size());
            std::fill(room.begin(), room.end(), held);
            copy.commit(room.size());
        }
    }
    std::fill(out.begin(), out.end(), held);
}

// Null when there is no filter of ours for the ratio.
std::unique_ptr<ResamplerKernel> make_polyphase_kernel(int in_rate, int out_rate);
std::unique_ptr<ResamplerKernel> make_samplerate_kernel(int in_rate, int out_rate, ResamplerQuality quality);

}  // namespace gemlive::media
