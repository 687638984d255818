#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <new>

namespace gemlive::engine {

// The memory of an operation that runs again and again, such as the read of a connection: what one run allocated the
// next one uses. Has to live as long as the operation; one thread.
class OperationMemory {
public:
    void *allocate(size_t size)
    {
        const auto fits = [size](const Block &block) { return !block.used && block.size >= size; };
        auto found = std::find_if(blocks_.begin(), blocks_.end(), fits);
        if (found == blocks_.end()) {
            found = std::find_if(blocks_.begin(), blocks_.end(), [](const Block &block) { return !block.used; });
            if (found == blocks_.end()) {
                return ::operator new(size);
            }
            found->memory = std::make_unique_for_overwrite<std::byte[]>(size);
            found->size = size;
        }
        found->used = true;
        return found->memory.get();
    }

    void deallocate(void *memory) noexcept
    {
        for (Block &block : blocks_) {
            if (block.memory.get() == memory) {
                block.used = false;
                return;
            }
        }
        ::operator delete(memory);
    }

private:
    struct Block {
        std::unique_ptr<std::byte[]> memory;
        size_t size = 0;
        bool used = false;
    };
    std::array<Block, 3> blocks_;
};

// What Asio asks a handler for.
template <typename T>
class OperationAllocator {
public:
    using value_type = T;

    explicit OperationAllocator(OperationMemory &memory) noexcept : memory_(&memory) {}
    template <typename U>
    OperationAllocator(const OperationAllocator<U> &other) noexcept : memory_(other.memory_)
    {
    }

    T *allocate(size_t count) { return static_cast<T *>(memory_->allocate(count * sizeof(T))); }
    void deallocate(T *memory, size_t) noexcept { memory_->deallocate(memory); }

    template <typename U>
    bool operator==(const OperationAllocator<U> &other) const noexcept
    {
        return memory_ == other.memory_;
    }

private:
    template <typename>
    friend class OperationAllocator;
    OperationMemory *memory_;
};

}  // namespace gemlive::engine
