#include "delivery/event_source.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "delivery/callback_scope.hpp"
#include "event_source_state.hpp"

namespace gemlive::delivery {
namespace {

int64_t frames_of(const Event &event)
{
    return static_cast<int64_t>(event.as<Audio>()->frames);
}

std::shared_ptr<Event> make_dropped(int64_t frames, const Event &beside)
{
    auto event = std::make_shared<Event>(EventType::dropped, Dropped{"event_audio", frames, "frames"});
    event->session = beside.session;
    event->time_ms = beside.time_ms;
    event->connection = beside.connection;
    return event;
}

}  // namespace

void WaitingEvents::push_back(std::shared_ptr<Event> event, size_t bytes)
{
    if (count_ == ring_.size()) {
        grow();
    }
    audio_count_ += event->type == EventType::audio;
    bytes_ += bytes;
    at(count_++) = {std::move(event), bytes};
}

std::shared_ptr<Event> WaitingEvents::pop_front() noexcept
{
    std::shared_ptr<Event> event = taken(at(0));
    first_ = (first_ + 1) & (ring_.size() - 1);
    return event;
}

std::shared_ptr<Event> WaitingEvents::take_oldest_audio() noexcept
{
    size_t index = 0;
    while (at(index).event->type != EventType::audio) {
        ++index;
    }
    std::shared_ptr<Event> event = taken(at(index));
    for (; index > 0; --index) {  // what waits longer is the shorter part, as a rule
        at(index) = std::move(at(index - 1));
    }
    first_ = (first_ + 1) & (ring_.size() - 1);
    return event;
}

std::shared_ptr<Event> WaitingEvents::taken(Entry &entry) noexcept
{
    --count_;
    bytes_ -= entry.bytes;
    audio_count_ -= entry.event->type == EventType::audio;
    return std::move(entry.event);
}

void WaitingEvents::grow()
{
    std::vector<Entry> larger(std::max<size_t>(8, ring_.size() * 2));
    for (size_t i = 0; i < count_; ++i) {
        larger[i] = std::move(at(i));
    }
    ring_ = std::move(larger);
    first_ = 0;
}

bool EventSource::State::put(std::shared_ptr<Event> event, bool past_bound)
{
    const size_t bytes = event->memory();
    const auto is_over = [&] {
        return events.count() >= bound.events || (!is_empty() && events.bytes() + bytes > bound.bytes);
    };
    while (!past_bound && is_over()) {
        if (events.audio_count() > 0) {
            dropped_frames += frames_of(*events.take_oldest_audio());
        } else if (event->type == EventType::audio && !is_empty()) {
            dropped_frames += frames_of(*event);
            return true;
        } else {
            return false;
        }
    }
    events.push_back(std::move(event), bytes);
    return true;
}

std::shared_ptr<Event> EventSource::State::take()
{
    std::shared_ptr<Event> event;
    if (dropped_frames > 0) {
        event = make_dropped(dropped_frames, events.front());
        dropped_frames = 0;
    } else {
        event = events.pop_front();
    }
    event->seq = next_seq++;
    return event;
}

WaitingEvents EventSource::State::forget() noexcept
{
    dropped_frames = 0;
    return std::exchange(events, {});
}

EventSource::EventSource(EventBound bound) : state_(std::make_shared<State>(bound)) {}

EventSource::~EventSource()
{
    cancel();
}

void EventSource::join(const std::shared_ptr<EventQueue> &queue, Deliver deliver)
{
    auto shared = deliver ? std::make_shared<const Deliver>(std::move(deliver)) : nullptr;
    std::lock_guard lock(queue->mutex_);
    assert(!state_->queue);
    state_->queue = queue;
    state_->deliver = std::move(shared);
    state_->open = true;
    ++queue->open_sources_;
}

bool EventSource::push(std::shared_ptr<Event> event, bool past_bound)
{
    State &state = *state_;
    EventQueue &queue = *state.queue;
    bool fills;
    bool notifies = false;
    {
        std::lock_guard lock(queue.mutex_);
        if (state.cancelled || queue.cancelled_) {
            return true;
        }
        const size_t before = state.size();
        if (!state.put(std::move(event), past_bound)) {
            return false;
        }
        fills = queue.waiting_events_ == 0;
        queue.waiting_events_ += state.size() - before;
        if (!state.in_list) {
            queue.append_locked(state);
        }
        if (state.batching) {
            state.signal_due = true;
            state.hook_due |= std::exchange(fills, false);
        } else {
            notifies = queue.signal_handle_locked();
        }
    }
    if (notifies) {
        queue.changed_.notify_all();  // who wakes finds the lock free
    }
    if (fills) {
        queue.call_hook();
    }
    return true;
}

void EventSource::cancel()
{
    State &state = *state_;
    if (!state.queue) {
        return;
    }
    WaitingEvents released;  // after the lock: there may be much of it
    EventQueue &queue = *state.queue;
    std::lock_guard lock(queue.mutex_);
    if (std::exchange(state.cancelled, true)) {
        return;
    }
    queue.waiting_events_ -= state.size();
    released = state.forget();
    if (state.in_list) {
        queue.remove_locked(state);
    }
    queue.open_sources_ -= std::exchange(state.open, false);
    if (queue.has_news_locked()) {
        queue.signal_locked();
    } else {
        queue.settle_handle_locked();
    }
}

void EventSource::wait_handed_back()
{
    State &state = *state_;
    if (!state.queue) {
        return;
    }
    std::shared_ptr<const Deliver> released;
    std::unique_lock lock(state.queue->mutex_);
    if (!CallbackScope::is_active()) {
        state.queue->handed_back_.wait(lock, [&] { return !state.in_hand; });
    }
    released = std::exchange(state.deliver, nullptr);
    lock.unlock();  // what it releases is the application's code
}

void EventSource::begin_batch() noexcept
{
    state_->batching = true;
}

void EventSource::end_batch()
{
    State &state = *state_;
    state.batching = false;
    if (std::exchange(state.signal_due, false)) {
        EventQueue &queue = *state.queue;
        std::unique_lock lock(queue.mutex_);
        const bool notifies = queue.has_news_locked() && queue.signal_handle_locked();
        lock.unlock();
        if (notifies) {
            queue.changed_.notify_all();  // who wakes finds the lock free
        }
    }
    if (std::exchange(state.hook_due, false)) {
        state.queue->call_hook();
    }
}

}  // namespace gemlive::delivery
