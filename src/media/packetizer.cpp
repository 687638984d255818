#include "media/packetizer.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace gemlive::media {

void Packetizer::add(std::span<const int16_t> samples, Clock::time_point now)
{
    if (samples.empty()) {
        return;
    }
    if (waiting_samples() == 0) {
        waits_since_ = now;
    }
    samples_.erase(samples_.begin(), samples_.begin() + static_cast<ptrdiff_t>(taken_));
    taken_ = 0;
    samples_.insert(samples_.end(), samples.begin(), samples.end());
    last_add_ = now;
}

void Packetizer::cut()
{
    const uint64_t here = first_sample_ + waiting_samples();
    if (waiting_samples() > 0 && (cuts_.empty() || cuts_.back() != here)) {
        cuts_.push_back(here);
    }
}

std::optional<Packet> Packetizer::next(Clock::time_point now)
{
    size_t length = std::min(waiting_samples(), packet_samples);
    if (length == 0) {
        return std::nullopt;
    }
    const bool up_to_cut = !cuts_.empty() && cuts_.front() <= first_sample_ + length;
    if (up_to_cut) {
        length = static_cast<size_t>(cuts_.front() - first_sample_);
        cuts_.erase(cuts_.begin());
    } else if (length < packet_samples && now < waits_since_ + partial_after_) {
        return std::nullopt;
    }
    const Packet packet{first_sample_, std::span(samples_).subspan(taken_, length)};
    taken_ += length;
    first_sample_ += length;
    waits_since_ = last_add_;
    return packet;
}

std::optional<Clock::time_point> Packetizer::next_due() const
{
    if (waiting_samples() == 0) {
        return std::nullopt;
    }
    const bool due_now = waiting_samples() >= packet_samples || !cuts_.empty();
    return due_now ? waits_since_ : waits_since_ + partial_after_;
}

Clock::time_point Packetizer::whole_at(Clock::time_point last_block, Clock::duration block) const
{
    constexpr Clock::duration jitter = std::chrono::microseconds(500);  // of the thread that pushes
    constexpr auto length_of = [](size_t samples) {
        return Clock::duration(static_cast<Clock::rep>(samples * Clock::period::den / wire_sample_rate));
    };
    const Clock::duration missing = length_of(packet_samples - waiting_samples() % packet_samples);
    // After a long one, shorter ones may come.
    const Clock::duration step = std::clamp(block, Clock::duration(1), length_of(packet_samples));
    return last_block + (missing + step - Clock::duration(1)) / step * step + jitter;
}

void Packetizer::move_to(uint64_t sample) noexcept
{
    GEMLIVE_ASSERT(waiting_samples() == 0);
    first_sample_ = sample;
}

size_t Packetizer::clear()
{
    const size_t dropped = waiting_samples();
    first_sample_ += dropped;
    samples_.clear();
    taken_ = 0;
    cuts_.clear();
    return dropped;
}

}  // namespace gemlive::media
