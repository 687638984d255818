#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.hpp"

struct WebRtcVadInst;

namespace gemlive::media {

// Finds where speech begins and ends in 16 kHz mono samples. WebRTC's detector judges frames of 20 ms; speech
// begins where most of a window of frames are voice, and ends behind the last one that none follows for the hangover.
// No clock: the time at which samples came is handed in. A build without that detector hears nothing.
class VoiceDetector {
public:
    static constexpr size_t frame_samples = 320;
    static constexpr size_t window_frames = 6;
    static constexpr size_t onset_frames = 4;      // of the window
    static constexpr size_t hangover_frames = 30;  // 600 ms
    static constexpr size_t onset_samples = window_frames * frame_samples;  // what it takes to know a beginning, at most

    struct Change {
        bool started = false;      // else stopped
        uint64_t sample = 0;       // the first of the speech; or the first behind it
        uint64_t known = 0;        // the first behind those that it took to know
        Clock::time_point at{};    // when that sample came
    };

    static bool is_available() noexcept;

    VoiceDetector();
    ~VoiceDetector();
    VoiceDetector(const VoiceDetector &) = delete;
    VoiceDetector &operator=(const VoiceDetector &) = delete;

    // The next samples of the stream, of which `first_sample` is the first one's index.
    void process(std::span<const int16_t> samples, uint64_t first_sample, Clock::time_point now);
    // The stream was interrupted: who spoke has stopped, and what comes next is heard afresh.
    void interrupt();

    // Since the last time this was asked; if it is not, the newest `max_changes`.
    static constexpr size_t max_changes = 64;
    std::vector<Change> take_changes();

    bool is_speaking() const noexcept { return speaking_; }
    // When the newest sample of speech came; absent: there was none yet.
    std::optional<Clock::time_point> last_voice() const noexcept { return last_voice_; }

private:
    struct Free {
        void operator()(WebRtcVadInst *detector) const noexcept;
    };
    struct Frame {
        bool voice = false;
        Clock::time_point at{};
    };

    void judge(std::span<const int16_t> frame, Clock::time_point now);
    void decide(const Frame &frame);
    void tell(bool started, uint64_t sample, Clock::time_point at);

    std::unique_ptr<WebRtcVadInst, Free> detector_;  // made for the first samples
    std::array<int16_t, frame_samples> partial_{};   // a frame that is not whole yet
    size_t partial_size_ = 0;
    uint64_t next_sample_ = 0;  // the first behind what was judged
    double level_before_ = 0;   // of the last half of the frame before

    std::array<Frame, window_frames> window_{};
    size_t at_ = 0;  // in the window, of the oldest frame
    bool speaking_ = false;
    size_t silent_frames_ = 0;  // while speaking
    std::optional<Clock::time_point> last_voice_;
    std::vector<Change> changes_;
};

}  // namespace gemlive::media
