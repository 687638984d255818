#include "resampler_kernel.hpp"

#include <samplerate.h>

#include <new>
#include <utility>

namespace gemlive::media {
namespace {

class SamplerateKernel final : public ResamplerKernel {
public:
    SamplerateKernel(SRC_STATE *state, double ratio, double delay) : state_(state), ratio_(ratio), delay_(delay)
    {
        if (!state_) {
            throw std::bad_alloc();
        }
    }

    ~SamplerateKernel() override { src_delete(state_); }

    SamplerateKernel(const SamplerateKernel &) = delete;
    SamplerateKernel &operator=(const SamplerateKernel &) = delete;

    std::span<float> room(size_t wanted) noexcept override
    {
        if (begin_ == end_) {
            begin_ = end_ = 0;
        }
        return std::span(block_).subspan(end_).first(std::min(wanted, block_.size() - end_));
    }

    void commit(size_t samples) noexcept override { end_ += samples; }

    size_t make(std::span<float> out) noexcept override
    {
        size_t made = 0;
        while (made < out.size()) {
            SRC_DATA data{};
            data.data_in = block_.data() + begin_;
            data.data_out = out.data() + made;
            data.input_frames = static_cast<long>(end_ - begin_);
            data.output_frames = static_cast<long>(out.size() - made);
            data.src_ratio = ratio_;
            if (src_process(state_, &data) != 0) {
                return made;
            }
            begin_ += static_cast<size_t>(data.input_frames_used);
            made += static_cast<size_t>(data.output_frames_gen);
            if (data.input_frames_used == 0 && data.output_frames_gen == 0) {
                return made;
            }
        }
        return made;
    }

    void reset() noexcept override
    {
        src_reset(state_);
        begin_ = end_ = 0;
    }

    void look_ahead(float held, size_t skip, std::span<float> out) const override
    {
        int error = 0;
        SamplerateKernel copy(src_clone(state_, &error), ratio_, delay_);
        copy.block_ = block_;
        copy.begin_ = begin_;
        copy.end_ = end_;
        run_ahead(copy, held, skip, out);
    }

    double delay() const noexcept override { return delay_; }

private:
    SRC_STATE *state_;
    double ratio_;
    double delay_;
    std::array<float, 64> block_{};
    size_t begin_ = 0;
    size_t end_ = 0;
};

}  // namespace

std::unique_ptr<ResamplerKernel> make_samplerate_kernel(int in_rate, int out_rate, ResamplerQuality quality)
{
    const bool high = quality == ResamplerQuality::high;
    const double ratio = static_cast<double>(out_rate) / in_rate;
    // The half lengths of the library's filters, in samples of the lower rate, and the block it is given at once.
    const double delay = (high ? 46.0 : 20.0) * std::max(1.0, 1.0 / ratio) + 64.0;
    int error = 0;
    return std::make_unique<SamplerateKernel>(
        src_new(high ? SRC_SINC_MEDIUM_QUALITY : SRC_SINC_FASTEST, 1, &error), ratio, delay);
}

}  // namespace gemlive::media
