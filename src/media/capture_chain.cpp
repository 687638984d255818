#include "capture_chain.hpp"

namespace gemlive::media {

std::span<const int16_t> CaptureChain::take()
{
    taken_.resize(samples_.size());
    to_s16(samples_, taken_);
    samples_.clear();
    samples_taken_ += taken_.size();
    return taken_;
}

}  // namespace gemlive::media
