#include "session/session.hpp"

#include <algorithm>

#include "controller.hpp"
#include "delivery/callback_scope.hpp"
#include "session/shared.hpp"

namespace gemlive::session {
namespace {

// One thread at a time: a second one is told, not made to wait.
class Turnstile {
public:
    explicit Turnstile(std::atomic<bool> &busy) noexcept
        : busy_(busy), entered_(!busy.exchange(true, std::memory_order_acquire))
    {
    }
    ~Turnstile()
    {
        if (entered_) {
            busy_.store(false, std::memory_order_release);
        }
    }
    Turnstile(const Turnstile &) = delete;

    explicit operator bool() const noexcept { return entered_; }

private:
    std::atomic<bool> &busy_;
    const bool entered_;
};

Error checked(Status status, const media::AudioFormat &format)
{
    if (status == Status::invalid_argument) {
        return {status, "sample_rate is " + std::to_string(format.sample_rate) + " and channels " +
                            std::to_string(format.channels) + "; allowed are 1000 to 384000 Hz and 1 to 16 channels"};
    }
    if (status == Status::would_block) {
        return {status, "the input format was changed too often in a moment: try again"};
    }
    return {status, status == Status::ok ? "" : "the format cannot be set"};
}

}  // namespace

Error Session::set_input_format(const media::AudioFormat &format)
{
    return checked(shared_->input.set_format(format), format);
}

Error Session::set_output_format(const media::AudioFormat &format)
{
    Error error = checked(shared_->playout.set_output_format(format), format);
    if (!error) {
        output_channels_.store(format.channels, std::memory_order_relaxed);
    }
    return error;
}

Status Session::mute(bool on) noexcept
{
    const Status refusal = shared_->refusal();
    if (refusal == Status::ok) {
        shared_->input.mute(on);  // A3
    }
    return refusal;
}

Status Session::push_audio(const media::SampleView &samples, size_t &accepted) noexcept
{
    accepted = 0;
    const Turnstile pusher(pushing_);
    if (!pusher) {
        return Status::invalid_state;
    }
    if (const Status refusal = shared_->refusal(); refusal != Status::ok) {
        return refusal;
    }
    if (!shared_->input.fits(samples)) {
        return Status::invalid_argument;
    }
    shared_->blocking_writer.store(false, std::memory_order_relaxed);
    accepted = shared_->input.push(samples);
    if (!shared_->input.is_muted()) {
        shared_->microphone.notify();
    }
    return accepted == samples.frames() ? Status::ok : Status::would_block;
}

Status Session::wait_for_room(uint32_t seen, std::optional<Clock::time_point> deadline)
{
    const auto ready = [&] {
        return shared_->input.space_sequence().load() != seen || shared_->is_closing() || shared_->destroyed.load();
    };
    std::unique_lock lock(shared_->room_mutex);
    if (!deadline) {
        shared_->room_changed.wait(lock, ready);
    } else {
        const auto left = *deadline - Clock::now();
        if (!shared_->room_changed.wait_for(lock, left, ready)) {
            return Status::timeout;
        }
    }
    if (shared_->destroyed.load()) {
        return Status::cancelled;
    }
    return shared_->is_closing() ? Status::closed : Status::ok;
}

Error Session::write_audio(const media::SampleView &samples, int64_t timeout_ms, size_t &accepted)
{
    accepted = 0;
    const Turnstile pusher(pushing_);
    if (!pusher) {
        return {Status::invalid_state, "another thread pushes or writes audio on this session"};
    }
    std::optional<Clock::time_point> deadline;
    if (timeout_ms >= 0) {
        deadline = Clock::now() + bounded_ms(timeout_ms);
    }
    shared_->blocking_writer.store(true);
    for (;;) {
        if (shared_->destroyed.load()) {
            return {Status::cancelled, "the session was destroyed"};
        }
        if (shared_->is_closing()) {
            Error error = shared_->closed_error();
            if (error.status == Status::timeout) {
                error.status = Status::closed;  // the caller's own time is not over, and no more will be of use
            }
            return error;
        }
        accepted += shared_->input.push(samples.part(accepted, samples.frames() - accepted));
        shared_->microphone.notify();
        if (accepted == samples.frames()) {
            return {};
        }
        if (delivery::CallbackScope::is_active()) {
            return {Status::would_deadlock, "there is no room for all of it, and waiting within a callback would hang"};
        }
        const uint32_t seen = shared_->input.space_sequence().load();
        shared_->input.announce_waiter();
        if (shared_->input.free_frames() > 0) {
            continue;
        }
        controller_->thread()->post([controller = controller_] { controller->pump(); });
        const Status status = wait_for_room(seen, deadline);
        if (status == Status::timeout) {
            return {status, "there was not room for all of it within " + std::to_string(timeout_ms) + " ms"};
        }
        if (status == Status::cancelled) {
            return {status, "the session was destroyed"};
        }
    }
}

Status Session::read_audio(const media::SampleBuffer &out, size_t &heard) noexcept
{
    heard = 0;
    const Turnstile reader(reading_);
    if (!reader) {
        media::silence(out, output_channels_.load(std::memory_order_relaxed));
        return Status::invalid_state;
    }
    heard = shared_->playout.read(out);
    return Status::ok;
}

int64_t Session::queued_audio_us() const noexcept
{
    return shared_->playout.queued_us();
}

media::Level Session::input_level() const noexcept
{
    return shared_->input.level();
}

}  // namespace gemlive::session
