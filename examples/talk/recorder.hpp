#pragma once

#include "stop.hpp"
#include "wav.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct SRC_STATE_tag;

namespace gemlive::talk {

// A stereo file of both sides as they were at the same time: left what was pushed, right what was pulled.
class Recorder {
public:
    Recorder(const std::filesystem::path &path, int rate, Time start);
    ~Recorder();

    // A stretch of pushed audio that runs on without gaps begins.
    void begin_left(int rate, int channels);
    void left(const Samples &samples);

    // The next samples of the playout; `start` of the constructor is when the first were pulled.
    void right(std::span<const int16_t> samples);

    // Writes what is still held back. No more samples after it.
    void finish();

    bool good() const;
    const std::string &name() const { return writer_.name(); }

    // Frames of the left side that found no room.
    uint64_t dropped() const;

private:
    void resample(std::span<const float> mono, bool end);
    void write_until(int64_t frame);

    mutable std::mutex mutex_;
    WavWriter writer_;
    const int rate_;
    const Time start_;
    std::unique_ptr<SRC_STATE_tag, SRC_STATE_tag *(*)(SRC_STATE_tag *)> resampler_;
    double ratio_ = 1.0;
    int left_channels_ = 1;
    int64_t written_ = 0;       // frames in the file
    int64_t left_end_ = 0;      // where the next left sample belongs
    std::deque<int16_t> left_;  // from written_ on
    std::deque<int16_t> right_;
    uint64_t dropped_ = 0;
};

}  // namespace gemlive::talk
