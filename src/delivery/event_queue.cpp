#include "delivery/event_queue.hpp"

#include <chrono>
#include <utility>

#include "base/clock.hpp"
#include "event_source_state.hpp"

namespace gemlive::delivery {

void HandOut::end()
{
    event_ = nullptr;
    deliver_ = nullptr;  // before the one who waits goes on: the last copy releases what the application gave
    if (const auto source = std::exchange(source_, nullptr)) {
        std::lock_guard lock(source->queue->mutex_);
        source->in_hand = false;
        source->queue->handed_back_.notify_all();
    }
}

Status EventQueue::take(int64_t timeout_ms, EventPtr &event)
{
    return take(timeout_ms, nullptr, event);
}

Status EventQueue::take(int64_t timeout_ms, HandOut &out)
{
    return take(timeout_ms, &out, out.event_);
}

Status EventQueue::take(int64_t timeout_ms, HandOut *out, EventPtr &event)
{
    std::unique_lock lock(mutex_);
    if (draining_) {
        return Status::invalid_state;
    }
    struct Draining {  // also when making a `dropped` event throws
        bool &draining;
        ~Draining() { draining = false; }
    } const right{draining_ = true};
    drainer_waits_ = true;
    if (timeout_ms < 0) {
        changed_.wait(lock, [this] { return has_news_locked(); });
    } else if (timeout_ms > 0) {
        changed_.wait_for(lock, bounded_ms(timeout_ms), [this] { return has_news_locked(); });
    }
    drainer_waits_ = false;
    return take_locked(out, event);
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

Status EventQueue::take_next(HandOut &out)
{
    std::lock_guard lock(mutex_);
    woken_ = false;
    return take_locked(&out, out.event_);
}

size_t EventQueue::size() const
{
    std::lock_guard lock(mutex_);
    return waiting_events_;
}

bool EventQueue::is_cancelled() const
{
    std::lock_guard lock(mutex_);
    return cancelled_;
}

Status EventQueue::take_locked(HandOut *out, EventPtr &event)
{
    if (cancelled_) {
        return Status::cancelled;
    }
    if (std::exchange(woken_, false)) {
        settle_handle_locked();
        return Status::cancelled;
    }
    if (!first_) {
        settle_handle_locked();
        return sealed_ && open_sources_ == 0 ? Status::closed : Status::timeout;
    }
    EventSource::State &source = *first_;
    event = source.take();
    --waiting_events_;
    if (out) {
        out->source_ = source.shared_from_this();
        out->deliver_ = source.deliver;
        source.in_hand = true;
    }
    if (event->type == EventType::closed) {
        open_sources_ -= std::exchange(source.open, false);
    }
    remove_locked(source);
    if (!source.is_empty()) {
        append_locked(source);
    }
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
        while (first_) {
            waiting_events_ -= first_->size();
            first_->forget();
            remove_locked(*first_);
        }
        signal_locked();
    }
    set_hook(nullptr);
}

void EventQueue::seal()
{
    std::lock_guard lock(mutex_);
    sealed_ = true;
    if (has_news_locked()) {
        signal_locked();
    }
}

void EventQueue::set_hook(Hook hook)
{
    // Declared before the lock, so that what the old hook holds is released after it: that is the application's code.
    Hook old;
    std::lock_guard hook_lock(hook_mutex_);
    bool waiting;
    bool cancelled;
    {
        std::lock_guard lock(mutex_);
        waiting = first_ != nullptr;
        cancelled = cancelled_;
    }
    old = std::exchange(hook_, cancelled ? nullptr : std::move(hook));
    if (hook_ && waiting) {
        hook_();
    }
}

void EventQueue::call_hook()
{
    std::lock_guard lock(hook_mutex_);
    if (hook_) {
        hook_();
    }
}

int EventQueue::wait_handle()
{
    std::lock_guard lock(mutex_);
    if (!handle_) {
        handle_ = platform::WakeupHandle::create();
        if (has_news_locked()) {
            signal_locked();
        }
    }
    return handle_.descriptor();
}

// What ends a wait.
bool EventQueue::has_news_locked() const
{
    return first_ || woken_ || cancelled_ || (sealed_ && open_sources_ == 0);
}

// Costs no system call when nobody waits.
void EventQueue::signal_locked()
{
    if (signal_handle_locked()) {
        changed_.notify_all();
    }
}

bool EventQueue::signal_handle_locked()
{
    if (handle_ && !std::exchange(handle_signalled_, true)) {
        handle_.signal();
    }
    return drainer_waits_;
}

// The handle says what poll would say: unreadable when a poll without waiting would find nothing.
void EventQueue::settle_handle_locked()
{
    if (handle_signalled_ && !has_news_locked()) {
        handle_signalled_ = false;
        handle_.clear();
    }
}

void EventQueue::append_locked(EventSource::State &source) noexcept
{
    source.in_list = true;
    source.before = last_;
    source.behind = nullptr;
    (last_ ? last_->behind : first_) = &source;
    last_ = &source;
}

void EventQueue::remove_locked(EventSource::State &source) noexcept
{
    source.in_list = false;
    (source.before ? source.before->behind : first_) = source.behind;
    (source.behind ? source.behind->before : last_) = source.before;
}

}  // namespace gemlive::delivery
