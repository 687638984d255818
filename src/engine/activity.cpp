#include "engine/activity.hpp"

#include <bit>

#include "engine/io_thread.hpp"

namespace gemlive::engine {

namespace {

constexpr size_t bits_in_word = 64;

}  // namespace

ActivityMap::Slot ActivityMap::add(ActivityClient &client)
{
    size_t index = clients_.size();
    if (free_.empty()) {
        if (index == blocks_.size() * words_in_block * bits_in_word) {
            blocks_.push_back(std::make_unique<Block>());
        }
        clients_.push_back(&client);
        free_.reserve(clients_.size());  // so that remove() cannot fail
    } else {
        index = free_.back();
        free_.pop_back();
        clients_[index] = &client;
    }
    const size_t word = index / bits_in_word;
    return {&(*blocks_[word / words_in_block])[word % words_in_block], uint64_t{1} << index % bits_in_word, index};
}

void ActivityMap::remove(size_t index)
{
    clients_[index] = nullptr;
    free_.push_back(index);
}

void ActivityMap::call_active(Clock::time_point now)
{
    for (size_t block = 0; block < blocks_.size(); ++block) {
        for (size_t word = 0; word < words_in_block; ++word) {
            std::atomic<uint64_t> &bits = (*blocks_[block])[word];
            if (bits.load(std::memory_order_relaxed) == 0) {
                continue;
            }
            for (uint64_t set = bits.exchange(0, std::memory_order_acquire); set != 0; set &= set - 1) {
                const size_t index = (block * words_in_block + word) * bits_in_word + static_cast<size_t>(std::countr_zero(set));
                if (ActivityClient *const client = clients_[index]) {
                    client->on_activity(now);
                }
            }
        }
    }
}

void Activity::attach(IoThread &thread, ActivityClient &client)
{
    thread_ = &thread;
    slot_ = thread.activity().add(client);
}

void Activity::detach()
{
    if (thread_) {
        thread_->activity().remove(slot_.index);
    }
    // Not reset: a notification may be on its way through wake().
}

void Activity::wake() noexcept
{
    slot_.word->fetch_or(slot_.bit, std::memory_order_release);
    thread_->wake();
}

}  // namespace gemlive::engine
