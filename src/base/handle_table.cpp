#include "base/handle_table.hpp"

namespace gemlive {

HandleTable::~HandleTable()
{
    for (unsigned i = 0; i < segment_count; ++i) {
        delete[] segments_[i].load(std::memory_order_relaxed);
    }
}

HandleTable &HandleTable::of(unsigned kind) noexcept
{
    static HandleTable *const tables[kinds] = {new HandleTable(1), new HandleTable(2), new HandleTable(3),
                                               new HandleTable(4)};
    return *tables[kind - 1];
}

HandleTable::Slot *HandleTable::slot(uint64_t handle) const noexcept
{
    if (handle >> 60 != kind_) {
        return nullptr;
    }
    const auto index = static_cast<uint32_t>(handle >> 36 & 0xFFFFFF);
    Slot *const segment = segments_[index >> segment_bits].load(std::memory_order_acquire);
    return segment ? segment + (index & (segment_size - 1)) : nullptr;
}

uint64_t HandleTable::insert(void *object)
{
    std::lock_guard lock(mutex_);
    uint32_t index;
    if (!free_slots_.empty()) {
        index = free_slots_.back();
        free_slots_.pop_back();
    } else {
        if (used_slots_ == segment_count * segment_size) {
            return 0;
        }
        index = used_slots_;
        if ((index & (segment_size - 1)) == 0) {
            segments_[index >> segment_bits].store(new Slot[segment_size], std::memory_order_release);
            free_slots_.reserve(index + segment_size);  // free() may then not fail
        }
        ++used_slots_;
    }
    Slot &slot = segments_[index >> segment_bits].load(std::memory_order_relaxed)[index & (segment_size - 1)];
    slot.object.store(object, std::memory_order_release);
    live_.fetch_add(1, std::memory_order_relaxed);
    const uint64_t generation = slot.word.load(std::memory_order_relaxed) >> generation_shift;
    return uint64_t{kind_} << 60 | uint64_t{index} << 36 | generation;
}

void *HandleTable::pin(uint64_t handle) noexcept
{
    Slot *const s = slot(handle);
    if (!s) {
        return nullptr;
    }
    const uint64_t word = s->word.fetch_add(1, std::memory_order_acq_rel);
    if (word >> generation_shift == (handle & generation_mask) && !(word & dying)) {
        if (void *const object = s->object.load(std::memory_order_acquire)) {
            return object;
        }
    }
    s->word.fetch_sub(1, std::memory_order_release);
    return nullptr;
}

void HandleTable::unpin(uint64_t handle) noexcept
{
    slot(handle)->word.fetch_sub(1, std::memory_order_release);
}

bool HandleTable::retire(uint64_t handle) noexcept
{
    const bool first = !(slot(handle)->word.fetch_or(dying, std::memory_order_acq_rel) & dying);
    live_.fetch_sub(first, std::memory_order_relaxed);
    return first;
}

unsigned HandleTable::pins(uint64_t handle) const noexcept
{
    return static_cast<unsigned>(slot(handle)->word.load(std::memory_order_acquire) & pin_mask);
}

void HandleTable::free(uint64_t handle) noexcept
{
    Slot *const s = slot(handle);
    s->object.store(nullptr, std::memory_order_relaxed);
    // One addition: the next generation, no dying bit, without the caller's pin.
    s->word.fetch_add((uint64_t{1} << generation_shift) - dying - 1, std::memory_order_acq_rel);
    std::lock_guard lock(mutex_);
    free_slots_.push_back(static_cast<uint32_t>(handle >> 36 & 0xFFFFFF));
}

void HandleTable::remember(uint64_t handle, uint8_t number) noexcept
{
    const uint64_t generation = handle & generation_mask;
    slot(handle)->numbers[generation % remembered_tokens].store(generation << number_bits | number,
                                                                std::memory_order_relaxed);
}

uint8_t HandleTable::recall(uint64_t handle) const noexcept
{
    const Slot *const s = slot(handle);
    const uint64_t generation = handle & generation_mask;
    const uint64_t word = s ? s->numbers[generation % remembered_tokens].load(std::memory_order_relaxed) : 0;
    return word >> number_bits == generation ? static_cast<uint8_t>(word) : uint8_t{0};
}

std::vector<uint64_t> HandleTable::handles() const
{
    std::lock_guard lock(mutex_);
    std::vector<uint64_t> live;
    for (uint32_t index = 0; index < used_slots_; ++index) {
        const Slot &s = segments_[index >> segment_bits].load(std::memory_order_relaxed)[index & (segment_size - 1)];
        const uint64_t word = s.word.load(std::memory_order_acquire);
        if (s.object.load(std::memory_order_acquire) && !(word & dying)) {
            live.push_back(uint64_t{kind_} << 60 | uint64_t{index} << 36 | word >> generation_shift);
        }
    }
    return live;
}

}  // namespace gemlive
