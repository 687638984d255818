#include "hearing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>

namespace gemlive::emulator {
namespace {

constexpr int frame_ms = 10;
constexpr size_t frame_samples = input_rate * frame_ms / 1000;
constexpr int forgiven_gap = 4;      // frames: stops inside a word
constexpr double min_rms = 60.0;     // about -55 dBFS; room noise is below, a quiet speaker above
constexpr double floor_ratio = 1.8;  // speech stands out of the noise that was there before

}  // namespace

struct Hearing::Detector {
    Detector() : processing(webrtc::AudioProcessing::Create())
    {
        processing->voice_detection()->Enable(true);
        processing->voice_detection()->set_likelihood(webrtc::VoiceDetection::kModerateLikelihood);
        processing->voice_detection()->set_frame_size_ms(frame_ms);
        audio.sample_rate_hz_ = input_rate;
        audio.samples_per_channel_ = frame_samples;
        audio.num_channels_ = 1;
    }

    std::unique_ptr<webrtc::AudioProcessing> processing;
    webrtc::AudioFrame audio;
    double noise_floor = 0;
};

Hearing::Hearing(const HearingOptions &options) : options_(options), detector_(std::make_unique<Detector>())
{
    pending_.reserve(frame_samples);
}

Hearing::~Hearing() = default;

bool Hearing::is_voiced(std::span<const int16_t> samples)
{
    double sum = 0;
    double mean = 0;
    for (const int16_t s : samples)
        mean += s;
    mean /= static_cast<double>(samples.size());
    int crossings = 0;
    for (size_t i = 0; i < samples.size(); ++i) {
        const double value = samples[i] - mean;
        sum += value * value;
        if (i > 0 && (samples[i - 1] - mean < 0) != (value < 0))
            ++crossings;
    }
    const double rms = std::sqrt(sum / static_cast<double>(samples.size()));

    std::copy(samples.begin(), samples.end(), detector_->audio.data_);
    detector_->audio.vad_activity_ = webrtc::AudioFrame::kVadUnknown;
    if (detector_->processing->ProcessStream(&detector_->audio) != 0)
        throw std::runtime_error("the voice detector refused a frame");
    const bool voice = detector_->processing->voice_detection()->stream_has_voice();

    double &floor = detector_->noise_floor;
    const bool loud = rms > min_rms && rms > floor * floor_ratio;
    // The floor falls at once and rises by a tenth of a second's worth, so that a pause teaches it and a word does
    // not.
    floor = rms < floor || frames_ == 0 ? std::min(rms, 2000.0)
                                        : floor + (rms - floor) * (loud && voice ? 0.0005 : 0.02);
    return voice && loud;
}

void Hearing::frame(std::vector<HeardSpeech> &found)
{
    const int64_t begin = frames_ * static_cast<int64_t>(frame_samples);
    const int64_t end = begin + static_cast<int64_t>(frame_samples);
    const bool voiced = is_voiced(pending_);
    ++frames_;
    pending_.clear();
    if (!in_speech_) {
        if (voiced) {
            if (voiced_run_ == 0)
                candidate_from_ = begin;
            voiced_run_ += 1 + gap_;
            gap_ = 0;
        } else if (voiced_run_ > 0 && ++gap_ > forgiven_gap) {
            voiced_run_ = 0;
            gap_ = 0;
        }
        if (voiced && voiced_run_ * frame_ms >= options_.start_ms) {
            in_speech_ = true;
            silent_run_ = 0;
            speech_from_ = candidate_from_;
            found.push_back({HeardSpeech::Edge::started, end, speech_from_, 0});
        }
        return;
    }
    silent_run_ = voiced ? 0 : silent_run_ + 1;
    if (silent_run_ * frame_ms >= options_.silence_ms) {
        in_speech_ = false;
        voiced_run_ = 0;
        gap_ = 0;
        const int64_t to = end - silent_run_ * static_cast<int64_t>(frame_samples);
        found.push_back({HeardSpeech::Edge::ended, end, speech_from_, to});
    }
}

void Hearing::feed(std::span<const int16_t> samples, std::vector<HeardSpeech> &found)
{
    while (!samples.empty()) {
        const size_t take = std::min(samples.size(), frame_samples - pending_.size());
        pending_.insert(pending_.end(), samples.begin(), samples.begin() + static_cast<ptrdiff_t>(take));
        samples = samples.subspan(take);
        fed_ += static_cast<int64_t>(take);
        if (pending_.size() == frame_samples)
            frame(found);
    }
}

void Hearing::end_stream(std::vector<HeardSpeech> &found)
{
    pending_.clear();
    voiced_run_ = 0;
    gap_ = 0;
    if (in_speech_) {
        in_speech_ = false;
        const int64_t to = fed_ - silent_run_ * static_cast<int64_t>(frame_samples);
        found.push_back({HeardSpeech::Edge::ended, fed_, speech_from_, std::max(to, speech_from_)});
    }
}

}  // namespace gemlive::emulator
