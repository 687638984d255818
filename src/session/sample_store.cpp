#include "session/sample_store.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace gemlive::session {
namespace {

// What was acknowledged is released twice a second: that much at once, and nothing of it is allocated again.
constexpr size_t max_spare_chunks = 3;

}  // namespace

struct SampleStore::Chunk {
    size_t used = 0;
    size_t pieces = 0;
    std::array<int16_t, chunk_samples> samples;
};

SampleStore::SampleStore() = default;
SampleStore::~SampleStore() = default;

SampleStore::Piece SampleStore::add(std::span<const int16_t> samples)
{
    GEMLIVE_ASSERT(samples.size() <= chunk_samples);
    Chunk &chunk = chunk_with_room(samples.size());
    Piece piece{&chunk, static_cast<uint32_t>(chunk.used), static_cast<uint32_t>(samples.size())};
    std::copy(samples.begin(), samples.end(), chunk.samples.begin() + static_cast<ptrdiff_t>(chunk.used));
    chunk.used += samples.size();
    ++chunk.pieces;
    return piece;
}

std::span<const int16_t> SampleStore::view(const Piece &piece) const
{
    return piece.chunk ? std::span<const int16_t>(piece.chunk->samples.data() + piece.offset, piece.size)
                       : std::span<const int16_t>();
}

void SampleStore::release(Piece &piece)
{
    if (!piece.chunk) {
        return;
    }
    Chunk &chunk = *std::exchange(piece.chunk, nullptr);
    GEMLIVE_ASSERT(chunk.pieces > 0);
    if (--chunk.pieces > 0) {
        return;
    }
    chunk.used = 0;
    const auto is_spare = [this](const auto &other) { return other->pieces == 0 && other.get() != filling_; };
    if (std::count_if(chunks_.begin(), chunks_.end(), is_spare) > static_cast<ptrdiff_t>(max_spare_chunks)) {
        std::erase_if(chunks_, [&chunk](const auto &other) { return other.get() == &chunk; });
    }
}

// J8
SampleStore::Chunk &SampleStore::chunk_with_room(size_t samples)
{
    if (filling_ && filling_->used + samples <= chunk_samples) {
        return *filling_;
    }
    const auto spare = std::find_if(chunks_.begin(), chunks_.end(), [this](const auto &chunk) {
        return chunk->pieces == 0 && chunk.get() != filling_;
    });
    if (spare != chunks_.end()) {
        filling_ = spare->get();
    } else {
        // Its samples are written before they are read.
        chunks_.push_back(std::unique_ptr<Chunk>(new Chunk));
        filling_ = chunks_.back().get();
    }
    return *filling_;
}

}  // namespace gemlive::session
