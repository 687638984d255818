#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gemlive::media {

enum class ResamplerQuality { standard, high };

class ResamplerKernel;

// One mono stream from one rate to another. The output is aligned with the input: output sample n belongs to the
// time n / out_rate, so a few output samples wait for the input after them, at most delay(); settle() and flush()
// give them out. However the input is cut, the output is the same to the last bit. Equal rates pass every sample
// unchanged and need no memory.
//
// The ratios that sound devices use run on a filter of ours, every other ratio and the quality `high` on
// libsamplerate. The first stops what the output cannot hold, and its images, by more than 90 dB.
class Resampler {
public:
    Resampler(int in_rate, int out_rate, ResamplerQuality quality = ResamplerQuality::standard);
    ~Resampler();
    Resampler(Resampler &&) noexcept;
    Resampler &operator=(Resampler &&) noexcept;

    int in_rate() const noexcept { return in_rate_; }
    int out_rate() const noexcept { return out_rate_; }

    // Appends to `out`, which grows only while its capacity is still too small.
    void process(std::span<const float> in, std::vector<float> &out);
    void process(std::span<const int16_t> in, std::vector<float> &out);

    // Appends what is still waiting, computed as if the input stayed at its last value, so that exactly
    // round(input * out_rate / in_rate) samples are out. The stream can go on after it without a seam.
    void settle(std::vector<float> &out);

    // settle(), then the next input starts a new stream.
    void flush(std::vector<float> &out);

    void reset() noexcept;

    // Output samples that the input so far stands for and that are not out yet.
    size_t pending() const noexcept;
    // The input samples that no output stands for yet; a part of one too.
    double pending_input() const noexcept;
    // The most that pending_input() can be.
    double delay() const noexcept;

    // The real-time form, for a Resampler that process() is not used on. Fills `out` and takes from `source`, a
    // size_t(std::span<float>) noexcept that gives what it has, no more than that needs. Returns less than asked
    // when the source gives 0.
    template <typename Source>
    size_t pull(std::span<float> out, Source &&source) noexcept
    {
        size_t made = make(out);
        while (made < out.size()) {
            const std::span<float> room = room_for(out.subspan(made));
            const size_t given = source(room);
            if (given == 0) {
                break;
            }
            made += commit(given, out.subspan(made));
        }
        return made;
    }

    // The real-time form of flush: at most pending() samples, the input being silent from here on. reset() after
    // it.
    size_t pull_rest(std::span<float> out) noexcept;

private:
    template <typename Sample>
    void process_samples(std::span<const Sample> in, std::vector<float> &out);
    uint64_t expected() const noexcept;
    size_t make(std::span<float> out) noexcept;
    std::span<float> room_for(std::span<float> out) noexcept;
    size_t commit(size_t given, std::span<float> out) noexcept;

    int in_rate_;
    int out_rate_;
    std::unique_ptr<ResamplerKernel> kernel_;  // none: equal rates
    uint64_t in_total_ = 0;
    uint64_t out_total_ = 0;
    size_t already_out_ = 0;  // what settle() gave out before the kernel did
    float last_in_ = 0;
};

}  // namespace gemlive::media
