#include "playout_queue.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::media {
namespace {

constexpr size_t first_directory_size = 16;

// Speech at real time needs two or three chunks at once; a burst makes more and gives them back.
constexpr size_t max_spare_chunks = 8;

// Chunks out of the queue that a reader in the middle of a call, or a fade, still keeps.
constexpr size_t spare_for_reader = 64;

// A chunk with less room is left as it is when more comes: no piece gets too small to be worth its work.
constexpr size_t min_room = 128;

}  // namespace

PlayoutQueue::PlayoutQueue(size_t max_chunks)
    : max_chunks_(max_chunks), cursor_(PlayoutPosition(1, 0).word()), done_(PlayoutPosition(1, 0).word()),
      end_(PlayoutPosition(1, 0).word()), directory_(new ChunkDirectory(first_directory_size)),
      pool_(max_chunks + spare_for_reader, max_spare_chunks), accounted_(1, 0), oldest_seq_(1)
{
}

PlayoutQueue::~PlayoutQueue()
{
    const std::unique_ptr<ChunkDirectory> directory(directory_.load(std::memory_order_relaxed));
    for (auto &retired : retired_) {
        if (retired.chunk) {
            directory->remove(*retired.chunk);
        }
    }
    directory->for_each([](PlayoutChunk *chunk) { delete chunk; });
}

void PlayoutQueue::leave(PlayoutPosition done) noexcept
{
    done_.store(done.word(), std::memory_order_release);
    epoch_.leave();
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
        const PlayoutChunk *const chunk = directory_.load(std::memory_order_seq_cst)->find(at.seq());
        if (!chunk) {
            return {};  // `at` is not the cursor any more
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

const PlayoutChunk *PlayoutQueue::jumped_from(PlayoutPosition at) const noexcept
{
    const bool here = jumped_at_.load(std::memory_order_acquire) == at.word();
    return here ? jumped_from_.load(std::memory_order_acquire) : nullptr;
}

std::span<int16_t> PlayoutQueue::room(uint64_t turn, uint64_t turn_offset, int sample_rate, size_t frames)
{
    const bool goes_on = last_ && last_->turn == turn && last_->sample_rate == sample_rate &&
                         last_->turn_offset + last_->size == turn_offset &&
                         chunk_frames - last_->size >= std::min(frames, min_room);
    if (!goes_on) {
        open_chunk(turn, turn_offset, sample_rate);
    }
    if (!last_) {
        return {};
    }
    const auto left = std::span(last_->samples).subspan(last_->size);
    return left.first(std::min(frames, left.size()));
}

void PlayoutQueue::publish(size_t frames) noexcept
{
    GEMLIVE_ASSERT(frames == 0 || (last_ && frames <= chunk_frames - last_->size));
    if (frames == 0) {
        return;
    }
    last_->size += static_cast<uint32_t>(frames);
    appended_.store(appended_.load(std::memory_order_relaxed) + frames, std::memory_order_relaxed);
    end_.store(PlayoutPosition(last_->seq, last_->size).word(), std::memory_order_release);
}

void PlayoutQueue::open_chunk(uint64_t turn, uint64_t turn_offset, int sample_rate)
{
    close_last_chunk();
    std::unique_ptr<PlayoutChunk> chunk = pool_.take();
    if (!chunk) {
        return;
    }
    chunk->seq = end().seq();
    chunk->turn = turn;
    chunk->turn_offset = turn_offset;
    chunk->first_frame = appended_.load(std::memory_order_relaxed);
    chunk->sample_rate = sample_rate;
    chunk->size = 0;
    put_into_directory(chunk.get());
    last_ = chunk.release();
}

// The end moves to the chunk after it, so that its size is final for the reader.
void PlayoutQueue::close_last_chunk() noexcept
{
    if (last_) {
        end_.store(PlayoutPosition(last_->seq + 1, 0).word(), std::memory_order_release);
        last_ = nullptr;
    }
}

PlayoutPosition PlayoutQueue::end() const noexcept
{
    return PlayoutPosition::from_word(end_.load(std::memory_order_relaxed));
}

PlayoutChunk *PlayoutQueue::find(uint64_t seq) const noexcept
{
    return directory_.load(std::memory_order_relaxed)->find(seq);
}

void PlayoutQueue::put_into_directory(PlayoutChunk *chunk)
{
    ChunkDirectory *directory = directory_.load(std::memory_order_relaxed);
    if (!directory->has_room_for(chunk->seq)) {
        auto larger = directory->grown_for(chunk->seq);
        directory_.store(larger.get(), std::memory_order_seq_cst);
        retired_.push_back({nullptr, std::unique_ptr<ChunkDirectory>(directory), epoch_.now()});
        directory = larger.release();
    }
    directory->put(chunk);
}

std::optional<PlayoutQueue::Move> PlayoutQueue::move_cursor(bool to_end)
{
    for (;;) {
        const PlayoutPosition from = cursor();
        PlayoutChunk *chunk = find(from.seq());
        if (chunk && chunk != last_ && from.offset() == chunk->size) {
            chunk = find(from.seq() + 1);
        }
        if (!chunk || (chunk->seq == from.seq() && from.offset() == chunk->size)) {
            return std::nullopt;
        }
        if (to_end || chunk == last_) {
            close_last_chunk();
        }
        const auto to = to_end ? end() : PlayoutPosition(chunk->seq + 1, 0);
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
            pool_.give_back(std::move(faded_));
            faded_until_ = to;
        }
        return Move{from, to};
    }
}

void PlayoutQueue::retire(const Move &move)
{
    const uint64_t epoch = epoch_.now();
    for (uint64_t seq = move.from.seq(); seq < move.to.seq(); ++seq) {
        if (PlayoutChunk *const chunk = find(seq)) {
            retired_.push_back({std::unique_ptr<PlayoutChunk>(chunk), nullptr, epoch});
        }
    }
    reclaim();
}

bool PlayoutQueue::full() const noexcept
{
    const uint64_t chunks = end().seq() - accounted_.seq() + (last_ ? 1 : 0);
    return chunks >= max_chunks_;
}

void PlayoutQueue::reclaim()
{
    free_retired();
    if (faded_ && done_.load(std::memory_order_acquire) >= faded_until_.word()) {
        pool_.give_back(std::move(faded_));
    }
    free_finished();
}

// What was jumped over, once the reader has left the call of that time.
void PlayoutQueue::free_retired()
{
    const auto is_kept = [this](const Retired &entry) { return !epoch_.left_since(entry.epoch); };
    const auto kept_end = std::partition(retired_.begin(), retired_.end(), is_kept);
    for (auto entry = kept_end; entry != retired_.end(); ++entry) {
        if (!entry->chunk) {
            continue;
        }
        directory_.load(std::memory_order_relaxed)->remove(*entry->chunk);
        const bool still_faded = entry->chunk.get() == jumped_from_.load(std::memory_order_relaxed) &&
                                 done_.load(std::memory_order_acquire) < faded_until_.word();
        if (still_faded) {
            faded_ = std::move(entry->chunk);
        } else {
            pool_.give_back(std::move(entry->chunk));
        }
    }
    retired_.erase(kept_end, retired_.end());
}

// What the reader has read to its end.
void PlayoutQueue::free_finished()
{
    const auto done = PlayoutPosition::from_word(done_.load(std::memory_order_acquire));
    const uint64_t finished = std::min(done.seq(), accounted_.seq());
    for (; oldest_seq_ < finished; ++oldest_seq_) {
        PlayoutChunk *const chunk = find(oldest_seq_);
        const bool retired = std::any_of(retired_.begin(), retired_.end(),
                                         [chunk](const Retired &entry) { return entry.chunk.get() == chunk; });
        if (chunk && !retired) {
            directory_.load(std::memory_order_relaxed)->remove(*chunk);
            pool_.give_back(std::unique_ptr<PlayoutChunk>(chunk));
        }
    }
}

}  // namespace gemlive::media
