#include "session/video_slot.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::session {

std::optional<Clock::time_point> VideoSlot::put(const media::FrameView &view, Clock::duration interval,
                                                Clock::time_point now)
{
    std::optional<media::VideoFrame> frame;
    {
        const std::lock_guard lock(mutex_);
        frame = std::exchange(spare_, std::nullopt);
    }
    if (!frame) {
        frame.emplace();
    }
    frame->copy(view);
    const std::lock_guard lock(mutex_);
    if (waiting_) {
        spare_ = std::move(waiting_);
    }
    waiting_ = std::move(frame);
    const Clock::time_point at = taken_ ? std::max(now, *taken_ + interval) : now;
    if (due_ && *due_ <= at) {
        return std::nullopt;
    }
    due_ = at;
    return at;
}

std::optional<media::VideoFrame> VideoSlot::take(Clock::time_point now)
{
    const std::lock_guard lock(mutex_);
    if (!waiting_ || !due_ || now < *due_) {
        return std::nullopt;
    }
    due_.reset();
    taken_ = now;
    return std::exchange(waiting_, std::nullopt);
}

void VideoSlot::give_back(media::VideoFrame frame)
{
    const std::lock_guard lock(mutex_);
    spare_ = std::move(frame);
}

}  // namespace gemlive::session
