#pragma once

#include "recorder.hpp"
#include "result.hpp"
#include "stop.hpp"
#include "wav.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace gemlive::talk {

// Pulls 10 ms blocks by the clock, as a sound device would. `block` gets each of them with how much of it was
// heard.
struct Pulled {
    uint64_t frames = 0;
    uint64_t heard = 0;
};
Pulled pull_audio(gemlive_session *session, int rate, int channels, int64_t frames, std::stop_token stop,
                  const std::function<void(std::span<const int16_t>, size_t heard)> &block);

// The listener's side: pulls the playout from the session's start to its end and writes it as it would have been
// heard.
class Playout {
public:
    // Either file may be absent.
    Playout(gemlive_session *session, int rate, WavWriter *out, Recorder *recorder);

    // Called from the pulling thread when sound follows silence.
    void on_sound(std::function<void(Time)> listener) { on_sound_ = std::move(listener); }

    void begin();
    void end();

private:
    void run(std::stop_token stop);

    gemlive_session *session_;
    int rate_;
    WavWriter *out_;
    Recorder *recorder_;
    std::function<void(Time)> on_sound_;
    std::jthread thread_;
};

}  // namespace gemlive::talk
