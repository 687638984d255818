#include "media/resampler.hpp"

#include "media/audio_format.hpp"
#include "resampler_kernel.hpp"

#include <algorithm>

namespace gemlive::media {
namespace {

std::unique_ptr<ResamplerKernel> make_kernel(int in_rate, int out_rate, ResamplerQuality quality)
{
    if (in_rate == out_rate) {
        return nullptr;
    }
    if (quality == ResamplerQuality::standard) {
        if (auto kernel = make_polyphase_kernel(in_rate, out_rate)) {
            return kernel;
        }
    }
    return make_samplerate_kernel(in_rate, out_rate, quality);
}

void copy(std::span<const float> in, std::span<float> out) noexcept
{
    std::copy(in.begin(), in.end(), out.begin());
}

void copy(std::span<const int16_t> in, std::span<float> out) noexcept
{
    to_float(in, out);
}

}  // namespace

Resampler::Resampler(int in_rate, int out_rate, ResamplerQuality quality)
    : in_rate_(in_rate), out_rate_(out_rate), kernel_(make_kernel(in_rate, out_rate, quality))
{
}

Resampler::~Resampler() = default;
Resampler::Resampler(Resampler &&) noexcept = default;
Resampler &Resampler::operator=(Resampler &&) noexcept = default;

uint64_t Resampler::expected() const noexcept
{
    const uint64_t in = static_cast<uint64_t>(in_rate_);
    return (in_total_ * static_cast<uint64_t>(out_rate_) + in / 2) / in;
}

size_t Resampler::pending() const noexcept
{
    const uint64_t all = expected();
    return all > out_total_ ? static_cast<size_t>(all - out_total_) : 0;
}

double Resampler::pending_input() const noexcept
{
    const uint64_t out_time = out_total_ * static_cast<uint64_t>(in_rate_);
    const uint64_t in_time = in_total_ * static_cast<uint64_t>(out_rate_);
    return in_time > out_time ? static_cast<double>(in_time - out_time) / out_rate_ : 0.0;
}

double Resampler::delay() const noexcept
{
    return kernel_ ? kernel_->delay() : 0.0;
}

void Resampler::process(std::span<const float> in, std::vector<float> &out)
{
    process_samples(in, out);
}

void Resampler::process(std::span<const int16_t> in, std::vector<float> &out)
{
    process_samples(in, out);
}

template <typename Sample>
void Resampler::process_samples(std::span<const Sample> in, std::vector<float> &out)
{
    if (in.empty()) {
        return;
    }
    in_total_ += in.size();
    copy(in.last(1), {&last_in_, 1});
    if (!kernel_) {
        out.resize(out.size() + in.size());
        copy(in, std::span(out).last(in.size()));
        out_total_ += in.size();
        return;
    }
    while (!in.empty()) {
        const std::span<float> room = kernel_->room(in.size());
        copy(in.first(room.size()), room);
        kernel_->commit(room.size());
        in = in.subspan(room.size());
        size_t asked;
        size_t made;
        do {
            const size_t before = out.size();
            asked = room.size() * static_cast<size_t>(out_rate_) / static_cast<size_t>(in_rate_) + 2;
            out.resize(before + asked);
            made = kernel_->make(std::span(out).subspan(before));
            const auto begin = out.begin() + static_cast<ptrdiff_t>(before);
            const size_t repeated = std::min(already_out_, made);
            const auto end = std::copy(begin + static_cast<ptrdiff_t>(repeated),
                                       begin + static_cast<ptrdiff_t>(made), begin);
            out.erase(end, out.end());
            already_out_ -= repeated;
            out_total_ += made - repeated;
        } while (made == asked);
    }
}

void Resampler::settle(std::vector<float> &out)
{
    const size_t missing = pending();
    if (missing == 0) {
        return;
    }
    out.resize(out.size() + missing);
    kernel_->look_ahead(last_in_, already_out_, std::span(out).last(missing));
    out_total_ += missing;
    already_out_ += missing;
}

void Resampler::flush(std::vector<float> &out)
{
    settle(out);
    reset();
}

void Resampler::reset() noexcept
{
    if (kernel_) {
        kernel_->reset();
    }
    in_total_ = 0;
    out_total_ = 0;
    already_out_ = 0;
    last_in_ = 0;
}

size_t Resampler::make(std::span<float> out) noexcept
{
    const size_t made = kernel_ && !out.empty() ? kernel_->make(out) : 0;
    out_total_ += made;
    return made;
}

// What makes the samples of `out`, or the first of them. Without a kernel that is `out` itself.
std::span<float> Resampler::room_for(std::span<float> out) noexcept
{
    if (!kernel_) {
        return out;
    }
    const size_t share = out.size() * static_cast<size_t>(in_rate_) / static_cast<size_t>(out_rate_);
    return kernel_->room(std::max<size_t>(share, 1));
}

size_t Resampler::commit(size_t given, std::span<float> out) noexcept
{
    in_total_ += given;
    if (!kernel_) {
        out_total_ += given;
        return given;
    }
    kernel_->commit(given);
    return make(out);
}

size_t Resampler::pull_rest(std::span<float> out) noexcept
{
    out = out.first(std::min(out.size(), pending()));
    const uint64_t real_input = in_total_;
    const auto silence = [](std::span<float> room) noexcept {
        std::fill(room.begin(), room.end(), 0.0F);
        return room.size();
    };
    const size_t made = pull(out, silence);
    in_total_ = real_input;
    return made;
}

}  // namespace gemlive::media
