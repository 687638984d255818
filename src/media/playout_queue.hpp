#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gemlive::media {

// 200 ms at the models' rate.
constexpr size_t chunk_frames = 4800;

struct PlayoutChunk {
    uint64_t seq = 0;
    uint64_t turn = 0;
    uint64_t turn_offset = 0;  // of the first sample within its turn
    uint64_t first_frame = 0;  // of the first sample among all that were ever appended
    int sample_rate = 0;
    uint32_t size = 0;  // the reader looks at it only when a later chunk has been begun
    std::array<int16_t, chunk_frames> samples;
};

// A place in the queue as one word that grows: chunk number and sample within it.
class PlayoutPosition {
public:
    constexpr PlayoutPosition() = default;
    constexpr PlayoutPosition(uint64_t seq, size_t offset) : word_(seq << offset_bits | offset) {}
    static constexpr PlayoutPosition from_word(uint64_t word)
    {
        PlayoutPosition position;
        position.word_ = word;
        return position;
    }

    constexpr uint64_t word() const { return word_; }
    constexpr uint64_t seq() const { return word_ >> offset_bits; }
    constexpr size_t offset() const { return static_cast<size_t>(word_ & ((uint64_t{1} << offset_bits) - 1)); }
    constexpr PlayoutPosition after(size_t frames) const { return from_word(word_ + frames); }

    friend constexpr auto operator<=>(const PlayoutPosition &, const PlayoutPosition &) = default;

private:
    static constexpr int offset_bits = 16;
    static_assert(chunk_frames < (size_t{1} << offset_bits));

    uint64_t word_ = 0;
};

// The samples between the I/O thread, which appends and may move the cursor forward over samples nobody shall
// hear, and one reader, which claims samples by moving the cursor itself. Whoever moves it owns what it moved
// over, so a sample is heard or flushed, never both.
//
// A chunk is recycled when the reader has published that it is done with it; a chunk that was jumped over, when
// the read call during which that happened is over. The chunk at which a jump began stays until the reader has
// seen the jump: its first few milliseconds are what the reader fades out.
class PlayoutQueue {
public:
    struct Front {
        const PlayoutChunk *chunk = nullptr;  // none: nothing to read
        size_t offset = 0;
        size_t frames = 0;
    };

    // What a move of the cursor passed over, one entry for each chunk.
    struct Passed {
        uint64_t turn = 0;
        int sample_rate = 0;
        size_t frames = 0;
    };

    explicit PlayoutQueue(size_t most_chunks);
    ~PlayoutQueue();
    PlayoutQueue(const PlayoutQueue &) = delete;
    PlayoutQueue &operator=(const PlayoutQueue &) = delete;

    // ---- the reader's side, real-time safe ----
    void enter() noexcept { reader_calls_.fetch_add(1, std::memory_order_seq_cst); }
    void leave(PlayoutPosition done) noexcept;
    PlayoutPosition cursor() const noexcept;
    // What lies at `at`; steps over finished chunks with claim(), which moves `at` too.
    Front front(PlayoutPosition &at) noexcept;
    bool claim(PlayoutPosition &at, PlayoutPosition to) noexcept;
    // The samples that would have come at `at`, the reader's place, from where the cursor has been moved away.
    // None if it is not kept: a second one can come before the reader has reported that it saw the first.
    const PlayoutChunk *jumped_from(PlayoutPosition at) const noexcept
    {
        const bool here = jumped_at_.load(std::memory_order_acquire) == at.word();
        return here ? jumped_from_.load(std::memory_order_acquire) : nullptr;
    }
    uint64_t appended_frames() const noexcept { return appended_.load(std::memory_order_acquire); }

    // ---- the I/O thread's side ----
    // Takes the first samples that fit into one chunk and says how many; 0 when no chunk may be made any more.
    size_t append(uint64_t turn, uint64_t turn_offset, std::span<const int16_t> samples, int sample_rate);
    // What the reader has claimed since the last call.
    template <typename Visit>
    void take_claimed(Visit &&visit)
    {
        visit_up_to(cursor(), visit);
    }
    // Moves the cursor to the end, or to the next chunk. Frames claimed before are given to `claimed`, the others
    // to `jumped`.
    template <typename Claimed, typename Jumped>
    void jump(bool to_end, Claimed &&claimed, Jumped &&jumped)
    {
        const std::optional<Move> move = move_cursor(to_end);
        if (move) {
            visit_up_to(move->from, claimed);
            visit_up_to(move->to, jumped);
            retire(*move);
        }
    }
    bool empty() const noexcept { return accounted_frames_ == appended_.load(std::memory_order_relaxed); }
    // In chunks: the oldest must go before more comes.
    bool full() const noexcept;
    void reclaim();
    void release_spare();
    size_t chunks() const noexcept { return chunk_count_; }
    // An odd number that stays the same means that the reader is still inside the same call.
    uint64_t reader_calls() const noexcept { return reader_calls_.load(std::memory_order_seq_cst); }

private:
    struct Directory;
    struct Retired {
        std::unique_ptr<PlayoutChunk> chunk;
        std::unique_ptr<Directory> directory;
        uint64_t reader_calls = 0;
    };
    struct Move {
        PlayoutPosition from;
        PlayoutPosition to;
    };

    template <typename Visit>
    void visit_up_to(PlayoutPosition to, Visit &&visit)
    {
        while (accounted_ < to) {
            const PlayoutChunk &chunk = *chunk_at(accounted_.seq());
            const bool within = accounted_.seq() == to.seq();
            const size_t end = within ? to.offset() : chunk.size;
            const size_t frames = end - accounted_.offset();
            if (frames > 0) {
                accounted_frames_ += frames;
                visit(Passed{chunk.turn, chunk.sample_rate, frames});
            }
            accounted_ = within ? to : PlayoutPosition(accounted_.seq() + 1, 0);
        }
    }

    PlayoutChunk *chunk_at(uint64_t seq) const noexcept;
    PlayoutChunk *open_chunk(uint64_t turn, uint64_t turn_offset, int sample_rate);
    void put_into_directory(PlayoutChunk *chunk);
    void take_from_directory(const PlayoutChunk &chunk) noexcept;
    void close_last_chunk() noexcept;
    std::optional<Move> move_cursor(bool to_end);
    void retire(const Move &move);
    bool reader_left_since(uint64_t calls) const noexcept;
    void recycle(std::unique_ptr<PlayoutChunk> chunk);

    const size_t most_chunks_;

    alignas(64) std::atomic<uint64_t> cursor_;
    std::atomic<uint64_t> done_;
    std::atomic<uint64_t> reader_calls_{0};  // odd while the reader is inside

    alignas(64) std::atomic<uint64_t> end_;
    std::atomic<uint64_t> appended_{0};
    std::atomic<Directory *> directory_;
    std::atomic<uint64_t> jumped_at_{0};
    std::atomic<const PlayoutChunk *> jumped_from_{nullptr};

    // The I/O thread's own.
    PlayoutChunk *last_ = nullptr;  // that can still grow
    PlayoutPosition accounted_;
    uint64_t accounted_frames_ = 0;
    uint64_t oldest_seq_ = 0;
    std::unique_ptr<PlayoutChunk> faded_;
    PlayoutPosition faded_until_;  // the reader has seen the jump when it is done with this
    std::vector<Retired> retired_;
    std::vector<std::unique_ptr<PlayoutChunk>> spare_;
    size_t chunk_count_ = 0;
};

}  // namespace gemlive::media
