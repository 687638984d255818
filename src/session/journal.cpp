#include "session/journal.hpp"

#include <algorithm>

namespace gemlive::session {

void Journal::add_audio(uint64_t first_sample, std::span<const int16_t> samples)
{
    JournalEntry entry;
    entry.lane = Lane::audio;
    entry.kind = EntryClass::audio;
    entry.first_sample = first_sample;
    entry.end_sample = first_sample + samples.size();
    entry.samples.assign(samples.begin(), samples.end());
    waiting_samples_ += samples.size();
    stream_.push_back(std::move(entry));
}

uint64_t Journal::drop_over_bound()
{
    uint64_t dropped = 0;
    while (waiting_samples_ > most_samples_) {
        const auto oldest = std::find_if(stream_.begin(), stream_.end(), [](const JournalEntry &waiting) {
            return waiting.kind == EntryClass::audio;
        });
        dropped += oldest->samples.size();
        waiting_samples_ -= oldest->samples.size();
        stream_.erase(oldest);
    }
    return dropped;
}

void Journal::add(JournalEntry entry)
{
    (entry.lane <= Lane::tool ? urgent_ : stream_).push_back(std::move(entry));
}

bool Journal::set_image(JournalEntry entry)
{
    const bool replaced = image_.has_value();
    image_ = std::move(entry);
    return replaced;
}

const JournalEntry *Journal::next() const noexcept
{
    if (!urgent_.empty()) {
        return &urgent_.front();
    }
    if (!stream_.empty()) {
        return &stream_.front();
    }
    return image_ ? &*image_ : nullptr;
}

JournalEntry Journal::take()
{
    JournalEntry entry;
    if (!urgent_.empty()) {
        entry = std::move(urgent_.front());
        urgent_.pop_front();
    } else if (!stream_.empty()) {
        entry = std::move(stream_.front());
        stream_.pop_front();
        waiting_samples_ -= entry.samples.size();
    } else {
        entry = std::move(*image_);
        image_.reset();
    }
    return entry;
}

void Journal::give_back(JournalEntry entry)
{
    if (entry.lane <= Lane::tool) {
        urgent_.push_front(std::move(entry));
    } else if (entry.lane == Lane::video) {
        if (!image_) {
            image_ = std::move(entry);
        }
    } else {
        waiting_samples_ += entry.samples.size();
        stream_.push_front(std::move(entry));
    }
}

bool Journal::withdraw(uint64_t request)
{
    return std::erase_if(stream_, [request](const JournalEntry &entry) { return entry.request == request; }) > 0;
}

void Journal::withdraw_calls(const std::vector<std::string> &calls)
{
    std::erase_if(urgent_, [&calls](const JournalEntry &entry) {
        return entry.lane == Lane::tool && std::find(calls.begin(), calls.end(), entry.call) != calls.end();
    });
}

void Journal::withdraw_control()
{
    std::erase_if(urgent_, [](const JournalEntry &entry) { return entry.lane == Lane::control; });
}

bool Journal::has_activity_start() const
{
    return std::any_of(stream_.begin(), stream_.end(), [](const JournalEntry &entry) { return entry.starts_activity; });
}

}  // namespace gemlive::session
