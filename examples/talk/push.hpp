#pragma once

#include "recorder.hpp"
#include "result.hpp"
#include "stop.hpp"
#include "wav.hpp"

#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace gemlive::talk {

// When the frames of a stream are there, if a sound device made them: by the clock, so that nothing adds up.
class Schedule {
public:
    Schedule(Time start, int rate) : start_(start), rate_(rate) {}

    Time at(int64_t frame) const
    {
        return start_ +
               std::chrono::nanoseconds(frame / rate_ * 1'000'000'000 + frame % rate_ * 1'000'000'000 / rate_);
    }

private:
    Time start_;
    int rate_;
};

struct PushFile {
    std::filesystem::path path;
    bool paced = true;
    int chunk_ms = 20;
    int64_t from_ms = 0;
    int64_t to_ms = -1;
};

// What the user says, pushed into the session: from a file or as silence, in real time or as fast as it is taken.
class AudioIn {
public:
    AudioIn(gemlive_session *session, std::stop_token stop, Recorder *recorder);
    ~AudioIn();

    Result push_file(const PushFile &request);
    Result push_silence(int64_t ms, bool paced);

    // Answers once the file is open; `done` is called from the pushing thread after the last chunk.
    Result push_in_background(const PushFile &request, std::function<void(const Result &)> done);

    // Ends a background push; it is no failure.
    void stop();

    // Waits for a background push.
    void join();

    // Called from the pushing thread after each chunk that is louder than a quiet room: the newest time of these
    // is the end of the user's speech.
    void on_loud(std::function<void(Time)> listener) { on_loud_ = std::move(listener); }

private:
    bool begin();
    void end();
    Result run(int rate, int channels, bool paced, int chunk_ms, const std::function<Samples(size_t)> &next,
               std::stop_token stop);
    Result write(const Samples &samples, std::stop_token stop, size_t &placed);

    gemlive_session *session_;
    std::stop_token program_stop_;
    Recorder *recorder_;
    std::mutex mutex_;
    bool busy_ = false;
    int rate_ = 16'000;
    int channels_ = 1;
    std::function<void(Time)> on_loud_;
    std::jthread background_;
};

}  // namespace gemlive::talk
