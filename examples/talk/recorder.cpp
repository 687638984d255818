#include "recorder.hpp"

#include <samplerate.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gemlive::talk {
namespace {

// Pushed audio comes from another thread and may be a little late; the file stays that far behind the playout.
constexpr int64_t held_back_ms = 300;
// `pace: none` runs ahead of the clock; past this it is not recorded, but counted.
constexpr int64_t left_bound_ms = 600'000;

std::vector<float> to_mono(const Samples &samples, int channels)
{
    std::vector<float> mono;
    std::visit(
        [&](const auto &values) {
            using Value = typename std::decay_t<decltype(values)>::value_type;
            constexpr float scale = std::is_same_v<Value, int16_t> ? 1.0F / 32768.0F : 1.0F;
            const auto width = static_cast<size_t>(channels);
            mono.reserve(values.size() / width);
            for (size_t at = 0; at + width <= values.size(); at += width) {
                float sum = 0;
                for (size_t channel = 0; channel < width; ++channel) {
                    sum += static_cast<float>(values[at + channel]);
                }
                mono.push_back(sum * scale / static_cast<float>(channels));
            }
        },
        samples);
    return mono;
}

int16_t to_s16(float value)
{
    const float scaled = std::nearbyint(std::clamp(value, -1.0F, 1.0F) * 32767.0F);
    return static_cast<int16_t>(scaled);
}

}  // namespace

Recorder::Recorder(const std::filesystem::path &path, int rate, Time start)
    : writer_(path, rate, 2), rate_(rate), start_(start), resampler_(nullptr, src_delete)
{
    int error = 0;
    resampler_.reset(src_new(SRC_SINC_FASTEST, 1, &error));
    if (!resampler_) {
        throw std::runtime_error(std::string("no resampler: ") + src_strerror(error));
    }
}

Recorder::~Recorder() = default;

void Recorder::begin_left(int rate, int channels)
{
    std::lock_guard lock(mutex_);
    src_reset(resampler_.get());
    ratio_ = static_cast<double>(rate_) / rate;
    left_channels_ = channels;
    const std::chrono::duration<double> since_start = std::chrono::steady_clock::now() - start_;
    left_end_ = std::max(left_end_, static_cast<int64_t>(since_start.count() * rate_));
}

void Recorder::left(const Samples &samples)
{
    const std::vector<float> mono = to_mono(samples, left_channels_);
    std::lock_guard lock(mutex_);
    resample(mono, false);
}

void Recorder::resample(std::span<const float> mono, bool end)
{
    std::vector<float> out(static_cast<size_t>(std::ceil(static_cast<double>(mono.size()) * ratio_)) + 256);
    SRC_DATA data = {};
    data.data_in = mono.data();
    data.input_frames = static_cast<long>(mono.size());
    data.src_ratio = ratio_;
    data.end_of_input = end ? 1 : 0;
    do {
        data.data_out = out.data();
        data.output_frames = static_cast<long>(out.size());
        if (src_process(resampler_.get(), &data) != 0) {
            dropped_ += static_cast<uint64_t>(data.input_frames);
            return;
        }
        left_end_ = std::max(left_end_, written_);
        const int64_t room = left_bound_ms * rate_ / 1000 - (left_end_ - written_);
        const int64_t taken = std::clamp<int64_t>(room, 0, data.output_frames_gen);
        left_.resize(static_cast<size_t>(left_end_ - written_), 0);
        std::transform(out.begin(), out.begin() + taken, std::back_inserter(left_), to_s16);
        dropped_ += static_cast<uint64_t>(data.output_frames_gen - taken);
        left_end_ += taken;
        data.data_in += data.input_frames_used;
        data.input_frames -= data.input_frames_used;
    } while (data.input_frames > 0 && (data.input_frames_used > 0 || data.output_frames_gen > 0));
}

void Recorder::right(std::span<const int16_t> samples)
{
    std::lock_guard lock(mutex_);
    right_.insert(right_.end(), samples.begin(), samples.end());
    write_until(written_ + static_cast<int64_t>(right_.size()) - held_back_ms * rate_ / 1000);
}

void Recorder::write_until(int64_t frame)
{
    if (frame <= written_) {
        return;
    }
    const auto count = static_cast<size_t>(frame - written_);
    std::vector<int16_t> both(2 * count, 0);
    const auto take = [count, &both](std::deque<int16_t> &side, size_t offset) {
        const size_t have = std::min(count, side.size());
        for (size_t at = 0; at < have; ++at) {
            both[2 * at + offset] = side[at];
        }
        side.erase(side.begin(), side.begin() + static_cast<std::ptrdiff_t>(have));
    };
    take(left_, 0);
    take(right_, 1);
    writer_.write(both);
    written_ = frame;
}

void Recorder::finish()
{
    std::lock_guard lock(mutex_);
    resample({}, true);
    write_until(written_ + static_cast<int64_t>(std::max(left_.size(), right_.size())));
}

bool Recorder::good() const
{
    std::lock_guard lock(mutex_);
    return writer_.good();
}

uint64_t Recorder::dropped() const
{
    std::lock_guard lock(mutex_);
    return dropped_;
}

}  // namespace gemlive::talk
