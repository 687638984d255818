#include "media/input_stream.hpp"

#include "call_epoch.hpp"
#include "capture_chain.hpp"
#include "capture_stream.hpp"
#include "room_signal.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace gemlive::media {
namespace {

constexpr size_t max_streams = 16;
constexpr InputMark newest{std::numeric_limits<uint32_t>::max(), std::numeric_limits<uint64_t>::max()};

}  // namespace

InputStream::InputStream(const Settings &settings)
    : settings_(settings), pusher_(std::make_unique<CallEpoch>()), room_(std::make_unique<RoomSignal>()),
      chain_(std::make_unique<CaptureChain>())
{
    chain_->detect_voice(settings.detect_voice);
    streams_.push_back(std::make_unique<CaptureStream>(settings.format, settings.ring_ms, settings.quality));
    oldest_ = streams_.back().get();
    current_.store(oldest_, std::memory_order_seq_cst);
}

InputStream::~InputStream() = default;

size_t InputStream::push(const SampleView &samples) noexcept
{
    if (is_muted()) {
        return samples.frames();
    }
    pusher_->enter();
    CaptureStream &stream = *current_.load(std::memory_order_seq_cst);
    const size_t taken = samples.fits(stream.format.channels) ? stream.ring.push(samples, level_) : 0;
    const int64_t rate = stream.format.sample_rate;
    pusher_->leave();
    block_.store(static_cast<Clock::rep>(samples.frames()) * Clock::period::den / rate, std::memory_order_relaxed);
    last_push_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
    accepted_.fetch_add(taken, std::memory_order_relaxed);
    if (taken != samples.frames()) {
        refused_.fetch_add(samples.frames() - taken, std::memory_order_relaxed);
    }
    return taken;
}

bool InputStream::fits(const SampleView &samples) noexcept
{
    if (!samples.is_planar()) {
        return true;
    }
    pusher_->enter();
    const bool fits = samples.fits(current_.load(std::memory_order_seq_cst)->format.channels);
    pusher_->leave();
    return fits;
}

InputStream::Pace InputStream::pace() const noexcept
{
    return {Clock::time_point(Clock::duration(last_push_.load(std::memory_order_relaxed))),
            Clock::duration(block_.load(std::memory_order_relaxed))};
}

Level InputStream::level() const noexcept
{
    constexpr Clock::duration stopped = std::chrono::milliseconds(250);
    const Pace last = pace();
    return is_muted() || Clock::now() > last.last_push + last.block + stopped ? Level{} : level_.read();
}

Status InputStream::set_format(const AudioFormat &format)
{
    if (!format.valid()) {
        return Status::invalid_argument;
    }
    if (format == this->format()) {
        return Status::ok;
    }
    // Outside of the lock: a filter for an odd ratio takes milliseconds.
    auto next = std::make_unique<CaptureStream>(format, settings_.ring_ms, settings_.quality);
    std::lock_guard lock(mutex_);
    CaptureStream &old = *streams_.back();
    if (old.format == format) {
        return Status::ok;
    }
    if (streams_.size() >= max_streams) {
        return Status::would_block;
    }
    next->number = old.number + 1;
    streams_.push_back(std::move(next));
    current_.store(streams_.back().get(), std::memory_order_seq_cst);
    old.replaced_at = pusher_->now();
    return Status::ok;
}

AudioFormat InputStream::format() const
{
    std::lock_guard lock(mutex_);
    return streams_.back()->format;
}

InputMark InputStream::position() const
{
    std::lock_guard lock(mutex_);
    return {streams_.back()->number, streams_.back()->ring.written()};
}

size_t InputStream::free_frames() const
{
    std::lock_guard lock(mutex_);
    return streams_.back()->ring.free_frames();
}

size_t InputStream::waiting_frames() const
{
    std::lock_guard lock(mutex_);
    size_t waiting = 0;
    for (const auto &stream : streams_) {
        waiting += stream->ring.waiting_frames();
    }
    return waiting;
}

void InputStream::announce_waiter() noexcept
{
    room_->announce_waiter();
}

const std::atomic<uint32_t> &InputStream::space_sequence() const noexcept
{
    return room_->sequence();
}

void InputStream::set_space_callback(std::function<void()> callback)
{
    room_->set_callback(std::move(callback));
}

// Everything up to the mark goes into the chain; between two streams the end of the older one.
void InputStream::consume(const InputMark &until)
{
    bool made_room = false;
    for (;;) {
        CaptureStream &stream = *oldest_;
        if (stream.number > until.stream) {
            break;
        }
        const uint64_t end = stream.number < until.stream ? newest.frames : until.frames;
        for (auto block = stream.ring.front(); !block.empty() && stream.ring.read() < end;
             block = stream.ring.front()) {
            const auto wanted = static_cast<size_t>(std::min<uint64_t>(block.size(), end - stream.ring.read()));
            chain_->add(stream.resampler, block.first(wanted));
            stream.ring.take(wanted);
            made_room = true;
        }
        if (stream.number == until.stream || !is_over(stream)) {
            break;
        }
        chain_->flush(stream.resampler);
        free_oldest();
        made_room = true;
    }
    if (made_room) {
        room_->made_room();
    }
}

// Nothing more can come in it. The pusher is looked at first: what it wrote before it left is then seen in the
// ring.
bool InputStream::is_over(const CaptureStream &stream) const
{
    std::lock_guard lock(mutex_);
    return stream.replaced_at && pusher_->left_since(*stream.replaced_at) && stream.ring.front().empty();
}

void InputStream::free_oldest()
{
    std::unique_ptr<CaptureStream> over;  // freed after the lock
    std::lock_guard lock(mutex_);
    over = std::move(streams_.front());
    streams_.pop_front();
    oldest_ = streams_.front().get();
}

std::span<const int16_t> InputStream::take()
{
    return take(newest);
}

std::span<const int16_t> InputStream::take(const InputMark &until)
{
    consume(until);
    return chain_->take(Clock::now());
}

std::span<const int16_t> InputStream::settle()
{
    chain_->settle(oldest_->resampler);
    return chain_->take(Clock::now());
}

std::span<const int16_t> InputStream::flush()
{
    consume(newest);
    chain_->flush(oldest_->resampler);
    return chain_->take(Clock::now());
}

void InputStream::detect_voice(bool on) noexcept
{
    if (!on) {
        interrupt_voice();
    }
    chain_->detect_voice(on);
}

std::vector<VoiceDetector::Change> InputStream::take_voice_changes()
{
    return chain_->voice().take_changes();
}

VoiceDetector &InputStream::detector() noexcept
{
    return chain_->voice();
}

std::optional<Clock::time_point> InputStream::last_voice() const noexcept
{
    return chain_->voice().last_voice();
}

uint64_t InputStream::samples_out() const noexcept
{
    return chain_->samples_taken();
}

}  // namespace gemlive::media
