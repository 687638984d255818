#include "media/playout.hpp"

#include "playout_output.hpp"
#include "playout_queue.hpp"
#include "playout_reader.hpp"

#include <algorithm>

namespace gemlive::media {
namespace {

constexpr size_t most_turns = 32;
constexpr Clock::duration keep_spare_for = std::chrono::seconds(2);

double to_milliseconds(size_t frames, int sample_rate)
{
    return static_cast<double>(frames) * 1000.0 / sample_rate;
}

// Sums of thirds of a millisecond end a hair under the whole number that they are.
int64_t whole_ms(double ms)
{
    return static_cast<int64_t>(ms + 1e-6);
}

// Twice what a steady 24 kHz stream needs, for chunks that end early and for 48 kHz.
size_t most_chunks_for(int playout_ms)
{
    return static_cast<size_t>(playout_ms) / 100 + 16;
}

}  // namespace

Playout::Playout(const Settings &settings)
    : settings_(settings), queue_(std::make_unique<PlayoutQueue>(most_chunks_for(settings.playout_ms))),
      reader_(std::make_unique<PlayoutReader>(*queue_, settings.prebuffer_ms)), rates_{model_sample_rate}
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
        publish({model_sample_rate, 1});
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
        publish(format);
    }
    return Status::ok;
}

AudioFormat Playout::output_format() const
{
    std::lock_guard lock(mutex_);
    const PlayoutOutput *const current = output_.load(std::memory_order_relaxed);
    return current ? current->format : AudioFormat{model_sample_rate, 1};
}

void Playout::publish(const AudioFormat &format)
{
    auto output = std::make_unique<PlayoutOutput>(format, settings_.quality, ++outputs_made_);
    for (const int rate : rates_) {
        output->add_rate(rate);
    }
    std::unique_ptr<PlayoutOutput> old(output_.exchange(output.release(), std::memory_order_seq_cst));
    const uint64_t calls = queue_->reader_calls();
    if (old) {
        retired_outputs_.push_back({std::move(old), calls});
    }
    free_retired_outputs();
}

// Those that no read can be using: the read that was inside when another took its place has returned.
void Playout::free_retired_outputs()
{
    const uint64_t calls = queue_->reader_calls();
    std::erase_if(retired_outputs_, [calls](const RetiredOutput &retired) {
        return retired.reader_calls % 2 == 0 || retired.reader_calls != calls;
    });
}

template <typename Sample>
size_t Playout::read(Sample *samples, size_t frames) noexcept
{
    reader_seen_.store(true, std::memory_order_relaxed);
    queue_->enter();
    PlayoutOutput *const output = output_.load(std::memory_order_seq_cst);
    size_t heard = 0;
    if (output) {
        heard = reader_->read(*output, samples, frames);
    } else {
        std::fill_n(samples, frames, Sample{});
    }
    queue_->leave(reader_->done());
    return heard;
}

size_t Playout::read_s16(int16_t *samples, size_t frames) noexcept
{
    return read(samples, frames);
}

size_t Playout::read_f32(float *samples, size_t frames) noexcept
{
    return read(samples, frames);
}

bool Playout::append(uint64_t turn, std::span<const int16_t> samples, int sample_rate)
{
    if (!enabled() || samples.empty()) {
        return true;
    }
    account();
    const AudioFormat format{sample_rate, 1};
    if (!format.valid() || !accept_rate(sample_rate)) {
        drop(turn_record(turn), samples.size(), std::max(sample_rate, 1));
        return false;
    }
    idle_since_.reset();
    while (!samples.empty()) {
        const auto piece = samples.first(std::min(samples.size(), chunk_frames));
        const double piece_ms = to_milliseconds(piece.size(), sample_rate);
        while ((queued_ms_ + piece_ms > settings_.playout_ms || queue_->full()) && !queue_->empty()) {
            drop_oldest();
        }
        Turn &record = turn_record(turn);
        const size_t taken = queue_->append(turn, record.appended, piece, sample_rate);
        if (taken == 0) {
            drop(record, samples.size(), sample_rate);
            note_queued();
            return false;
        }
        record.appended += taken;
        queued_ms_ += to_milliseconds(taken, sample_rate);
        samples = samples.subspan(taken);
    }
    note_queued();
    return true;
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
    Turn *const record = find_turn(turn);
    if (record) {
        record->ended = true;
        reader_->end_at(queue_->appended_frames());
    }
}

std::vector<Playout::Flushed> Playout::flush()
{
    std::vector<Flushed> flushed;
    const auto claimed = [this](const PlayoutQueue::Passed &passed) {
        count_heard(passed.turn, passed.frames, passed.sample_rate);
    };
    const auto jumped = [this](const PlayoutQueue::Passed &passed) {
        Turn &turn = turn_record(passed.turn);
        const double ms = to_milliseconds(passed.frames, passed.sample_rate);
        turn.flushed += passed.frames;
        turn.flushed_ms += ms;
        queued_ms_ -= ms;
    };
    account();
    const std::vector<Turn> before = turns_;
    queue_->jump(true, claimed, jumped);
    for (size_t i = 0; i < before.size(); ++i) {
        const Turn &turn = turns_[i];
        if (turn.flushed != before[i].flushed) {
            flushed.push_back({turn.id, turn.heard, whole_ms(turn.heard_ms), turn.flushed - before[i].flushed,
                               whole_ms(turn.flushed_ms - before[i].flushed_ms)});
        }
    }
    note_queued();
    return flushed;
}

void Playout::drop_oldest()
{
    const auto claimed = [this](const PlayoutQueue::Passed &passed) {
        count_heard(passed.turn, passed.frames, passed.sample_rate);
    };
    const auto jumped = [this](const PlayoutQueue::Passed &passed) {
        Turn &turn = turn_record(passed.turn);
        queued_ms_ -= to_milliseconds(passed.frames, passed.sample_rate);
        turn.appended -= passed.frames;
        drop(turn, passed.frames, passed.sample_rate);
    };
    account();
    queue_->jump(false, claimed, jumped);
}

void Playout::drop(Turn &turn, size_t frames, int sample_rate)
{
    turn.appended += frames;
    turn.dropped += frames;
    dropped_frames_ += frames;
    dropped_ms_ += to_milliseconds(frames, sample_rate);
}

Playout::Heard Playout::heard(uint64_t turn)
{
    account();
    const Turn *const record = find_turn(turn);
    return record ? Heard{turn, record->heard, whole_ms(record->heard_ms)} : Heard{turn, 0, 0};
}

int64_t Playout::queued_ms()
{
    account();
    return whole_ms(queued_ms_);
}

std::optional<Playout::Heard> Playout::next_finished()
{
    account();
    for (Turn &turn : turns_) {
        if (turn.ended && !turn.reported && turn.all_gone()) {
            turn.reported = true;
            if (turn.flushed == 0) {
                return Heard{turn.id, turn.heard, whole_ms(turn.heard_ms)};
            }
        }
    }
    return std::nullopt;
}

void Playout::collect(Clock::time_point now)
{
    account();
    queue_->reclaim();
    {
        std::lock_guard lock(mutex_);
        free_retired_outputs();
    }
    if (!queue_->empty()) {
        idle_since_.reset();
    } else if (!idle_since_) {
        idle_since_ = now;
    } else if (now - *idle_since_ >= keep_spare_for) {
        queue_->release_spare();
    }
}

void Playout::account()
{
    queue_->take_claimed([this](const PlayoutQueue::Passed &passed) {
        count_heard(passed.turn, passed.frames, passed.sample_rate);
    });
    if (queue_->empty()) {
        queued_ms_ = 0;
    }
    queue_->reclaim();
    note_queued();
}

void Playout::count_heard(uint64_t turn, size_t frames, int sample_rate)
{
    Turn &record = turn_record(turn);
    const double ms = to_milliseconds(frames, sample_rate);
    record.heard += frames;
    record.heard_ms += ms;
    queued_ms_ -= ms;
}

Playout::Turn *Playout::find_turn(uint64_t turn) noexcept
{
    const auto is_it = [turn](const Turn &record) { return record.id == turn; };
    const auto found = std::find_if(turns_.rbegin(), turns_.rend(), is_it);
    return found == turns_.rend() ? nullptr : &*found;
}

Playout::Turn &Playout::turn_record(uint64_t turn)
{
    if (Turn *const known = find_turn(turn)) {
        return *known;
    }
    if (turns_.size() >= most_turns) {
        // One of which nothing waits: its record is history only. Records of waiting turns are as many as the
        // chunks.
        const auto oldest = std::find_if(turns_.begin(), turns_.end(), [](const Turn &t) { return t.all_gone(); });
        if (oldest != turns_.end()) {
            turns_.erase(oldest);
        }
    }
    turns_.push_back({turn});
    return turns_.back();
}

void Playout::note_queued() noexcept
{
    queued_us_.store(static_cast<int64_t>(std::max(queued_ms_, 0.0) * 1000.0), std::memory_order_relaxed);
}

}  // namespace gemlive::media
