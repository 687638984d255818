#include "media/playout.hpp"

#include "base/assert.hpp"
#include "playout_output.hpp"
#include "playout_queue.hpp"
#include "playout_reader.hpp"
#include "playout_turns.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::media {
namespace {

constexpr Clock::duration keep_spare_for = std::chrono::seconds(2);

// Twice what a steady 24 kHz stream needs, for chunks that end early and for 48 kHz.
size_t max_chunks_for(int playout_ms)
{
    return static_cast<size_t>(playout_ms) / 100 + 16;
}

}  // namespace

Playout::Playout(const Settings &settings)
    : settings_(settings), queue_(std::make_unique<PlayoutQueue>(max_chunks_for(settings.playout_ms))),
      reader_(std::make_unique<PlayoutReader>(*queue_, settings.prebuffer_ms)), rates_{model_sample_rate},
      turns_(std::make_unique<PlayoutTurns>())
{
}

Playout::~Playout()
{
    delete output_.load(std::memory_order_relaxed);
}

void Playout::enable()
{
    std::lock_guard lock(mutex_);
    if (!enabled()) {
        publish_output({model_sample_rate, 1});
    }
}

Status Playout::set_output_format(const AudioFormat &format)
{
    if (!format.valid()) {
        return Status::invalid_argument;
    }
    std::lock_guard lock(mutex_);
    const PlayoutOutput *const current = output_.load(std::memory_order_relaxed);
    if (!current || current->format != format) {
        publish_output(format);
    }
    return Status::ok;
}

AudioFormat Playout::output_format() const
{
    std::lock_guard lock(mutex_);
    const PlayoutOutput *const current = output_.load(std::memory_order_relaxed);
    return current ? current->format : AudioFormat{model_sample_rate, 1};
}

void Playout::publish_output(const AudioFormat &format)
{
    auto output = std::make_unique<PlayoutOutput>(format, settings_.quality, ++outputs_made_);
    for (const int rate : rates_) {
        output->add_rate(rate);
    }
    std::unique_ptr<PlayoutOutput> old(output_.exchange(output.release(), std::memory_order_seq_cst));
    if (old) {
        retired_outputs_.push_back({std::move(old), queue_->epoch().now()});
    }
    free_retired_outputs();
}

void Playout::free_retired_outputs()
{
    std::erase_if(retired_outputs_,
                  [this](const RetiredOutput &retired) { return queue_->epoch().left_since(retired.epoch); });
}

size_t Playout::read(const SampleBuffer &out) noexcept
{
    reader_seen_.store(true, std::memory_order_relaxed);
    queue_->enter();
    PlayoutOutput *const output = output_.load(std::memory_order_seq_cst);
    size_t heard = 0;
    if (output) {
        heard = reader_->read(*output, out);
    } else {
        silence(out, 1);
    }
    queue_->leave(reader_->done());
    return heard;
}

std::span<int16_t> Playout::begin_chunk(uint64_t turn, int sample_rate, size_t frames)
{
    piece_ = {};
    if (!enabled() || frames == 0) {
        return {};
    }
    const std::span<int16_t> samples = room(turn, sample_rate, frames);
    piece_ = {turn, sample_rate, samples.size()};
    return samples;
}

void Playout::commit(size_t frames)
{
    const Piece piece = std::exchange(piece_, {});
    GEMLIVE_ASSERT(frames <= piece.room);
    publish(piece.turn, piece.sample_rate, std::min(frames, piece.room));
}

bool Playout::append(uint64_t turn, std::span<const int16_t> samples, int sample_rate)
{
    if (!enabled()) {
        return true;
    }
    while (!samples.empty()) {
        const std::span<int16_t> free = room(turn, sample_rate, samples.size());
        if (free.empty()) {
            return false;
        }
        std::copy_n(samples.begin(), free.size(), free.begin());
        publish(turn, sample_rate, free.size());
        samples = samples.subspan(free.size());
    }
    return true;
}

// Some of the `frames` that are to come, the oldest making room for them. Without a place for them they are
// counted as dropped.
std::span<int16_t> Playout::room(uint64_t turn, int sample_rate, size_t frames)
{
    account();
    if (!AudioFormat{sample_rate, 1}.valid() || !accept_rate(sample_rate)) {
        turns_->refuse(turn, frames, sample_rate);
        return {};
    }
    idle_since_.reset();
    const size_t piece = std::min(frames, chunk_frames);
    const double piece_ms = static_cast<double>(piece) * 1000.0 / sample_rate;
    while ((turns_->queued_ms() + piece_ms > settings_.playout_ms || queue_->full()) && !queue_->empty()) {
        drop_oldest();
    }
    const std::span<int16_t> free = queue_->room(turn, turns_->appended(turn), sample_rate, piece);
    if (free.empty()) {
        turns_->refuse(turn, frames, sample_rate);
        note_queued();
    }
    return free;
}

void Playout::publish(uint64_t turn, int sample_rate, size_t frames)
{
    queue_->publish(frames);
    turns_->append(turn, frames, sample_rate);
    note_queued();
}

bool Playout::accept_rate(int sample_rate)
{
    if (sample_rate == accepted_rate_) {
        return true;
    }
    std::lock_guard lock(mutex_);
    if (std::find(rates_.begin(), rates_.end(), sample_rate) == rates_.end()) {
        if (!output_.load(std::memory_order_relaxed)->add_rate(sample_rate)) {
            return false;
        }
        rates_.push_back(sample_rate);
    }
    accepted_rate_ = sample_rate;
    return true;
}

void Playout::end_of_turn(uint64_t turn)
{
    if (turns_->end(turn)) {
        reader_->end_at(queue_->appended_frames());
    }
}

std::vector<Playout::Flushed> Playout::flush()
{
    piece_ = {};
    account();
    queue_->jump(
        true, [this](const auto &passed) { turns_->count_heard(passed); },
        [this](const auto &passed) { turns_->count_flushed(passed); });
    note_queued();
    return turns_->take_flushed();
}

void Playout::drop_oldest()
{
    account();
    queue_->jump(
        false, [this](const auto &passed) { turns_->count_heard(passed); },
        [this](const auto &passed) { turns_->count_dropped(passed); });
}

Playout::Heard Playout::heard(uint64_t turn)
{
    account();
    return turns_->heard(turn);
}

int64_t Playout::queued_ms()
{
    account();
    return whole_ms(turns_->queued_ms());
}

std::optional<Playout::Heard> Playout::next_finished()
{
    account();
    return turns_->next_finished();
}

void Playout::collect(Clock::time_point now)
{
    account();
    {
        std::lock_guard lock(mutex_);
        free_retired_outputs();
    }
    if (!queue_->empty()) {
        idle_since_.reset();
    } else if (!idle_since_) {
        idle_since_ = now;
    } else if (now - *idle_since_ >= keep_spare_for) {
        queue_->free_spare();
    }
}

void Playout::account()
{
    queue_->take_claimed([this](const auto &passed) { turns_->count_heard(passed); });
    if (queue_->empty()) {
        turns_->all_passed();
    }
    queue_->reclaim();
    note_queued();
}

uint64_t Playout::dropped_frames() const noexcept
{
    return turns_->dropped_frames();
}

int64_t Playout::dropped_ms() const noexcept
{
    return static_cast<int64_t>(turns_->dropped_ms());
}

void Playout::note_queued() noexcept
{
    const double queued_us = std::max(turns_->queued_ms(), 0.0) * 1000.0;
    queued_us_.store(static_cast<int64_t>(queued_us), std::memory_order_relaxed);
}

}  // namespace gemlive::media
