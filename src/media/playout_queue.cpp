#include "playout_queue.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::media {
namespace {

constexpr size_t first_directory_size = 16;

// Speech at real time needs two or three chunks at once; a burst makes more and gives them back.
constexpr size_t most_spare_chunks = 8;

// Chunks out of the queue that a reader in the middle of a call, or a fade, still keeps.
constexpr size_t spare_for_reader = 64;

}  // namespace

// Chunk number → chunk. It owns its chunks until they are taken out.
struct PlayoutQueue::Directory {
    explicit Directory(size_t size) : mask(size - 1), slots(size) {}

    std::atomic<PlayoutChunk *> &slot(uint64_t seq) { return slots[seq & mask]; }

    const uint64_t mask;
    std::vector<std::atomic<PlayoutChunk *>> slots;
};

PlayoutQueue::PlayoutQueue(size_t most_chunks)
    : most_chunks_(most_chunks), cursor_(PlayoutPosition(1, 0).word()), done_(PlayoutPosition(1, 0).word()),
      end_(PlayoutPosition(1, 0).word()), directory_(new Directory(first_directory_size)), accounted_(1, 0),
      oldest_seq_(1)
{
}

PlayoutQueue::~PlayoutQueue()
{
    const std::unique_ptr<Directory> directory(directory_.load(std::memory_order_relaxed));
    for (auto &retired : retired_) {
        if (retired.chunk) {
            take_from_directory(*retired.chunk);
        }
    }
    for (auto &slot : directory->slots) {
        delete slot.load(std::memory_order_relaxed);
    }
}

void PlayoutQueue::leave(PlayoutPosition done) noexcept
{
    done_.store(done.word(), std::memory_order_release);
    reader_calls_.fetch_add(1, std::memory_order_seq_cst);
}

PlayoutPosition PlayoutQueue::cursor() const noexcept
{
    return PlayoutPosition::from_word(cursor_.load(std::memory_order_seq_cst));
}

PlayoutQueue::Front PlayoutQueue::front(PlayoutPosition &at) noexcept
{
    for (;;) {
        const auto end = PlayoutPosition::from_word(end_.load(std::memory_order_acquire));
        if (at >= end) {
            return {};
        }
        // After the end: a larger directory is published before the first chunk that needs it.
        const PlayoutChunk *const chunk = directory_.load(std::memory_order_seq_cst)->slot(at.seq()).load();
        if (!chunk || chunk->seq != at.seq()) {
            return {};
        }
        const size_t size = at.seq() == end.seq() ? end.offset() : chunk->size;
        if (at.offset() < size) {
            return {chunk, at.offset(), size - at.offset()};
        }
        if (!claim(at, PlayoutPosition(at.seq() + 1, 0))) {
            return {};
        }
    }
}

bool PlayoutQueue::claim(PlayoutPosition &at, PlayoutPosition to) noexcept
{
    uint64_t expected = at.word();
    if (!cursor_.compare_exchange_strong(expected, to.word(), std::memory_order_seq_cst)) {
        return false;
    }
    at = to;
    return true;
}

size_t PlayoutQueue::append(uint64_t turn, uint64_t turn_offset, std::span<const int16_t> samples, int sample_rate)
{
    if (!last_ || last_->size == chunk_frames || last_->turn != turn || last_->sample_rate != sample_rate ||
        last_->turn_offset + last_->size != turn_offset) {
        last_ = open_chunk(turn, turn_offset, sample_rate);
        if (!last_) {
            return 0;
        }
    }
    const size_t taken = std::min(samples.size(), chunk_frames - last_->size);
    std::copy_n(samples.begin(), taken, last_->samples.begin() + last_->size);
    last_->size += static_cast<uint32_t>(taken);
    appended_.store(appended_.load(std::memory_order_relaxed) + taken, std::memory_order_release);
    end_.store(PlayoutPosition(last_->seq, last_->size).word(), std::memory_order_release);
    return taken;
}

PlayoutChunk *PlayoutQueue::open_chunk(uint64_t turn, uint64_t turn_offset, int sample_rate)
{
    close_last_chunk();
    std::unique_ptr<PlayoutChunk> chunk;
    if (!spare_.empty()) {
        chunk = std::move(spare_.back());
        spare_.pop_back();
    } else if (chunk_count_ < most_chunks_ + spare_for_reader) {
        chunk.reset(new PlayoutChunk);
        ++chunk_count_;
    } else {
        return nullptr;
    }
    chunk->seq = PlayoutPosition::from_word(end_.load(std::memory_order_relaxed)).seq();
    chunk->turn = turn;
    chunk->turn_offset = turn_offset;
    chunk->first_frame = appended_.load(std::memory_order_relaxed);
    chunk->sample_rate = sample_rate;
    chunk->size = 0;
    put_into_directory(chunk.get());
    return chunk.release();
}

// The end moves to the chunk after it, so that its size is final for the reader.
void PlayoutQueue::close_last_chunk() noexcept
{
    if (last_) {
        end_.store(PlayoutPosition(last_->seq + 1, 0).word(), std::memory_order_release);
        last_ = nullptr;
    }
}

PlayoutChunk *PlayoutQueue::chunk_at(uint64_t seq) const noexcept
{
    const auto &slot = directory_.load(std::memory_order_relaxed)->slot(seq);
    PlayoutChunk *const chunk = slot.load(std::memory_order_relaxed);
    return chunk && chunk->seq == seq ? chunk : nullptr;
}

void PlayoutQueue::put_into_directory(PlayoutChunk *chunk)
{
    Directory *directory = directory_.load(std::memory_order_relaxed);
    size_t size = directory->slots.size();
    std::unique_ptr<Directory> larger;
    bool fits = directory->slot(chunk->seq).load(std::memory_order_relaxed) == nullptr;
    while (!fits) {
        size *= 2;
        larger = std::make_unique<Directory>(size);
        fits = true;
        for (auto &slot : directory->slots) {
            PlayoutChunk *const old = slot.load(std::memory_order_relaxed);
            if (old) {
                fits = fits && larger->slot(old->seq).exchange(old, std::memory_order_relaxed) == nullptr;
            }
        }
        fits = fits && larger->slot(chunk->seq).load(std::memory_order_relaxed) == nullptr;
    }
    if (larger) {
        directory_.store(larger.release(), std::memory_order_seq_cst);
        retired_.push_back({nullptr, std::unique_ptr<Directory>(directory), reader_calls()});
        directory = directory_.load(std::memory_order_relaxed);
    }
    directory->slot(chunk->seq).store(chunk);
}

void PlayoutQueue::take_from_directory(const PlayoutChunk &chunk) noexcept
{
    auto &slot = directory_.load(std::memory_order_relaxed)->slot(chunk.seq);
    if (slot.load(std::memory_order_relaxed) == &chunk) {
        slot.store(nullptr);
    }
}

std::optional<PlayoutQueue::Move> PlayoutQueue::move_cursor(bool to_end)
{
    for (;;) {
        const PlayoutPosition from = cursor();
        PlayoutChunk *chunk = chunk_at(from.seq());
        if (chunk && chunk != last_ && from.offset() == chunk->size) {
            chunk = chunk_at(from.seq() + 1);
        }
        if (!chunk || (chunk->seq == from.seq() && from.offset() == chunk->size)) {
            return std::nullopt;
        }
        if (to_end || chunk == last_) {
            close_last_chunk();
        }
        const auto end = PlayoutPosition::from_word(end_.load(std::memory_order_relaxed));
        const auto to = to_end ? end : PlayoutPosition(chunk->seq + 1, 0);
        const bool jump_unseen = done_.load(std::memory_order_acquire) < faded_until_.word();
        if (!jump_unseen) {
            jumped_from_.store(chunk, std::memory_order_release);
            jumped_at_.store(from.word(), std::memory_order_release);
        }
        uint64_t expected = from.word();
        if (!cursor_.compare_exchange_strong(expected, to.word(), std::memory_order_seq_cst)) {
            continue;
        }
        if (!jump_unseen) {
            recycle(std::move(faded_));
            faded_until_ = to;
        }
        return Move{from, to};
    }
}

void PlayoutQueue::retire(const Move &move)
{
    const uint64_t calls = reader_calls();
    for (uint64_t seq = move.from.seq(); seq < move.to.seq(); ++seq) {
        PlayoutChunk *const chunk = chunk_at(seq);
        if (chunk) {
            retired_.push_back({std::unique_ptr<PlayoutChunk>(chunk), nullptr, calls});
        }
    }
    reclaim();
}

bool PlayoutQueue::reader_left_since(uint64_t calls) const noexcept
{
    return calls % 2 == 0 || reader_calls() != calls;
}

bool PlayoutQueue::full() const noexcept
{
    const auto end = PlayoutPosition::from_word(end_.load(std::memory_order_relaxed));
    return end.seq() - accounted_.seq() >= most_chunks_;
}

void PlayoutQueue::reclaim()
{
    size_t kept = 0;
    for (auto &entry : retired_) {
        if (!reader_left_since(entry.reader_calls)) {
            retired_[kept++] = std::move(entry);
            continue;
        }
        if (entry.chunk) {
            take_from_directory(*entry.chunk);
            const bool still_faded = entry.chunk.get() == jumped_from_.load(std::memory_order_relaxed) &&
                                     done_.load(std::memory_order_acquire) < faded_until_.word();
            if (still_faded) {
                faded_ = std::move(entry.chunk);
            } else {
                recycle(std::move(entry.chunk));
            }
        }
    }
    retired_.erase(retired_.begin() + static_cast<ptrdiff_t>(kept), retired_.end());

    const auto done = PlayoutPosition::from_word(done_.load(std::memory_order_acquire));
    if (faded_ && done >= faded_until_) {
        recycle(std::move(faded_));
    }
    const uint64_t finished = std::min(done.seq(), accounted_.seq());
    for (; oldest_seq_ < finished; ++oldest_seq_) {
        PlayoutChunk *const chunk = chunk_at(oldest_seq_);
        const bool retired = std::any_of(retired_.begin(), retired_.end(),
                                         [chunk](const Retired &entry) { return entry.chunk.get() == chunk; });
        if (chunk && !retired) {
            take_from_directory(*chunk);
            recycle(std::unique_ptr<PlayoutChunk>(chunk));
        }
    }
}

void PlayoutQueue::recycle(std::unique_ptr<PlayoutChunk> chunk)
{
    if (!chunk) {
        return;
    }
    if (spare_.size() < most_spare_chunks) {
        spare_.push_back(std::move(chunk));
    } else {
        chunk.reset();
        --chunk_count_;
    }
}

void PlayoutQueue::release_spare()
{
    chunk_count_ -= spare_.size();
    spare_.clear();
    spare_.shrink_to_fit();
}

}  // namespace gemlive::media
