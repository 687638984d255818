#pragma once

#include "media/audio_format.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace gemlive::media {

// One stream of pushed frames, mixed down to one channel on the way in: one writer, one reader.
class InputRing {
public:
    InputRing(uint32_t stream, const AudioFormat &format, int ring_ms)
        : stream(stream), format(format),
          capacity_(frames_in(format.sample_rate, ring_ms)), samples_(new float[capacity_])
    {
    }

    template <typename Sample>
    size_t push(const Sample *samples, size_t frames) noexcept
    {
        const uint64_t end = written_.load(std::memory_order_relaxed);
        const size_t used = static_cast<size_t>(end - read_.load(std::memory_order_acquire));
        const size_t taken = std::min(frames, capacity_ - used);
        const size_t at = static_cast<size_t>(end % capacity_);
        const size_t before_wrap = std::min(taken, capacity_ - at);
        downmix(samples, format.channels, {samples_.get() + at, before_wrap});
        downmix(samples + before_wrap * static_cast<size_t>(format.channels), format.channels,
                {samples_.get(), taken - before_wrap});
        written_.store(end + taken, std::memory_order_release);
        return taken;
    }

    // The oldest frames that lie together in memory. take() gives their room back.
    std::span<const float> front() const noexcept
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
    size_t free_frames() const noexcept { return capacity_ - static_cast<size_t>(written() - read()); }

    const uint32_t stream;
    const AudioFormat format;

    // Set when a newer ring took this one's place: pusher_calls_ at that moment. An odd number that has not
    // changed means that the pusher may still be writing here.
    std::optional<uint64_t> replaced_at;

private:
    static size_t frames_in(int sample_rate, int ms) noexcept
    {
        return std::max<size_t>(1, static_cast<size_t>(sample_rate) * static_cast<size_t>(ms) / 1000);
    }

    const size_t capacity_;
    const std::unique_ptr<float[]> samples_;
    alignas(64) std::atomic<uint64_t> written_{0};
    alignas(64) std::atomic<uint64_t> read_{0};
};

}  // namespace gemlive::media
