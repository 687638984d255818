#include "media/input_level.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace gemlive::media {

void InputLevel::add(std::span<const int16_t> mono, int sample_rate) noexcept
{
    const auto block_samples = static_cast<size_t>(sample_rate / blocks_per_second);
    while (!mono.empty()) {
        if (blocks_[current_].samples >= block_samples) {
            current_ = (current_ + 1) % block_count;
            blocks_[current_] = {};
        }
        Block &block = blocks_[current_];
        const size_t count = std::min(mono.size(), block_samples - block.samples);
        int32_t peak = block.peak;
        int64_t squares = block.squares;
        for (const int32_t sample : mono.first(count)) {
            peak = std::max(peak, std::abs(sample));
            squares += sample * sample;
        }
        block = {peak, squares, block.samples + count};
        mono = mono.subspan(count);
    }
    publish();
}

void InputLevel::publish() noexcept
{
    Block all;
    for (const Block &block : blocks_) {
        all.peak = std::max(all.peak, block.peak);
        all.squares += block.squares;
        all.samples += block.samples;
    }
    constexpr float step = 1.0F / 32768.0F;
    const double mean = all.samples > 0 ? static_cast<double>(all.squares) / static_cast<double>(all.samples) : 0.0;
    level_.store({static_cast<float>(all.peak) * step, static_cast<float>(std::sqrt(mean)) * step},
                 std::memory_order_relaxed);
}

}  // namespace gemlive::media
