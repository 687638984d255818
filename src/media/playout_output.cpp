#include "playout_output.hpp"

namespace gemlive::media {

PlayoutOutput::~PlayoutOutput()
{
    for (auto &slot : resamplers_) {
        delete slot.load(std::memory_order_relaxed);
    }
}

bool PlayoutOutput::add_rate(int model_rate)
{
    for (auto &slot : resamplers_) {
        const Resampler *const there = slot.load(std::memory_order_relaxed);
        if (there && there->in_rate() == model_rate) {
            return true;
        }
        if (!there) {
            slot.store(new Resampler(model_rate, format.sample_rate, quality_), std::memory_order_release);
            return true;
        }
    }
    return false;
}

Resampler *PlayoutOutput::find(int model_rate) const noexcept
{
    for (const auto &slot : resamplers_) {
        Resampler *const there = slot.load(std::memory_order_acquire);
        if (!there || there->in_rate() == model_rate) {
            return there;
        }
    }
    return nullptr;
}

}  // namespace gemlive::media
