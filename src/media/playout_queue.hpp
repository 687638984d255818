#pragma once

#include "base/chunk_pool.hpp"
#include "call_epoch.hpp"
#include "chunk_directory.hpp"
#include "playout_chunk.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gemlive::media {

// The samples between the I/O thread, which appends and may move the cursor forward over samples nobody shall
// hear, and one reader, which claims samples by moving the cursor itself. Whoever moves it owns what it moved
// over, so a sample is heard or flushed, never both.
//
// A chunk goes back to the pool when the reader has published that it is done with it; a chunk that was jumped
// over, when the read call during which that happened is over. The chunk at which a jump began stays until the
// reader has seen the jump: its first few milliseconds are what the reader fades out.
//
// atomic        writer  reader  order             pairs with
// cursor_       both    both    seq_cst           epoch_: the I/O thread moves it and then looks at the epoch, the
//                                                 reader enters and then looks at it. One sees the other, so no
//                                                 chunk that the reader may still look for is recycled.
// directory_    I/O     reader  seq_cst           epoch_, likewise: the old one is freed when the reader has left.
// epoch_        reader  I/O     in call_epoch.hpp
// done_         reader  I/O     release, acquire  the copying of samples: no chunk behind it is read any more.
// end_          I/O     reader  release, acquire  samples, sizes of finished chunks, appended_ and the directory's
//                                                 slots, all stored before it.
// appended_     I/O     reader  relaxed           end_: loaded after it, so never less than what end_ shows.
// jumped_from_  I/O     reader  release, acquire  jumped_at_: stored before it, loaded after it.
// jumped_at_    I/O     reader  release, acquire  cursor_: stored before it, and looked at because of it.
//
// jumped_from_ and jumped_at_ are not stored again before the reader has reported (done_) that it saw the jump; so a
// reader that finds its own place in jumped_at_ finds the chunk of that place in jumped_from_.
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

    explicit PlayoutQueue(size_t max_chunks);
    ~PlayoutQueue();
    PlayoutQueue(const PlayoutQueue &) = delete;
    PlayoutQueue &operator=(const PlayoutQueue &) = delete;

    // ---- the reader's side, real-time safe ----
    void enter() noexcept { epoch_.enter(); }
    void leave(PlayoutPosition done) noexcept;
    PlayoutPosition cursor() const noexcept;
    // What lies at `at`; steps over finished chunks with claim(), which moves `at` too.
    Front front(PlayoutPosition &at) noexcept;
    bool claim(PlayoutPosition &at, PlayoutPosition to) noexcept;
    // The samples that would have come at `at`, the reader's place, from where the cursor has been moved away.
    // None if they are not kept: a second jump can come before the reader has reported that it saw the first.
    const PlayoutChunk *jumped_from(PlayoutPosition at) const noexcept;
    uint64_t appended_frames() const noexcept { return appended_.load(std::memory_order_relaxed); }

    // ---- the I/O thread's side ---- Where the next samples of a turn are written: as many as asked for, or what
    // one chunk has left; never less than a few milliseconds. Nothing when no chunk may be made any more. The
    // reader sees them after publish().
    std::span<int16_t> room(uint64_t turn, uint64_t turn_offset, int sample_rate, size_t frames);
    void publish(size_t frames) noexcept;
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
    void free_spare() noexcept { pool_.free_spare(); }
    size_t chunks() const noexcept { return pool_.chunks(); }
    const CallEpoch &epoch() const noexcept { return epoch_; }

private:
    struct Retired {
        std::unique_ptr<PlayoutChunk> chunk;
        std::unique_ptr<ChunkDirectory> directory;
        uint64_t epoch = 0;
    };
    struct Move {
        PlayoutPosition from;
        PlayoutPosition to;
    };

    template <typename Visit>
    void visit_up_to(PlayoutPosition to, Visit &&visit)
    {
        while (accounted_ < to) {
            const PlayoutChunk &chunk = *find(accounted_.seq());
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

    PlayoutChunk *find(uint64_t seq) const noexcept;
    PlayoutPosition end() const noexcept;
    void open_chunk(uint64_t turn, uint64_t turn_offset, int sample_rate);
    void put_into_directory(PlayoutChunk *chunk);
    void close_last_chunk() noexcept;
    std::optional<Move> move_cursor(bool to_end);
    void retire(const Move &move);
    void free_retired();
    void free_finished();

    const size_t max_chunks_;

    alignas(64) std::atomic<uint64_t> cursor_;
    std::atomic<uint64_t> done_;
    CallEpoch epoch_;  // of the reader

    alignas(64) std::atomic<uint64_t> end_;
    std::atomic<uint64_t> appended_{0};
    std::atomic<ChunkDirectory *> directory_;  // owned, and so are the chunks in it
    std::atomic<const PlayoutChunk *> jumped_from_{nullptr};
    std::atomic<uint64_t> jumped_at_{0};

    // The I/O thread's own.
    ChunkPool<PlayoutChunk> pool_;
    PlayoutChunk *last_ = nullptr;  // that can still grow
    PlayoutPosition accounted_;
    uint64_t accounted_frames_ = 0;
    uint64_t oldest_seq_ = 0;
    std::unique_ptr<PlayoutChunk> faded_;
    PlayoutPosition faded_until_;  // the reader has seen the jump when it is done with this
    std::vector<Retired> retired_;
};

}  // namespace gemlive::media
