#pragma once

#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "media/video_frame.hpp"

namespace gemlive::session {

// The newest frame that an application has pushed, until its time has come. Any thread.
class VideoSlot {
public:
    // Copies the frame in place of the one that waits. Returns when a frame is to be taken, where nobody comes for it at that time or
    // before yet: `interval` after the last one was taken, or at once.
    std::optional<Clock::time_point> put(const media::FrameView &view, Clock::duration interval, Clock::time_point now);

    // The frame that waits, if its time has come. The next one is not before its interval from now.
    std::optional<media::VideoFrame> take(Clock::time_point now);
    // Its memory is for the next frame.
    void give_back(media::VideoFrame frame);

private:
    std::mutex mutex_;
    std::optional<media::VideoFrame> waiting_;
    std::optional<media::VideoFrame> spare_;
    std::optional<Clock::time_point> taken_;
    std::optional<Clock::time_point> due_;  // when somebody comes
};

}  // namespace gemlive::session
