#include "session/journal.hpp"

#include <algorithm>
#include <limits>

#include "base/assert.hpp"

namespace gemlive::session {
namespace {

constexpr size_t first_slots = 16;
constexpr size_t compact_from = 256;

bool is_urgent(const JournalEntry &entry) noexcept
{
    return entry.lane <= Lane::tool;
}

bool is_in_stream(const JournalEntry &entry) noexcept
{
    return entry.lane == Lane::content || entry.lane == Lane::audio;
}

bool is_audio(const JournalEntry &entry) noexcept
{
    return entry.kind == EntryClass::audio;
}

// Command: what an application would miss, or have twice.
bool is_command(const JournalEntry &entry) noexcept
{
    return entry.kind != EntryClass::audio && entry.kind != EntryClass::activity;
}

// What is written for the first time is bounded by what waits, the rest was bounded when it was written.
uint64_t counted_samples(const JournalEntry &entry) noexcept
{
    return entry.lost_writes > 0 ? 0 : entry.samples.size;
}

bool is_in_writing(const JournalEntry &entry) noexcept
{
    return is_in_stream(entry) && is_command(entry);
}

bool is_video(const JournalEntry &entry) noexcept
{
    return entry.lane == Lane::video;
}

// J6: the rest is of no use on another connection: a newer picture will be there, an answer is never given twice, and an
// interrupt stopped what it stopped.
bool may_go_again(const JournalEntry &entry) noexcept
{
    return is_in_stream(entry) && entry.kind != EntryClass::tool;
}

bool is_mark(const JournalEntry &entry) noexcept
{
    return entry.kind == EntryClass::activity && is_in_stream(entry);
}

void count_lost_write(JournalEntry &entry) noexcept
{
    entry.lost_writes += entry.lost_writes < std::numeric_limits<uint8_t>::max();
}

}  // namespace

void Journal::add(JournalEntry entry)
{
    append(std::move(entry));
}

void Journal::add_audio(uint64_t first_sample, std::span<const int16_t> samples)
{
    JournalEntry entry;
    entry.lane = Lane::audio;
    entry.kind = EntryClass::audio;
    entry.first_sample = first_sample;
    entry.end_sample = first_sample + samples.size();
    entry.samples = samples_.add(samples);
    waiting_samples_ += samples.size();
    append(std::move(entry));
}

bool Journal::set_image(JournalEntry entry)
{
    const bool replaced = release_waiting(is_video) > 0;
    append(std::move(entry));
    return replaced;
}

uint64_t Journal::discard_unsent_audio()
{
    uint64_t samples = 0;
    release_waiting([&samples](const JournalEntry &entry) {
        const bool goes = is_audio(entry) && entry.lost_writes == 0;
        samples += goes ? entry.samples.size : 0;
        return goes;
    });
    return samples;
}

uint64_t Journal::discard_audio()
{
    const uint64_t unsent = discard_unsent_audio();
    release_waiting(is_audio);
    release_written(is_audio);
    return unsent;
}

// J2
uint64_t Journal::drop_over_bound()
{
    uint64_t dropped = 0;
    const auto is_unsent_audio = [](const JournalEntry &entry) { return is_audio(entry) && entry.lost_writes == 0; };
    while (waiting_samples_ > limits_.waiting_samples && advance(audio_, is_unsent_audio)) {
        JournalEntry &oldest = at(audio_);
        dropped += oldest.samples.size;
        waiting_samples_ -= oldest.samples.size;
        release(oldest);
    }
    if (dropped > 0) {
        trim();
    }
    return dropped;
}

bool Journal::withdraw(uint64_t request)
{
    for (const InFlight &writing : in_flight_) {
        JournalEntry &entry = at(writing.position);
        entry.withdrawn = entry.withdrawn || entry.request == request;  // not to be written again
    }
    const auto is_it = [request](const JournalEntry &entry) { return entry.request == request; };
    release_written(is_it);
    return release_waiting(is_it) > 0;
}

// J12
void Journal::turn_began(uint64_t connection, uint64_t request, Clock::time_point written_by)
{
    uint64_t index = 0;  // of the request; 0 is the setup's
    for (uint64_t position = written_; position < end() && request != 0; ++position) {
        const JournalEntry &entry = at(position);
        if (entry.state == State::written && entry.request == request && entry.connection == connection) {
            index = entry.message_index;
        }
    }
    release_written([&](const JournalEntry &entry) {
        const bool before = entry.message_index <= index || (entry.request == 0 && entry.written_at <= written_by);
        return is_command(entry) && entry.connection == connection && before;
    });
}

void Journal::withdraw_calls(const std::vector<std::string> &calls)
{
    release_waiting([&calls](const JournalEntry &entry) {
        return entry.lane == Lane::tool &&
               std::all_of(entry.calls.begin(), entry.calls.end(), [&calls](const std::string &call) {
                   return std::find(calls.begin(), calls.end(), call) != calls.end();
               });
    });
}

void Journal::withdraw_context(const std::function<bool(const JournalEntry &)> &is_told)
{
    const auto is_it = [&](const JournalEntry &entry) {
        return entry.kind == EntryClass::content && !entry.items.empty() && is_told(entry);
    };
    release_written(is_it);
    release_waiting(is_it);
}

std::vector<uint64_t> Journal::waiting_items() const
{
    std::vector<uint64_t> items;
    for (uint64_t position = begin_; position < end(); ++position) {
        const JournalEntry &entry = at(position);
        if (entry.state == State::waiting || entry.state == State::in_flight) {
            items.insert(items.end(), entry.items.begin(), entry.items.end());
        }
    }
    return items;
}

void Journal::withdraw_control()
{
    release_waiting([](const JournalEntry &entry) { return entry.lane == Lane::control; });
}

void Journal::withdraw_marks()
{
    release_waiting(is_mark);
    release_written(is_mark);
    activity_open_ = false;
}

Journal::Unsent Journal::discard_waiting()
{
    Unsent unsent;
    release_waiting([&unsent](const JournalEntry &entry) {
        unsent.samples += entry.samples.size;
        unsent.images += entry.kind == EntryClass::image;
        unsent.commands += entry.kind != EntryClass::audio && entry.kind != EntryClass::image;
        return true;
    });
    return unsent;
}

// J1
bool Journal::holds_commands_before_mark()
{
    for (uint64_t position = std::max(begin_, std::min(urgent_, stream_)); position < std::min(marked_, end());
         ++position) {
        const JournalEntry &entry = at(position);
        if (entry.state == State::waiting && !is_audio(entry) && !is_video(entry)) {
            return true;
        }
    }
    return false;
}

const JournalEntry *Journal::next()
{
    const std::optional<uint64_t> position = next_position();
    return position ? &at(*position) : nullptr;
}

std::optional<uint64_t> Journal::next_position()
{
    if (advance(urgent_, is_urgent)) {
        return urgent_;
    }
    // What is said in writing takes the sound before it along.
    if (advance(stream_, is_in_stream) && (!input_held_ || advance(writing_, is_in_writing))) {
        return stream_;
    }
    if (!input_held_ && advance(video_, is_video)) {
        return video_;
    }
    return std::nullopt;
}

const JournalEntry &Journal::begin_write(uint64_t connection)
{
    GEMLIVE_ASSERT(!is_writing(connection));
    const std::optional<uint64_t> found = next_position();
    GEMLIVE_ASSERT(found);
    const uint64_t position = *found;
    JournalEntry &entry = at(position);
    GEMLIVE_ASSERT(entry.state == State::waiting);
    entry.state = State::in_flight;
    entry.connection = connection;
    waiting_samples_ -= counted_samples(entry);
    in_flight_.push_back({connection, position});
    return entry;
}

std::optional<Journal::Written> Journal::written(uint64_t connection, uint64_t message_index, uint64_t end_byte,
                                                 Clock::time_point now)
{
    const auto found = find_in_flight(connection);
    if (found == in_flight_.end()) {
        return std::nullopt;
    }
    const uint64_t position = found->position;
    in_flight_.erase(found);
    JournalEntry &entry = at(position);
    Written written{entry.kind, entry.request, std::move(entry.calls), entry.more_follows};
    entry.ticket.give_back();
    // J7
    entry.message_index = message_index;
    entry.end_byte = end_byte;
    entry.written_at = now;
    // J9
    if (entry.mark != ActivityMark::none) {
        activity_open_ = entry.mark == ActivityMark::start;
    }
    if (may_go_again(entry)) {
        entry.state = State::written;
        ++written_entries_;
        written_samples_ += entry.samples.size;
        written_bytes_ += entry.message.size();
        written_ = std::min(written_, position);
        drop_written_over_bound();
    } else {
        release(entry);
    }
    trim();
    return written;
}

// J3
void Journal::connection_ended(uint64_t connection)
{
    const auto found = find_in_flight(connection);
    if (found == in_flight_.end()) {
        return;
    }
    const uint64_t position = found->position;
    in_flight_.erase(found);
    JournalEntry &entry = at(position);
    if (entry.withdrawn) {
        release(entry);
        trim();
        return;
    }
    entry.state = State::waiting;
    entry.connection = 0;
    count_lost_write(entry);  // all of it may have got there
    rewind(position);
}

// J4
void Journal::consumed(uint64_t connection, uint64_t last_index)
{
    take([&](const JournalEntry &entry) { return entry.connection == connection && entry.message_index <= last_index; });
}

// J5
void Journal::acknowledged(uint64_t connection, uint64_t bytes, Clock::time_point heard_at)
{
    take([&](const JournalEntry &entry) {
        return entry.connection == connection && entry.end_byte <= bytes &&
               entry.written_at <= heard_at - limits_.replay_window;
    });
}

// H5
bool Journal::is_kept(const JournalEntry &entry) const noexcept
{
    if (is_audio(entry)) {
        return entry.end_sample > kept_from_;
    }
    return entry.kind == EntryClass::activity && entry.first_sample >= kept_from_;
}

template <typename Predicate>
void Journal::take(Predicate &&predicate)
{
    release_written([&](JournalEntry &entry) {
        if (!predicate(std::as_const(entry))) {
            return false;
        }
        entry.taken = is_kept(entry);
        return !entry.taken;
    });
}

void Journal::connection_lost(uint64_t connection)
{
    release_written([&](const JournalEntry &entry) { return entry.connection == connection && entry.taken; });
}

void Journal::connection_left(uint64_t connection, uint64_t request, uint64_t bytes)
{
    release_written([&](const JournalEntry &entry) {
        const bool goes_again =
            is_kept(entry) || (request != 0 && entry.request == request) || entry.end_byte > bytes;
        return entry.connection == connection && !goes_again;
    });
}

Journal::Resent Journal::send_again(uint64_t connection)
{
    for (uint64_t position = written_; position < end() && written_entries_ > 0; ++position) {
        JournalEntry &entry = at(position);
        if (entry.state != State::written || entry.connection >= connection) {
            continue;
        }
        --written_entries_;
        written_samples_ -= entry.samples.size;
        written_bytes_ -= entry.message.size();
        entry.state = State::waiting;
        count_lost_write(entry);
        entry.taken = false;
        entry.connection = 0;
        rewind(position);
    }
    written_ = begin_;
    return written_before();
}

// J12
Journal::GivenUp Journal::give_up_commands(int lost_writes)
{
    GivenUp given_up;
    release_written([&](const JournalEntry &entry) {
        const bool gives_up = is_command(entry) && entry.lost_writes + 1 >= lost_writes;
        if (gives_up && entry.request == 0) {
            ++given_up.commands;
            if (entry.kind == EntryClass::content) {
                given_up.items.insert(given_up.items.end(), entry.items.begin(), entry.items.end());
            }
        }
        return gives_up;
    });
    return given_up;
}

Journal::Resent Journal::written_before() const
{
    Resent resent;
    for (uint64_t position = begin_; position < end(); ++position) {
        const JournalEntry &entry = at(position);
        if (entry.state != State::waiting || entry.lost_writes == 0) {
            continue;
        }
        if (!is_audio(entry)) {
            ++resent.commands;
        } else if (!resent.audio.empty() && resent.audio.back().second == entry.first_sample) {
            resent.audio.back().second = entry.end_sample;
        } else {
            resent.audio.emplace_back(entry.first_sample, entry.end_sample);
        }
    }
    return resent;
}

bool Journal::keeps(uint64_t request) const noexcept
{
    for (uint64_t position = written_; position < end(); ++position) {
        if (at(position).state == State::written && at(position).request == request) {
            return true;
        }
    }
    return false;
}

// J9: as the first mark among what waits says, else as the last one that was written.
bool Journal::begins_within_activity() const noexcept
{
    for (uint64_t position = stream_; position < end(); ++position) {
        const JournalEntry &entry = at(position);
        if (entry.state == State::waiting && entry.mark != ActivityMark::none) {
            return entry.mark == ActivityMark::end;
        }
    }
    return activity_open_;
}

JournalEntry &Journal::append(JournalEntry entry)
{
    if (size_ == slots_.size()) {
        grow();
    }
    ++size_;
    JournalEntry &place = at(end() - 1);
    place = std::move(entry);
    return place;
}

void Journal::grow()
{
    std::vector<JournalEntry> larger(std::max(first_slots, slots_.size() * 2));
    for (size_t i = 0; i < size_; ++i) {
        larger[i] = std::move(at(begin_ + i));
    }
    slots_ = std::move(larger);
    head_ = 0;
}

// The log begins with what is still needed.
void Journal::trim()
{
    while (size_ > 0 && at(begin_).state == State::gone) {
        head_ = (head_ + 1) & (slots_.size() - 1);
        --size_;
        ++begin_;
        --gone_;
    }
    if (size_ > compact_from && gone_ > size_ / 2) {
        compact();
    }
    for (uint64_t *cursor : {&urgent_, &stream_, &writing_, &video_, &audio_, &written_}) {
        *cursor = std::max(*cursor, begin_);
    }
}

// Audio that was dropped behind a command that waits on and on leaves gaps, which would grow without end.
void Journal::compact()
{
    const uint64_t old_end = end();
    uint64_t to = begin_;
    uint64_t marked = marked_;
    in_flight_.clear();
    for (uint64_t from = begin_; from < old_end; ++from) {
        if (from == marked_) {
            marked = to;
        }
        if (at(from).state == State::gone) {
            continue;
        }
        if (from != to) {
            at(to) = std::move(at(from));
        }
        if (at(to).state == State::in_flight) {
            in_flight_.push_back({at(to).connection, to});
        }
        ++to;
    }
    marked_ = marked_ == old_end ? to : marked;
    size_ = static_cast<size_t>(to - begin_);
    gone_ = 0;
    rewind(begin_);
    written_ = begin_;
}

void Journal::release(JournalEntry &entry)
{
    GEMLIVE_ASSERT(entry.state != State::gone);
    samples_.release(entry.samples);
    const auto keep_memory = [](std::string &text) {
        constexpr size_t max_kept = 256;
        text.capacity() > max_kept ? std::string().swap(text) : text.clear();
    };
    keep_memory(entry.message);
    keep_memory(entry.as_content);
    entry.calls.clear();
    entry.ticket.give_back();
    entry.taken = false;
    entry.lost_writes = 0;
    entry.state = State::gone;
    ++gone_;
}

void Journal::rewind(uint64_t position)
{
    for (uint64_t *cursor : {&urgent_, &stream_, &writing_, &video_, &audio_}) {
        *cursor = std::min(*cursor, position);
    }
}

std::vector<Journal::InFlight>::const_iterator Journal::find_in_flight(uint64_t connection) const noexcept
{
    return std::find_if(in_flight_.begin(), in_flight_.end(),
                        [connection](const InFlight &writing) { return writing.connection == connection; });
}

// A server that shows no sign of life for long, while the link still takes what is written.
void Journal::drop_written_over_bound()
{
    const auto over = [this] {
        return written_samples_ > limits_.waiting_samples || written_bytes_ > limits_.kept_bytes;
    };
    if (over()) {
        release_written([&over](const JournalEntry &) { return over(); });
    }
}

// To the next waiting entry of a kind. What was passed is passed for good, so each entry is looked at once per cursor.
template <typename Predicate>
bool Journal::advance(uint64_t &cursor, Predicate &&predicate)
{
    while (cursor < end()) {
        const JournalEntry &entry = at(cursor);
        if (entry.state == State::waiting && predicate(entry)) {
            return true;
        }
        ++cursor;
    }
    return false;
}

template <typename Predicate>
size_t Journal::release_waiting(Predicate &&predicate)
{
    size_t released = 0;
    for (uint64_t position = std::min({urgent_, stream_, video_}); position < end(); ++position) {
        JournalEntry &entry = at(position);
        if (entry.state == State::waiting && predicate(std::as_const(entry))) {
            waiting_samples_ -= counted_samples(entry);
            release(entry);
            ++released;
        }
    }
    if (released > 0) {
        trim();
    }
    return released;
}

template <typename Predicate>
void Journal::release_written(Predicate &&predicate)
{
    bool any = false;
    bool first = true;
    for (uint64_t position = written_; position < end() && written_entries_ > 0; ++position) {
        JournalEntry &entry = at(position);
        if (entry.state != State::written) {
            continue;
        }
        if (predicate(entry)) {
            --written_entries_;
            written_samples_ -= entry.samples.size;
            written_bytes_ -= entry.message.size();
            release(entry);
            any = true;
        } else if (first) {
            written_ = position;
            first = false;
        }
    }
    if (any) {
        trim();
    }
}

}  // namespace gemlive::session
