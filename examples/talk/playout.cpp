#include "playout.hpp"

#include "push.hpp"

#include <limits>
#include <utility>

namespace gemlive::talk {
namespace {

constexpr int64_t block_ms = 10;

}  // namespace

Pulled pull_audio(gemlive_session *session, int rate, int channels, int64_t frames, std::stop_token stop,
                  const std::function<void(std::span<const int16_t>, size_t heard)> &block)
{
    const Schedule schedule(std::chrono::steady_clock::now(), rate);
    std::vector<int16_t> samples;
    Pulled pulled;
    int64_t done = 0;
    for (int64_t number = 1; done < frames && sleep_until(schedule.at(done), stop); ++number) {
        const int64_t end = std::min(frames, rate * number * block_ms / 1000);
        const auto count = static_cast<size_t>(end - done);
        samples.assign(count * static_cast<size_t>(channels), 0);
        size_t heard = 0;
        gemlive_session_read_audio_s16(session, samples.data(), count, &heard);
        done = end;
        pulled.frames += count;
        pulled.heard += heard;
        block(samples, heard);
    }
    return pulled;
}

Playout::Playout(gemlive_session *session, int rate, WavWriter *out, Recorder *recorder)
    : session_(session), rate_(rate), out_(out), recorder_(recorder)
{
}

void Playout::begin()
{
    thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

void Playout::end()
{
    thread_.request_stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Playout::run(std::stop_token stop)
{
    bool sounding = false;
    const auto block = [this, &sounding](std::span<const int16_t> samples, size_t heard) {
        if (heard > 0 && !sounding && on_sound_) {
            on_sound_(std::chrono::steady_clock::now());
        }
        sounding = heard > 0;
        if (out_ != nullptr) {
            out_->write(samples);
        }
        if (recorder_ != nullptr) {
            recorder_->right(samples);
        }
    };
    pull_audio(session_, rate_, 1, std::numeric_limits<int64_t>::max(), std::move(stop), block);
}

}  // namespace gemlive::talk
