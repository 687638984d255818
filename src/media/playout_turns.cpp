#include "playout_turns.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::media {
namespace {

constexpr size_t max_turns = 32;

double to_milliseconds(size_t frames, int sample_rate)
{
    return static_cast<double>(frames) * 1000.0 / sample_rate;
}

double to_milliseconds(const PlayoutTurns::Passed &passed)
{
    return to_milliseconds(passed.frames, passed.sample_rate);
}

}  // namespace

Playout::Heard PlayoutTurns::Turn::so_far() const noexcept
{
    return {id, heard, whole_ms(heard_ms)};
}

uint64_t PlayoutTurns::appended(uint64_t turn)
{
    return record(turn).appended;
}

void PlayoutTurns::append(uint64_t turn, size_t frames, int sample_rate)
{
    Turn &more = record(turn);
    more.appended += frames;
    more.ended = more.reported = false;  // it was not over after all
    queued_ms_ += to_milliseconds(frames, sample_rate);
}

void PlayoutTurns::count_heard(const Passed &passed)
{
    Turn &turn = record(passed.turn);
    const double ms = to_milliseconds(passed);
    turn.heard += passed.frames;
    turn.heard_ms += ms;
    queued_ms_ -= ms;
}

void PlayoutTurns::count_flushed(const Passed &passed)
{
    Turn &turn = record(passed.turn);
    const double ms = to_milliseconds(passed);
    turn.flushed += passed.frames;
    turn.new_flushed += passed.frames;
    turn.new_flushed_ms += ms;
    queued_ms_ -= ms;
}

void PlayoutTurns::count_dropped(const Passed &passed)
{
    const double ms = to_milliseconds(passed);
    queued_ms_ -= ms;
    drop(record(passed.turn), passed.frames, ms);
}

void PlayoutTurns::refuse(uint64_t turn, size_t frames, int sample_rate)
{
    Turn &refused = record(turn);
    refused.appended += frames;
    drop(refused, frames, to_milliseconds(frames, std::max(sample_rate, 1)));
}

void PlayoutTurns::drop(Turn &turn, size_t frames, double ms) noexcept
{
    turn.dropped += frames;
    dropped_frames_ += frames;
    dropped_ms_ += ms;
}

bool PlayoutTurns::end(uint64_t turn) noexcept
{
    Turn *const ended = find(turn);
    if (ended) {
        ended->ended = true;
    }
    return ended != nullptr;
}

Playout::Heard PlayoutTurns::heard(uint64_t turn) const noexcept
{
    const Turn *const known = find(turn);
    return known ? known->so_far() : Playout::Heard{turn, 0, 0};
}

std::optional<Playout::Heard> PlayoutTurns::next_finished() noexcept
{
    for (Turn &turn : turns_) {
        if (turn.ended && !turn.reported && turn.all_gone()) {
            turn.reported = true;
            if (turn.flushed == 0) {
                return turn.so_far();
            }
        }
    }
    return std::nullopt;
}

std::vector<Playout::Flushed> PlayoutTurns::take_flushed()
{
    std::vector<Playout::Flushed> flushed;
    for (Turn &turn : turns_) {
        if (turn.new_flushed > 0) {
            const auto [id, frames, ms] = turn.so_far();
            flushed.push_back({id, frames, ms, turn.new_flushed, whole_ms(turn.new_flushed_ms)});
            turn.new_flushed = 0;
            turn.new_flushed_ms = 0;
        }
    }
    return flushed;
}

const PlayoutTurns::Turn *PlayoutTurns::find(uint64_t turn) const noexcept
{
    const auto is_it = [turn](const Turn &known) { return known.id == turn; };
    const auto found = std::find_if(turns_.rbegin(), turns_.rend(), is_it);
    return found == turns_.rend() ? nullptr : &*found;
}

PlayoutTurns::Turn *PlayoutTurns::find(uint64_t turn) noexcept
{
    return const_cast<Turn *>(std::as_const(*this).find(turn));
}

PlayoutTurns::Turn &PlayoutTurns::record(uint64_t turn)
{
    if (Turn *const known = find(turn)) {
        return *known;
    }
    if (turns_.size() >= max_turns) {
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

}  // namespace gemlive::media
