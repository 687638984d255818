#include "delivery/event_queue.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace gemlive::delivery {

bool EventQueue::push(std::shared_ptr<Event> event, bool past_bound)
{
    bool was_empty;
    {
        std::lock_guard lock(mutex_);
        if (events_.size() >= bound_ && !past_bound) {
            if (audio_events_ == 0) {
                return false;
            }
            const auto oldest = std::find_if(events_.begin(), events_.end(), [](const auto &waiting) {
                return waiting->type == EventType::audio;
            });
            dropped_frames_ += static_cast<int64_t>((*oldest)->as<Audio>()->frames);
            events_.erase(oldest);
            --audio_events_;
        }
        was_empty = events_.empty();
        audio_events_ += event->type == EventType::audio;
        events_.push_back(std::move(event));
        signal_locked();
    }
    if (was_empty) {
        std::lock_guard lock(hook_mutex_);
        if (hook_) {
            hook_();
        }
    }
    return true;
}

Status EventQueue::take(int64_t timeout_ms, EventPtr &event)
{
    std::unique_lock lock(mutex_);
    if (draining_) {
        return Status::invalid_state;
    }
    draining_ = true;
    const auto ready = [this] { return !events_.empty() || woken_ || cancelled_ || finished_; };
    if (timeout_ms < 0) {
        changed_.wait(lock, ready);
    } else if (timeout_ms > 0) {
        changed_.wait_for(lock, bounded_ms(timeout_ms), ready);
    }
    const Status status = take_locked(event);
    draining_ = false;
    return status;
}

bool EventQueue::begin_drain()
{
    std::lock_guard lock(mutex_);
    const bool was_draining = std::exchange(draining_, true);
    return !was_draining;
}

void EventQueue::end_drain()
{
    std::lock_guard lock(mutex_);
    draining_ = false;
}

Status EventQueue::take_next(EventPtr &event)
{
    std::lock_guard lock(mutex_);
    woken_ = false;
    return take_locked(event);
}

size_t EventQueue::size() const
{
    std::lock_guard lock(mutex_);
    return events_.size() + (dropped_frames_ > 0);
}

Status EventQueue::take_locked(EventPtr &event)
{
    if (cancelled_) {
        return Status::cancelled;
    }
    if (woken_) {
        woken_ = false;
        settle_handle_locked();
        return Status::cancelled;
    }
    if (events_.empty()) {
        settle_handle_locked();
        return finished_ ? Status::closed : Status::timeout;
    }
    std::shared_ptr<Event> next;
    if (dropped_frames_ > 0) {
        const Event &beside = *events_.front();
        next = std::make_shared<Event>(EventType::dropped, Dropped{"event_audio", dropped_frames_, "frames"});
        next->session = beside.session;
        next->time_ms = beside.time_ms;
        next->connection = beside.connection;
        dropped_frames_ = 0;
    } else {
        next = std::move(events_.front());
        events_.pop_front();
        audio_events_ -= next->type == EventType::audio;
    }
    next->seq = next_seq_++;
    finished_ = next->type == EventType::closed;
    event = std::move(next);
    settle_handle_locked();
    return Status::ok;
}

void EventQueue::wake()
{
    std::lock_guard lock(mutex_);
    woken_ = true;
    signal_locked();
}

void EventQueue::cancel()
{
    {
        std::lock_guard lock(mutex_);
        cancelled_ = true;
        signal_locked();
    }
    set_hook(nullptr);
}

bool EventQueue::is_cancelled() const
{
    std::lock_guard lock(mutex_);
    return cancelled_;
}

void EventQueue::set_hook(Hook hook)
{
    // Declared before the lock, so that what the old hook holds is released after it: that is the application's code.
    Hook old;
    std::lock_guard hook_lock(hook_mutex_);
    if (is_cancelled()) {
        hook = nullptr;
    }
    old = std::exchange(hook_, std::move(hook));
    if (!hook_) {
        return;
    }
    bool waiting;
    {
        std::lock_guard lock(mutex_);
        waiting = !events_.empty();
    }
    if (waiting) {
        hook_();
    }
}

int EventQueue::wait_handle()
{
    std::lock_guard lock(mutex_);
    if (!handle_) {
        handle_ = platform::WakeupHandle::create();
        if (!events_.empty() || woken_ || cancelled_ || finished_) {
            signal_locked();
        }
    }
    return handle_.descriptor();
}

void EventQueue::signal_locked()
{
    changed_.notify_all();
    handle_.signal();
}

// The handle says what poll would say: unreadable when a poll without waiting would find nothing.
void EventQueue::settle_handle_locked()
{
    if (events_.empty() && !woken_ && !cancelled_ && !finished_) {
        handle_.clear();
    }
}

}  // namespace gemlive::delivery
