#include "media/resampler.hpp"

#include "resampler_kernel.hpp"

#include <algorithm>

namespace gemlive::media {

Resampler::Resampler(int in_rate, int out_rate, ResamplerQuality quality) : in_rate_(in_rate), out_rate_(out_rate)
{
    if (in_rate != out_rate) {
        kernel_ = make_samplerate_kernel(in_rate, out_rate, quality);
    }
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

void Resampler::process(std::span<const float> in, std::vector<float> &out)
{
    if (in.empty()) {
        return;
    }
    in_total_ += in.size();
    last_in_ = in.back();
    if (!kernel_) {
        out.insert(out.end(), in.begin(), in.end());
        out_total_ += in.size();
        return;
    }
    while (!in.empty()) {
        const size_t old_size = out.size();
        const size_t share = in.size() * static_cast<size_t>(out_rate_) / static_cast<size_t>(in_rate_);
        out.resize(old_size + share + block_size);
        const auto moved = kernel_->convert(in, std::span(out).subspan(old_size));
        in = in.subspan(moved.consumed);
        out.resize(old_size + moved.produced);
        const size_t repeated = std::min(already_out_, moved.produced);
        out.erase(out.begin() + static_cast<ptrdiff_t>(old_size),
                  out.begin() + static_cast<ptrdiff_t>(old_size + repeated));
        already_out_ -= repeated;
        out_total_ += moved.produced - repeated;
        if (moved.consumed == 0 && moved.produced == 0) {
            return;
        }
    }
}

void Resampler::settle(std::vector<float> &out)
{
    const size_t missing = pending();
    if (missing == 0) {
        return;
    }
    const auto ahead = kernel_->clone();
    std::array<float, block_size> held;
    held.fill(last_in_);
    std::array<float, block_size> made;
    size_t repeated = already_out_;
    size_t added = 0;
    size_t idle_rounds = 0;
    std::span<const float> left;
    // No filter looks further ahead than this many blocks; without the limit a fault in one would be an endless
    // loop.
    for (constexpr size_t most_idle_rounds = 4096; added < missing && idle_rounds < most_idle_rounds;) {
        if (left.empty()) {
            left = held;
        }
        const auto moved = ahead->convert(left, made);
        left = left.subspan(moved.consumed);
        idle_rounds = moved.produced == 0 ? idle_rounds + 1 : 0;
        const size_t skipped = std::min(repeated, moved.produced);
        repeated -= skipped;
        const size_t taken = std::min(moved.produced - skipped, missing - added);
        const auto first = made.begin() + static_cast<ptrdiff_t>(skipped);
        out.insert(out.end(), first, first + static_cast<ptrdiff_t>(taken));
        added += taken;
    }
    out.resize(out.size() + missing - added, last_in_);
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
    block_begin_ = 0;
    block_end_ = 0;
}

std::span<float> Resampler::wanted_block(size_t missing) noexcept
{
    const size_t share = missing * static_cast<size_t>(in_rate_) / static_cast<size_t>(out_rate_);
    return std::span(block_).first(std::clamp<size_t>(share, 1, block_size));
}

void Resampler::give(std::span<const float> in) noexcept
{
    in_total_ += in.size();
    block_begin_ = 0;
    block_end_ = in.size();
}

size_t Resampler::take_ready(std::span<float> out) noexcept
{
    if (out.empty()) {
        return 0;
    }
    const auto in = std::span<const float>(block_).subspan(block_begin_, block_end_ - block_begin_);
    size_t made = 0;
    if (kernel_) {
        const auto moved = kernel_->convert(in, out);
        block_begin_ += moved.consumed;
        made = moved.produced;
    } else {
        made = std::min(in.size(), out.size());
        std::copy_n(in.begin(), made, out.begin());
        block_begin_ += made;
    }
    out_total_ += made;
    return made;
}

size_t Resampler::drain(std::span<float> out) noexcept
{
    out = out.first(std::min(out.size(), pending()));
    const uint64_t real_input = in_total_;
    const auto silence = [](std::span<float> block) noexcept {
        std::fill(block.begin(), block.end(), 0.0F);
        return block.size();
    };
    const size_t made = pull(out, silence);
    in_total_ = real_input;
    return made;
}

}  // namespace gemlive::media
