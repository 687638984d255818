#pragma once

#include <cstddef>
#include <vector>

namespace gemlive::protocol {

// A list whose elements survive clear() with their own capacities, so that a message that looks like the one
// before it needs no allocation. T has reset(), which also decides what of a huge element is kept.
template <typename T>
class Reused {
public:
    T &add()
    {
        if (size_ == items_.size()) {
            items_.emplace_back().reset();
        }
        return items_[size_++];
    }

    void remove_last() { items_[--size_].reset(); }

    void clear()
    {
        while (size_ > 0) {
            remove_last();
        }
    }

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

}  // namespace gemlive::protocol
