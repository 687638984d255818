#include "filter_bank.hpp"
#include "resampler_kernel.hpp"

#include <utility>

namespace gemlive::media {
namespace {

// Runs a bank of filters along the input. The buffer holds what the next outputs need of it and is moved to its
// beginning now and then, so that each window of samples lies together.
class PolyphaseKernel final : public ResamplerKernel {
public:
    explicit PolyphaseKernel(std::shared_ptr<const FilterBank> bank)
        : bank_(std::move(bank)), dot_products_(dot_products_variants().front().function),
          whole_step_(bank_->step() / bank_->phases()), part_step_(bank_->step() % bank_->phases())
    {
        reset();
    }

    std::span<float> room(size_t wanted) noexcept override
    {
        if (buffer_.size() - end_ < wanted) {
            std::copy(buffer_.begin() + begin_, buffer_.begin() + end_, buffer_.begin());
            end_ -= begin_;
            begin_ = 0;
        }
        return std::span(buffer_).subspan(end_).first(std::min(wanted, buffer_.size() - end_));
    }

    void commit(size_t samples) noexcept override { end_ += static_cast<uint32_t>(samples); }

    size_t make(std::span<float> out) noexcept override
    {
        const size_t count = std::min(out.size(), ready());
        const size_t phases = bank_->phases();
        const size_t together = std::min(phases, count);
        size_t phase = phase_;
        const float *window = buffer_.data() + begin_;
        // All outputs that take the same row at once: with few phases that is most of them.
        for (size_t first = 0; first < together; ++first) {
            dot_products_({.row = bank_->row(phase),
                           .taps = bank_->taps(),
                           .window = window,
                           .window_step = bank_->step(),
                           .out = out.data() + first,
                           .out_step = phases,
                           .count = (count - first + phases - 1) / phases});
            phase += part_step_;
            window += whole_step_;
            if (phase >= phases) {
                phase -= phases;
                ++window;
            }
        }
        const size_t place = phase_ + count * bank_->step();
        begin_ += static_cast<uint32_t>(place / phases);
        phase_ = static_cast<uint32_t>(place % phases);
        return count;
    }

    void reset() noexcept override
    {
        begin_ = 0;
        phase_ = 0;
        end_ = static_cast<uint32_t>(bank_->taps() / 2 - 1);
        std::fill_n(buffer_.begin(), end_, 0.0F);
    }

    void look_ahead(float held, size_t skip, std::span<float> out) const override
    {
        PolyphaseKernel copy(*this);
        run_ahead(copy, held, skip, out);
    }

    double delay() const noexcept override { return static_cast<double>(bank_->taps() / 2); }

private:
    // Outputs that lie in the input so far with their whole window.
    size_t ready() const noexcept
    {
        if (end_ < begin_ + bank_->taps()) {
            return 0;
        }
        const size_t places = (end_ - begin_ - bank_->taps() + 1) * bank_->phases();
        return (places - phase_ + bank_->step() - 1) / bank_->step();
    }

    std::shared_ptr<const FilterBank> bank_;
    DotProducts dot_products_;
    size_t whole_step_;  // from one output to the next, in input samples,
    size_t part_step_;   // and the rest in phases
    uint32_t begin_ = 0;  // of the window of the next output
    uint32_t end_ = 0;    // of the input
    uint32_t phase_ = 0;  // of the next output
    std::array<float, FilterBank::max_taps + 256> buffer_;
};

}  // namespace

std::unique_ptr<ResamplerKernel> make_polyphase_kernel(int in_rate, int out_rate)
{
    auto bank = filter_bank(in_rate, out_rate);
    return bank ? std::make_unique<PolyphaseKernel>(std::move(bank)) : nullptr;
}

}  // namespace gemlive::media
