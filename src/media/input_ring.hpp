#pragma once

#include "media/audio_format.hpp"
#include "media/input_level.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

namespace gemlive::media {

// Pushed frames of one format, mixed down to one channel of 16 bits on the way in: one writer, one reader. `written_` and
// `read_` are each stored (release) by one side and loaded (acquire) by the other, so what was counted is there.
class InputRing {
public:
    InputRing(const AudioFormat &format, int ring_ms)
        : sample_rate_(format.sample_rate), channels_(format.channels), capacity_(frames_in(format.sample_rate, ring_ms)),
          samples_(new int16_t[capacity_])
    {
    }

    // The first frames that there is room for; says how many. Their loudness goes to `level`.
    size_t push(const SampleView &in, InputLevel &level) noexcept
    {
        const uint64_t end = written_.load(std::memory_order_relaxed);
        const size_t used = static_cast<size_t>(end - read_.load(std::memory_order_acquire));
        const size_t taken = std::min(in.frames(), capacity_ - used);
        const size_t at = static_cast<size_t>(end % capacity_);
        const size_t before_wrap = std::min(taken, capacity_ - at);
        const size_t after_wrap = taken - before_wrap;
        const std::span first(samples_.get() + at, before_wrap);
        const std::span second(samples_.get(), after_wrap);
        downmix(in.part(0, before_wrap), channels_, first);
        downmix(in.part(before_wrap, after_wrap), channels_, second);
        level.add(first, sample_rate_);
        level.add(second, sample_rate_);
        written_.store(end + taken, std::memory_order_release);
        return taken;
    }

    // The oldest frames that lie together in memory. take() gives their room back.
    std::span<const int16_t> front() const noexcept
    {
        const uint64_t begin = read_.load(std::memory_order_relaxed);
        const size_t used = static_cast<size_t>(written_.load(std::memory_order_acquire) - begin);
        const size_t at = static_cast<size_t>(begin % capacity_);
        return {samples_.get() + at, std::min(used, capacity_ - at)};
    }

    void take(size_t frames) noexcept
    {
        read_.store(read_.load(std::memory_order_relaxed) + frames, std::memory_order_release);
    }

    uint64_t written() const noexcept { return written_.load(std::memory_order_acquire); }
    uint64_t read() const noexcept { return read_.load(std::memory_order_acquire); }
    // `read_` first: it never passes what is loaded of `written_` after it.
    size_t waiting_frames() const noexcept
    {
        const uint64_t begin = read();
        return static_cast<size_t>(written() - begin);
    }
    size_t free_frames() const noexcept { return capacity_ - std::min(capacity_, waiting_frames()); }

private:
    static size_t frames_in(int sample_rate, int ms) noexcept
    {
        return std::max<size_t>(1, static_cast<size_t>(sample_rate) * static_cast<size_t>(ms) / 1000);
    }

    const int sample_rate_;
    const int channels_;
    const size_t capacity_;
    const std::unique_ptr<int16_t[]> samples_;
    alignas(64) std::atomic<uint64_t> written_{0};
    alignas(64) std::atomic<uint64_t> read_{0};
};

}  // namespace gemlive::media
