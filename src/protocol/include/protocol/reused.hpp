#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "protocol/limits.hpp"

namespace gemlive::protocol {

// A list whose elements survive clear() with their own capacities, so that a message that looks like the one
// before it needs no allocation. T has reset().
template <typename T>
class Reused {
public:
    T &add()
    {
        if (size_ == items_.size()) {
            items_.emplace_back();
        }
        T &item = items_[size_++];
        item.reset();
        return item;
    }

    void remove_last() noexcept { --size_; }
    void clear() noexcept { size_ = 0; }

    size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    T *begin() noexcept { return items_.data(); }
    T *end() noexcept { return items_.data() + size_; }
    const T *begin() const noexcept { return items_.data(); }
    const T *end() const noexcept { return items_.data() + size_; }
    T &operator[](size_t i) noexcept { return items_[i]; }
    const T &operator[](size_t i) const noexcept { return items_[i]; }

private:
    std::vector<T> items_;
    size_t size_ = 0;
};

// Bytes that are about to be overwritten: unlike a vector it neither clears what it grows nor shrinks.
class ByteBuffer {
public:
    // Room for `size` bytes whose content is undefined.
    uint8_t *prepare(size_t size)
    {
        if (size > capacity_ || is_wasteful(capacity_, size)) {
            bytes_ = std::make_unique_for_overwrite<uint8_t[]>(size);
            capacity_ = size;
        }
        size_ = 0;
        return bytes_.get();
    }

    void set_size(size_t size) noexcept { size_ = size; }
    void clear() noexcept { size_ = 0; }

    const uint8_t *data() const noexcept { return bytes_.get(); }
    size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    std::span<const uint8_t> span() const noexcept { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<uint8_t[]> bytes_;
    size_t size_ = 0;
    size_t capacity_ = 0;
};

}  // namespace gemlive::protocol
