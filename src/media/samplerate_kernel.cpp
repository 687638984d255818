#include "resampler_kernel.hpp"

#include <samplerate.h>

#include <new>

namespace gemlive::media {
namespace {

class SamplerateKernel final : public ResamplerKernel {
public:
    SamplerateKernel(SRC_STATE *state, double ratio) : state_(state), ratio_(ratio)
    {
        if (!state_) {
            throw std::bad_alloc();
        }
    }

    ~SamplerateKernel() override { src_delete(state_); }

    SamplerateKernel(const SamplerateKernel &) = delete;
    SamplerateKernel &operator=(const SamplerateKernel &) = delete;

    Moved convert(std::span<const float> in, std::span<float> out) noexcept override
    {
        Moved moved;
        for (;;) {
            SRC_DATA data{};
            data.data_in = in.data() + moved.consumed;
            data.data_out = out.data() + moved.produced;
            data.input_frames = static_cast<long>(in.size() - moved.consumed);
            data.output_frames = static_cast<long>(out.size() - moved.produced);
            data.src_ratio = ratio_;
            if (src_process(state_, &data) != 0) {
                return moved;
            }
            moved.consumed += static_cast<size_t>(data.input_frames_used);
            moved.produced += static_cast<size_t>(data.output_frames_gen);
            const bool finished = moved.produced == out.size() || moved.consumed == in.size();
            if (finished || (data.input_frames_used == 0 && data.output_frames_gen == 0)) {
                return moved;
            }
        }
    }

    void reset() noexcept override { src_reset(state_); }

    std::unique_ptr<ResamplerKernel> clone() const override
    {
        int error = 0;
        return std::make_unique<SamplerateKernel>(src_clone(state_, &error), ratio_);
    }

private:
    SRC_STATE *state_;
    double ratio_;
};

}  // namespace

std::unique_ptr<ResamplerKernel> make_samplerate_kernel(int in_rate, int out_rate, ResamplerQuality quality)
{
    const int converter = quality == ResamplerQuality::high ? SRC_SINC_MEDIUM_QUALITY : SRC_SINC_FASTEST;
    const double ratio = static_cast<double>(out_rate) / in_rate;
    int error = 0;
    return std::make_unique<SamplerateKernel>(src_new(converter, 1, &error), ratio);
}

}  // namespace gemlive::media
