#include "media/input_stream.hpp"

#include "input_ring.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace gemlive::media {
namespace {

constexpr size_t most_rings = 16;
constexpr InputMark newest{std::numeric_limits<uint32_t>::max(), std::numeric_limits<uint64_t>::max()};

bool pusher_may_be_in(const InputRing &ring, uint64_t pusher_calls)
{
    return !ring.replaced_at || (*ring.replaced_at % 2 == 1 && *ring.replaced_at == pusher_calls);
}

}  // namespace

InputStream::InputStream(const Settings &settings)
    : settings_(settings), resampler_(settings.format.sample_rate, wire_sample_rate, settings.quality)
{
    rings_.push_back(std::make_unique<InputRing>(1, settings.format, settings.ring_ms));
    current_.store(rings_.back().get(), std::memory_order_seq_cst);
}

InputStream::~InputStream() = default;

template <typename Sample>
size_t InputStream::push(const Sample *samples, size_t frames) noexcept
{
    // Sequentially consistent: either a change of format sees this call, or this call sees the new ring.
    pusher_calls_.fetch_add(1, std::memory_order_seq_cst);
    const size_t taken = current_.load(std::memory_order_seq_cst)->push(samples, frames);
    pusher_calls_.fetch_add(1, std::memory_order_seq_cst);
    accepted_.fetch_add(taken, std::memory_order_relaxed);
    if (taken != frames) {
        refused_.fetch_add(frames - taken, std::memory_order_relaxed);
    }
    return taken;
}

size_t InputStream::push_s16(const int16_t *samples, size_t frames) noexcept
{
    return push(samples, frames);
}

size_t InputStream::push_f32(const float *samples, size_t frames) noexcept
{
    return push(samples, frames);
}

Status InputStream::set_format(const AudioFormat &format)
{
    if (!format.valid()) {
        return Status::invalid_argument;
    }
    std::lock_guard lock(mutex_);
    InputRing &old = *rings_.back();
    if (old.format == format) {
        return Status::ok;
    }
    if (rings_.size() >= most_rings) {
        return Status::would_block;
    }
    rings_.push_back(std::make_unique<InputRing>(old.stream + 1, format, settings_.ring_ms));
    current_.store(rings_.back().get(), std::memory_order_seq_cst);
    old.replaced_at = pusher_calls_.load(std::memory_order_seq_cst);
    return Status::ok;
}

AudioFormat InputStream::format() const
{
    std::lock_guard lock(mutex_);
    return rings_.back()->format;
}

InputMark InputStream::position() const
{
    std::lock_guard lock(mutex_);
    return {rings_.back()->stream, rings_.back()->written()};
}

size_t InputStream::free_frames() const
{
    std::lock_guard lock(mutex_);
    return rings_.back()->free_frames();
}

size_t InputStream::waiting_frames() const
{
    std::lock_guard lock(mutex_);
    size_t waiting = 0;
    for (const auto &ring : rings_) {
        waiting += static_cast<size_t>(ring->written() - ring->read());
    }
    return waiting;
}

void InputStream::set_space_callback(std::function<void()> callback)
{
    std::lock_guard lock(mutex_);
    space_callback_ = std::move(callback);
}

// Hands every block up to the mark to `take`. Between two streams it flushes the filter: the end of the older one.
template <typename Take>
void InputStream::consume(const InputMark &until, Take &&take)
{
    std::unique_lock lock(mutex_);
    bool made_room = false;
    for (;;) {
        InputRing &ring = *rings_.front();
        if (ring.stream > until.stream) {
            break;
        }
        // Asked before the ring is found empty: whatever a pusher wrote before it left is then seen.
        const bool finished = !pusher_may_be_in(ring, pusher_calls_.load(std::memory_order_seq_cst));
        const uint64_t end = ring.stream < until.stream ? newest.frames : until.frames;
        for (auto block = ring.front(); !block.empty() && ring.read() < end; block = ring.front()) {
            const size_t wanted = static_cast<size_t>(std::min<uint64_t>(block.size(), end - ring.read()));
            take(block.first(wanted));
            ring.take(wanted);
            made_room = true;
        }
        if (!finished || ring.stream >= until.stream || !ring.front().empty()) {
            break;
        }
        resampler_.flush(resampled_);
        rings_.pop_front();
        resampler_ = Resampler(rings_.front()->format.sample_rate, wire_sample_rate, settings_.quality);
        made_room = true;
    }
    lock.unlock();
    if (made_room) {
        notify_space();
    }
}

void InputStream::notify_space()
{
    // Pairs with announce_waiter(): the waiter sees the room, or we see the waiter.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (!waiting_.exchange(false, std::memory_order_seq_cst)) {
        return;
    }
    space_sequence_.fetch_add(1, std::memory_order_seq_cst);
    std::function<void()> callback;
    {
        std::lock_guard lock(mutex_);
        callback = space_callback_;
    }
    if (callback) {
        callback();
    }
}

void InputStream::begin_output() noexcept
{
    resampled_.clear();
}

std::span<const int16_t> InputStream::finish_output()
{
    output_.resize(resampled_.size());
    to_s16(resampled_, output_);
    samples_out_ += output_.size();
    return output_;
}

std::span<const int16_t> InputStream::drain()
{
    return drain(newest);
}

std::span<const int16_t> InputStream::drain(const InputMark &until)
{
    begin_output();
    consume(until, [this](std::span<const float> block) { resampler_.process(block, resampled_); });
    return finish_output();
}

std::span<const int16_t> InputStream::settle()
{
    begin_output();
    resampler_.settle(resampled_);
    return finish_output();
}

std::span<const int16_t> InputStream::flush()
{
    begin_output();
    consume(newest, [this](std::span<const float> block) { resampler_.process(block, resampled_); });
    resampler_.flush(resampled_);
    return finish_output();
}

uint64_t InputStream::discard(const InputMark &until)
{
    uint64_t dropped = 0;
    begin_output();
    consume(until, [this, &dropped](std::span<const float> block) {
        dropped += block.size() * static_cast<uint64_t>(wire_sample_rate) /
                   static_cast<uint64_t>(resampler_.in_rate());
    });
    dropped += resampled_.size() + resampler_.pending();
    resampler_.reset();
    return dropped;
}

}  // namespace gemlive::media
