#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace gemlive {

// Blocks of one size for data that comes and goes: no more than `max_chunks` exist at a time, and those that are
// given back are kept for the next one, up to `max_spare`. In steady state nothing is allocated. One thread at a
// time; a chunk is as it was left, or uninitialised.
template <typename Chunk>
class ChunkPool {
public:
    ChunkPool(size_t max_chunks, size_t max_spare) : max_chunks_(max_chunks), max_spare_(max_spare)
    {
        spare_.reserve(max_spare);
    }

    // Null when all are in use.
    std::unique_ptr<Chunk> take()
    {
        if (!spare_.empty()) {
            std::unique_ptr<Chunk> chunk = std::move(spare_.back());
            spare_.pop_back();
            return chunk;
        }
        if (chunks_ == max_chunks_) {
            return nullptr;
        }
        std::unique_ptr<Chunk> chunk = std::make_unique_for_overwrite<Chunk>();
        ++chunks_;
        return chunk;
    }

    void give_back(std::unique_ptr<Chunk> chunk) noexcept
    {
        if (!chunk) {
            return;
        }
        if (spare_.size() < max_spare_) {
            spare_.push_back(std::move(chunk));
        } else {
            --chunks_;
        }
    }

    void free_spare() noexcept
    {
        chunks_ -= spare_.size();
        spare_.clear();
    }

    // That exist, the spare ones too.
    size_t chunks() const noexcept { return chunks_; }
    size_t spare() const noexcept { return spare_.size(); }

private:
    const size_t max_chunks_;
    const size_t max_spare_;
    std::vector<std::unique_ptr<Chunk>> spare_;
    size_t chunks_ = 0;
};

}  // namespace gemlive
