#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gemlive::session {

// The journal's samples, in chunks of a quarter of a second: five packets. A piece lies whole in one chunk; a chunk is used again when its last
// piece was released, so that audio which comes and goes allocates nothing.
class SampleStore {
public:
    static constexpr size_t chunk_samples = 4'000;
    struct Chunk;
    struct Piece {
        Chunk *chunk = nullptr;
        uint32_t offset = 0;
        uint32_t size = 0;
    };

    SampleStore();
    ~SampleStore();

    // Not more than a chunk.
    Piece add(std::span<const int16_t> samples);
    std::span<const int16_t> view(const Piece &piece) const;
    void release(Piece &piece);

    size_t chunks() const noexcept { return chunks_.size(); }

private:
    Chunk &chunk_with_room(size_t samples);

    std::vector<std::unique_ptr<Chunk>> chunks_;
    Chunk *filling_ = nullptr;
};

}  // namespace gemlive::session
