#include "media/voice_detector.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#ifdef GEMLIVE_HAVE_VAD
#include <webrtc/common_audio/vad/include/webrtc_vad.h>
#endif

#include "media/audio_format.hpp"

namespace gemlive::media {

#ifdef GEMLIVE_HAVE_VAD

namespace {

constexpr int aggressiveness = 3;   // of 0 to 3: the strictest lets the least noise pass
constexpr double steady = 1.122;    // 0.5 dB
constexpr double click_crest = 10;  // of speech hardly 8; of one impulse in a frame 18

struct Level {
    double squares = 0;  // their sum
    int peak = 0;
};

Level level_of(std::span<const int16_t> samples)
{
    uint64_t squares = 0;
    int peak = 0;
    for (const int sample : samples) {
        squares += static_cast<uint32_t>(sample * sample);
        peak = std::max(peak, std::abs(sample));
    }
    return {static_cast<double>(squares), peak};
}

bool differ(double one, double other)
{
    return std::max(one, other) > std::min(one, other) * steady;
}

bool is_click(const Level &level, size_t samples)
{
    const double peak = level.peak;
    return peak * peak * static_cast<double>(samples) > click_crest * click_crest * level.squares;
}

WebRtcVadInst *make_detector()
{
    WebRtcVadInst *detector = nullptr;
    if (WebRtcVad_Create(&detector) != 0) {
        throw std::bad_alloc();
    }
    WebRtcVad_Init(detector);
    WebRtcVad_set_mode(detector, aggressiveness);
    return detector;
}

}  // namespace

bool VoiceDetector::is_available() noexcept
{
    return true;
}

void VoiceDetector::Free::operator()(WebRtcVadInst *detector) const noexcept
{
    WebRtcVad_Free(detector);
}

void VoiceDetector::judge(std::span<const int16_t> frame, Clock::time_point now)
{
    if (!detector_) {
        detector_.reset(make_detector());
    }
    next_sample_ += frame.size();
    // It takes tones and clicks for voice. The level of a tone stays as it is for 30 ms, that of speech hardly ever.
    const int length = static_cast<int>(frame.size());
    const bool voiced = WebRtcVad_Process(detector_.get(), wire_sample_rate, frame.data(), length) == 1;
    const Level first = level_of(frame.first(frame_samples / 2));
    const Level second = level_of(frame.subspan(frame_samples / 2));
    const bool moves = differ(first.squares, second.squares) || differ(first.squares, level_before_);
    level_before_ = second.squares;
    const Level whole{first.squares + second.squares, std::max(first.peak, second.peak)};
    decide({voiced && moves && !is_click(whole, frame.size()), now});
}

#else

bool VoiceDetector::is_available() noexcept
{
    return false;
}

void VoiceDetector::Free::operator()(WebRtcVadInst *) const noexcept {}

void VoiceDetector::judge(std::span<const int16_t> frame, Clock::time_point)
{
    next_sample_ += frame.size();
}

#endif

VoiceDetector::VoiceDetector() = default;
VoiceDetector::~VoiceDetector() = default;

void VoiceDetector::process(std::span<const int16_t> samples, uint64_t first_sample, Clock::time_point now)
{
    if (first_sample != next_sample_ + partial_size_) {  // it was off for a while
        interrupt();
        next_sample_ = first_sample;
    }
    while (!samples.empty()) {
        if (partial_size_ == 0 && samples.size() >= frame_samples) {
            judge(samples.first(frame_samples), now);
            samples = samples.subspan(frame_samples);
            continue;
        }
        const size_t taken = std::min(frame_samples - partial_size_, samples.size());
        std::copy_n(samples.begin(), taken, partial_.begin() + static_cast<std::ptrdiff_t>(partial_size_));
        partial_size_ += taken;
        samples = samples.subspan(taken);
        if (partial_size_ == frame_samples) {
            partial_size_ = 0;
            judge(partial_, now);
        }
    }
}

void VoiceDetector::decide(const Frame &frame)
{
    window_[at_] = frame;
    at_ = (at_ + 1) % window_frames;
    if (!speaking_) {
        const auto is_voice = [](const Frame &one) { return one.voice; };
        const auto voices = std::count_if(window_.begin(), window_.end(), is_voice);
        if (static_cast<size_t>(voices) < onset_frames) {
            return;
        }
        size_t age = 0;  // of the oldest frame of voice
        while (!window_[(at_ + age) % window_frames].voice) {
            ++age;
        }
        speaking_ = true;
        silent_frames_ = 0;
        tell(true, next_sample_ - (window_frames - age) * frame_samples, window_[(at_ + age) % window_frames].at);
        last_voice_ = frame.at;
        return;
    }
    if (frame.voice) {
        silent_frames_ = 0;
        last_voice_ = frame.at;
    } else if (++silent_frames_ == hangover_frames) {
        speaking_ = false;
        window_ = {};
        tell(false, next_sample_ - silent_frames_ * frame_samples, *last_voice_);
    }
}

void VoiceDetector::interrupt()
{
    if (speaking_) {
        speaking_ = false;
        tell(false, next_sample_ - silent_frames_ * frame_samples, *last_voice_);
    }
    next_sample_ += std::exchange(partial_size_, 0);
    window_ = {};
    level_before_ = 0;
    detector_.reset();
}

void VoiceDetector::tell(bool started, uint64_t sample, Clock::time_point at)
{
    if (changes_.size() == max_changes) {
        changes_.erase(changes_.begin());
    }
    changes_.push_back({started, sample, next_sample_, at});
}

std::vector<VoiceDetector::Change> VoiceDetector::take_changes()
{
    return std::exchange(changes_, {});
}

}  // namespace gemlive::media
