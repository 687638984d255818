#include "message_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace gemlive::net {
namespace {

// A frame's header may promise 16 MB that never come.
constexpr size_t max_on_trust = 256 * 1024;

}  // namespace

boost::asio::execution_context::id BufferPool::id;

Buffer BufferPool::take(size_t capacity)
{
    for (size_t i = 0; i < sizes.size(); ++i) {
        if (capacity > sizes[i].capacity) {
            continue;
        }
        if (!kept_[i].empty()) {
            Buffer buffer = std::move(kept_[i].back());
            kept_[i].pop_back();
            return buffer;
        }
        capacity = sizes[i].capacity;
        break;
    }
    ++allocated_;
    return Buffer{std::make_unique_for_overwrite<char[]>(capacity), capacity};
}

void BufferPool::give_back(Buffer buffer)
{
    for (size_t i = 0; i < sizes.size(); ++i) {
        if (buffer.capacity == sizes[i].capacity && kept_[i].size() < sizes[i].max_kept) {
            kept_[i].push_back(std::move(buffer));
            return;
        }
    }
}

void BufferPool::shutdown()
{
    for (std::vector<Buffer> &kept : kept_) {
        kept.clear();
    }
}

void MessageBuffer::make_room(size_t size)
{
    if (room() >= size) {
        return;
    }
    const size_t most = std::max(max_on_trust, 2 * capacity());
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

void MessageBuffer::clear()
{
    size_ = 0;
    if (big_.data) {
        pool_.give_back(std::move(big_));
        big_ = Buffer();
    }
}

}  // namespace gemlive::net
