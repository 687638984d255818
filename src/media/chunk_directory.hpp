#pragma once

#include "playout_chunk.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace gemlive::media {

// Chunk number → chunk, for the numbers in use, which follow each other. One thread changes it, another looks
// things up at the same time; it learns of a chunk by the end of the queue, which is stored after the chunk's
// slot. So the slots themselves need no order.
class ChunkDirectory {
public:
    explicit ChunkDirectory(size_t size) : slots_(size) {}

    // Null for a number that is not in it.
    PlayoutChunk *find(uint64_t seq) const noexcept
    {
        PlayoutChunk *const chunk = slot(seq).load(std::memory_order_relaxed);
        return chunk && chunk->seq == seq ? chunk : nullptr;
    }

    bool has_room_for(uint64_t seq) const noexcept { return !slot(seq).load(std::memory_order_relaxed); }
    void put(PlayoutChunk *chunk) noexcept { slot(chunk->seq).store(chunk, std::memory_order_relaxed); }
    void remove(const PlayoutChunk &chunk) noexcept
    {
        if (slot(chunk.seq).load(std::memory_order_relaxed) == &chunk) {
            slot(chunk.seq).store(nullptr, std::memory_order_relaxed);
        }
    }

    // The same chunks and room for one more: twice the size, or more when two numbers lie far apart.
    std::unique_ptr<ChunkDirectory> grown_for(uint64_t seq) const
    {
        for (size_t size = 2 * slots_.size();; size *= 2) {
            auto larger = std::make_unique<ChunkDirectory>(size);
            if (larger->take_over(*this) && larger->has_room_for(seq)) {
                return larger;
            }
        }
    }

    template <typename Visit>
    void for_each(Visit &&visit) const
    {
        for (const auto &slot : slots_) {
            if (PlayoutChunk *const chunk = slot.load(std::memory_order_relaxed)) {
                visit(chunk);
            }
        }
    }

private:
    size_t index(uint64_t seq) const noexcept { return static_cast<size_t>(seq & (slots_.size() - 1)); }
    const std::atomic<PlayoutChunk *> &slot(uint64_t seq) const noexcept { return slots_[index(seq)]; }
    std::atomic<PlayoutChunk *> &slot(uint64_t seq) noexcept { return slots_[index(seq)]; }

    bool take_over(const ChunkDirectory &other)
    {
        bool fits = true;
        other.for_each([&](PlayoutChunk *chunk) {
            fits = fits && has_room_for(chunk->seq);
            put(chunk);
        });
        return fits;
    }

    std::vector<std::atomic<PlayoutChunk *>> slots_;  // a power of two
};

}  // namespace gemlive::media
