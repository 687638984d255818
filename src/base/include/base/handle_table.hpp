#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace gemlive {

// Tokens for objects: 4 bits of kind, 24 of slot, 36 of generation. A token outlives its object harmlessly.
//
// A pin costs one fetch_add on the slot's word, which holds generation, a dying bit and the number of pins. The word is
// changed by read-modify-write only, so a pin that was tried with a dead token and is undone never disturbs the slot's
// next user. A real-time thread that drops the last pin does nothing else: whoever retired the slot frees it.
class HandleTable {
public:
    static constexpr unsigned kinds = 4;
    static_assert(sizeof(uintptr_t) >= sizeof(uint64_t), "the C API types a token of 64 bits as a pointer: a system with "
                                                         "pointers of 32 bits needs handles of another form first");

    explicit HandleTable(unsigned kind) noexcept : kind_(kind) {}
    ~HandleTable();
    HandleTable(const HandleTable &) = delete;
    HandleTable &operator=(const HandleTable &) = delete;

    // Never destroyed: handles may be used while the process ends. `kind` from 1 to kinds.
    static HandleTable &of(unsigned kind) noexcept;

    // 0 when all slots are taken (16 million).
    uint64_t insert(void *object);

    // The object, pinned, or nullptr. Wait-free, no allocation, no lock.
    void *pin(uint64_t handle) noexcept;
    void unpin(uint64_t handle) noexcept;

    // Lets no new pin succeed. True for the one caller who now has to call free() once pins(handle) is down to those
    // it knows of. That caller holds a pin.
    bool retire(uint64_t handle) noexcept;
    unsigned pins(uint64_t handle) const noexcept;
    void free(uint64_t handle) noexcept;

    // A small number that outlives the object: until the slot has had that many tokens more. Whoever remembers holds a
    // pin. recall() is wait-free, and gives 0 for what is not known.
    static constexpr unsigned remembered_tokens = 4;
    void remember(uint64_t handle, uint8_t number) noexcept;
    uint8_t recall(uint64_t handle) const noexcept;

    int64_t live_count() const noexcept { return live_.load(std::memory_order_relaxed); }
    // The live handles at this moment.
    std::vector<uint64_t> handles() const;

private:
    struct Slot {
        std::atomic<uint64_t> word{first_word};
        std::atomic<void *> object{nullptr};
        // Each with the generation it belongs to, in one word: no token can read the number of another.
        std::array<std::atomic<uint64_t>, remembered_tokens> numbers{};
    };

    static constexpr unsigned generation_shift = 28;
    static constexpr uint64_t generation_mask = (uint64_t{1} << 36) - 1;
    static constexpr unsigned number_bits = 8;
    static constexpr uint64_t dying = uint64_t{1} << 27;
    static constexpr uint64_t pin_mask = dying - 1;
    static constexpr uint64_t first_word = uint64_t{1} << generation_shift;
    static constexpr unsigned segment_bits = 10;
    static constexpr unsigned segment_size = 1u << segment_bits;
    static constexpr unsigned segment_count = 1u << (24 - segment_bits);

    Slot *slot(uint64_t handle) const noexcept;

    const unsigned kind_;
    std::atomic<int64_t> live_{0};
    std::unique_ptr<std::atomic<Slot *>[]> segments_ = std::make_unique<std::atomic<Slot *>[]>(segment_count);
    mutable std::mutex mutex_;
    std::vector<uint32_t> free_slots_;
    uint32_t used_slots_ = 0;
};

// A pinned object for the length of a scope.
template <typename T>
class Pin {
public:
    Pin(HandleTable &table, uint64_t handle) noexcept
        : table_(&table), handle_(handle), object_(static_cast<T *>(table.pin(handle)))
    {
    }
    ~Pin()
    {
        if (object_) {
            table_->unpin(handle_);
        }
    }
    Pin(const Pin &) = delete;
    Pin &operator=(const Pin &) = delete;

    explicit operator bool() const noexcept { return object_ != nullptr; }
    T *operator->() const noexcept { return object_; }
    T &operator*() const noexcept { return *object_; }

private:
    HandleTable *table_;
    uint64_t handle_;
    T *object_;
};

}  // namespace gemlive
