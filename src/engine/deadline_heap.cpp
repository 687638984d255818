#include "engine/deadline_heap.hpp"

namespace gemlive::engine {

void DeadlineHeap::set(TimerClient &client, Clock::time_point at)
{
    if (client.place_ == TimerClient::nowhere) {
        entries_.push_back({});
        put(entries_.size() - 1, {at, &client});
    } else {
        entries_[client.place_].at = at;
    }
    move_up(client.place_);
    move_down(client.place_);
}

void DeadlineHeap::clear(TimerClient &client)
{
    const size_t place = client.place_;
    if (place == TimerClient::nowhere) {
        return;
    }
    client.place_ = TimerClient::nowhere;
    const Entry last = entries_.back();
    entries_.pop_back();
    if (place < entries_.size()) {
        put(place, last);
        move_up(place);
        move_down(last.client->place_);
    }
}

Clock::time_point DeadlineHeap::next() const noexcept
{
    return entries_.empty() ? Clock::time_point::max() : entries_.front().at;
}

TimerClient *DeadlineHeap::take_due(Clock::time_point now)
{
    if (next() > now || entries_.empty()) {
        return nullptr;
    }
    TimerClient *const due = entries_.front().client;
    clear(*due);
    return due;
}

void DeadlineHeap::put(size_t place, Entry entry)
{
    entries_[place] = entry;
    entry.client->place_ = place;
}

void DeadlineHeap::move_up(size_t place)
{
    const Entry moving = entries_[place];
    while (place > 0) {
        const size_t parent = (place - 1) / 2;
        if (entries_[parent].at <= moving.at) {
            break;
        }
        put(place, entries_[parent]);
        place = parent;
    }
    put(place, moving);
}

void DeadlineHeap::move_down(size_t place)
{
    const Entry moving = entries_[place];
    for (;;) {
        size_t child = 2 * place + 1;
        if (child >= entries_.size()) {
            break;
        }
        if (child + 1 < entries_.size() && entries_[child + 1].at < entries_[child].at) {
            ++child;
        }
        if (moving.at <= entries_[child].at) {
            break;
        }
        put(place, entries_[child]);
        place = child;
    }
    put(place, moving);
}

}  // namespace gemlive::engine
