#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gemlive::emulator {

constexpr int input_rate = 16000;

struct HearingOptions {
    int start_ms = 100;    // speech lasts this long before its start is committed
    int silence_ms = 600;  // silence lasts this long before its end is committed
};

struct HeardSpeech {
    enum class Edge { started, ended };
    Edge edge;
    int64_t at;    // the sample with which it was decided, counted from the first one fed
    int64_t from;  // where the speech began
    int64_t to;    // where it ended; only with `ended`
};

// Finds speech in a stream. Decisions depend on the samples only, so the same input is heard the same way every
// time.
class Hearing {
public:
    explicit Hearing(const HearingOptions &options);
    ~Hearing();

    // Any number of samples at input_rate. What was found is appended to `found`, in order.
    void feed(std::span<const int16_t> samples, std::vector<HeardSpeech> &found);

    // The microphone was closed: speech that is open ends now.
    void end_stream(std::vector<HeardSpeech> &found);

    bool in_speech() const noexcept { return in_speech_; }
    int64_t fed() const noexcept { return fed_; }

private:
    void frame(std::vector<HeardSpeech> &found);
    bool is_voiced(std::span<const int16_t> frame);

    struct Detector;
    HearingOptions options_;
    std::unique_ptr<Detector> detector_;
    std::vector<int16_t> pending_;  // less than one frame
    int64_t fed_ = 0;
    int64_t frames_ = 0;
    bool in_speech_ = false;
    int voiced_run_ = 0;  // voiced frames, with short gaps forgiven
    int gap_ = 0;
    int silent_run_ = 0;
    int64_t speech_from_ = 0;
    int64_t candidate_from_ = 0;
};

}  // namespace gemlive::emulator
