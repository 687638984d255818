#pragma once

#include "dot_products.hpp"

#include <cstddef>
#include <memory>
#include <numbers>
#include <vector>

namespace gemlive::media {

// The coefficients of a polyphase filter that makes `phases` samples of every `step` samples: one row for each
// place that an output sample can have between two input samples. The output at the time t (in input samples)
// takes the `taps` samples from floor(t) - taps / 2 + 1 on, and the row of the fraction of t.
//
// A windowed sinc (Kaiser) that is even about t, so every frequency is delayed alike: by nothing, once the
// taps / 2 samples behind t are there. It stops what the lower of the two rates cannot hold, from half that rate
// on, by more than 90 dB, and passes the lower 80 % of it within 0.001 dB.
class FilterBank {
public:
    // Multiples of dot_product_lanes.
    static constexpr size_t max_taps = 192;

    FilterBank(size_t phases, size_t step);

    size_t phases() const noexcept { return phases_; }
    size_t step() const noexcept { return step_; }
    size_t taps() const noexcept { return taps_; }
    const float *row(size_t phase) const noexcept { return blocks_[phase * (taps_ / dot_product_lanes)].samples; }

private:
    struct alignas(64) Block {
        float samples[dot_product_lanes];
    };

    void fill_row(size_t phase, double cutoff, double beta);

    const size_t phases_;
    const size_t step_;
    const size_t taps_;
    std::vector<Block> blocks_;
};

// Only for the ratios that sound devices use; null for any other. Those who convert alike share one.
std::shared_ptr<const FilterBank> filter_bank(int in_rate, int out_rate);

}  // namespace gemlive::media
