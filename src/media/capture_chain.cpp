#include "capture_chain.hpp"

namespace gemlive::media {

std::span<const int16_t> CaptureChain::take(Clock::time_point now)
{
    taken_.resize(samples_.size());
    to_s16(samples_, taken_);
    samples_.clear();
    if (detects_voice_) {
        voice_.process(taken_, samples_taken_, now);
    }
    samples_taken_ += taken_.size();
    return taken_;
}

}  // namespace gemlive::media
