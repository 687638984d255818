#include "push.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace gemlive::talk {
namespace {

// A write that waits for room looks this often whether it is still wanted.
constexpr int64_t write_slice_ms = 200;
constexpr const char *already_pushing = "an audio push is running; wait for its end, or close";

size_t frames_of(const Samples &samples, int channels)
{
    return std::visit([channels](const auto &values) { return values.size() / static_cast<size_t>(channels); },
                      samples);
}

// Above -40 dBFS somewhere.
bool is_loud(const Samples &samples)
{
    return std::visit(
        [](const auto &values) {
            using Value = typename std::decay_t<decltype(values)>::value_type;
            const auto threshold = static_cast<Value>(std::is_same_v<Value, int16_t> ? 328.0 : 0.01);
            return std::any_of(values.begin(), values.end(),
                               [threshold](Value value) { return value > threshold || value < -threshold; });
        },
        samples);
}

}  // namespace

AudioIn::AudioIn(gemlive_session *session, std::stop_token stop, Recorder *recorder)
    : session_(session), program_stop_(std::move(stop)), recorder_(recorder)
{
}

AudioIn::~AudioIn()
{
    stop();
    join();
}

bool AudioIn::begin()
{
    std::lock_guard lock(mutex_);
    return !std::exchange(busy_, true);
}

void AudioIn::end()
{
    std::lock_guard lock(mutex_);
    busy_ = false;
}

Result AudioIn::push_file(const PushFile &request)
{
    if (!begin()) {
        return {GEMLIVE_ERROR_INVALID_STATE, already_pushing};
    }
    Result result;
    try {
        WavReader reader(request.path, request.from_ms, request.to_ms);
        result = run(
            reader.rate(), reader.channels(), request.paced, request.chunk_ms,
            [&reader](size_t frames) { return reader.read(frames); }, program_stop_);
    } catch (const std::exception &error) {
        result = invalid_argument(error.what());
    }
    end();
    return result;
}

Result AudioIn::push_silence(int64_t ms, bool paced)
{
    if (!begin()) {
        return {GEMLIVE_ERROR_INVALID_STATE, already_pushing};
    }
    // In the format that is in force: a change of format would cost the resampler its history.
    int64_t left = ms * rate_ / 1000;
    const int channels = channels_;
    const auto next = [&left, channels](size_t frames) -> Samples {
        const int64_t count = std::min<int64_t>(left, static_cast<int64_t>(frames));
        left -= count;
        return std::vector<int16_t>(static_cast<size_t>(count * channels), 0);
    };
    constexpr int chunk_ms = 20;
    const Result result = run(rate_, channels_, paced, chunk_ms, next, program_stop_);
    end();
    return result;
}

Result AudioIn::push_in_background(const PushFile &request, std::function<void(const Result &)> done)
{
    if (!begin()) {
        return {GEMLIVE_ERROR_INVALID_STATE, already_pushing};
    }
    std::shared_ptr<WavReader> reader;
    try {
        reader = std::make_shared<WavReader>(request.path, request.from_ms, request.to_ms);
    } catch (const std::exception &error) {
        end();
        return invalid_argument(error.what());
    }
    // The one before has ended, or begin() would have refused; its thread may still have to be joined.
    background_ = std::jthread([this, reader, request, done = std::move(done)](std::stop_token stop) {
        std::stop_source either;
        const auto stop_both = [&either] { either.request_stop(); };
        std::stop_callback on_close(stop, stop_both);
        std::stop_callback on_program_stop(program_stop_, stop_both);
        Result result = run(
            reader->rate(), reader->channels(), request.paced, request.chunk_ms,
            [&reader](size_t frames) { return reader->read(frames); }, either.get_token());
        if (stop.stop_requested()) {
            result.status = GEMLIVE_OK;
        }
        end();
        done(result);
    });
    return {};
}

void AudioIn::stop()
{
    background_.request_stop();
}

void AudioIn::join()
{
    if (background_.joinable()) {
        background_.join();
    }
}

Result AudioIn::run(int rate, int channels, bool paced, int chunk_ms, const std::function<Samples(size_t)> &next,
                    std::stop_token stop)
{
    if (rate != rate_ || channels != channels_) {
        const Result result = result_of(gemlive_session_set_input_format(session_, rate, channels));
        if (!result.ok()) {
            return result;
        }
        rate_ = rate;
        channels_ = channels;
    }
    if (recorder_ != nullptr) {
        recorder_->begin_left(rate, channels);
    }
    const Schedule schedule(std::chrono::steady_clock::now(), rate);
    Result result;
    int64_t read = 0;
    size_t placed = 0;
    for (int64_t chunk = 1; result.ok(); ++chunk) {
        const Samples samples = next(static_cast<size_t>(rate * chunk * chunk_ms / 1000 - read));
        const size_t frames = frames_of(samples, channels);
        if (frames == 0) {
            break;
        }
        read += static_cast<int64_t>(frames);
        if (stop.stop_requested() || (paced && !sleep_until(schedule.at(read), stop))) {
            result = {GEMLIVE_ERROR_CANCELLED, "stopped before the end of the audio"};
        } else {
            result = write(samples, stop, placed);
        }
    }
    result.fields["frames"] = placed;
    return result;
}

Result AudioIn::write(const Samples &samples, std::stop_token stop, size_t &placed)
{
    if (recorder_ != nullptr) {
        recorder_->left(samples);
    }
    const size_t frames = frames_of(samples, channels_);
    size_t done = 0;
    while (done < frames) {
        size_t accepted = 0;
        const size_t offset = done * static_cast<size_t>(channels_);
        gemlive_status status = GEMLIVE_OK;
        if (const auto *narrow = std::get_if<std::vector<int16_t>>(&samples)) {
            status = gemlive_session_write_audio_s16(session_, narrow->data() + offset, frames - done,
                                                     write_slice_ms, &accepted);
        } else {
            const auto &wide = std::get<std::vector<float>>(samples);
            status = gemlive_session_write_audio_f32(session_, wide.data() + offset, frames - done, write_slice_ms,
                                                     &accepted);
        }
        const Result result = result_of(status);
        done += accepted;
        placed += accepted;
        if (!result.ok() && status != GEMLIVE_ERROR_TIMEOUT) {
            return result;
        }
        if (done < frames && stop.stop_requested()) {
            return {GEMLIVE_ERROR_CANCELLED, "stopped before the end of the audio"};
        }
    }
    if (on_loud_ && is_loud(samples)) {
        on_loud_(std::chrono::steady_clock::now());
    }
    return {};
}

}  // namespace gemlive::talk
