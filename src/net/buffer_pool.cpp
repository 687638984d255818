#include "buffer_pool.hpp"

#include <algorithm>
#include <cstring>

namespace gemlive::net {
namespace {

constexpr size_t usual_capacity = 32 * 1024;  // 400 ms of the model's audio in one message
constexpr size_t most_kept = 4;

// A frame's header may promise 16 MB that never come.
constexpr size_t most_on_trust = 256 * 1024;

}  // namespace

boost::asio::execution_context::id BufferPool::id;

Buffer BufferPool::take(size_t capacity)
{
    if (capacity <= usual_capacity && !kept_.empty()) {
        Buffer buffer = std::move(kept_.back());
        kept_.pop_back();
        return buffer;
    }
    const size_t size = std::max(capacity, usual_capacity);
    return Buffer{std::make_unique_for_overwrite<char[]>(size), size};
}

void BufferPool::give_back(Buffer buffer)
{
    if (buffer.capacity == usual_capacity && kept_.size() < most_kept) {
        kept_.push_back(std::move(buffer));
    }
}

void Inbox::make_room(size_t size)
{
    if (room() >= size) {
        return;
    }
    const size_t most = std::max(most_on_trust, 2 * capacity());
    const size_t wanted = std::min(size_ + size + padding, most);
    if (wanted <= capacity()) {
        return;
    }
    Buffer bigger = pool_.take(wanted);
    std::memcpy(bigger.data.get(), data(), size_);
    if (big_.data) {
        pool_.give_back(std::move(big_));
    }
    big_ = std::move(bigger);
}

void Inbox::clear()
{
    size_ = 0;
    if (big_.data) {
        pool_.give_back(std::move(big_));
        big_ = Buffer();
    }
}

}  // namespace gemlive::net
