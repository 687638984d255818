#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "session/admission.hpp"
#include "session/sample_store.hpp"

namespace gemlive::session {

// The order in which the link's question "what next?" is answered. Content and audio share one order, since a command
// applies at its sample; a tool answer waits for nobody, a picture for everybody.
enum class Lane : uint8_t { control, tool, content, audio, video };

// What an entry is, for what becomes of it when its connection is lost: J6.
enum class EntryClass : uint8_t {
    audio,     // samples
    request,   // asks for a turn; never goes again once that turn began
    content,   // adds to the conversation
    activity,  // marks in the audio stream
    tool,      // an answer; never goes again
    image,
    raw,
};

enum class ActivityMark : uint8_t { none, start, end };

struct JournalEntry {
    Lane lane = Lane::content;
    EntryClass kind = EntryClass::content;
    ActivityMark mark = ActivityMark::none;
    bool more_follows = false;  // of a tool answer: the call stays open
    uint64_t first_sample = 0;  // 16 kHz samples since the session's first; of a command the sample it applies at
    uint64_t end_sample = 0;    // exclusive
    uint64_t request = 0;
    std::vector<std::string> calls;  // that a tool answer is for
    std::vector<uint64_t> items;     // of the chat context, that it tells
    std::string message;        // ready to be sent; empty for audio
    std::string as_content;     // of a tool answer: the same for a server that does not know of the call
    Admission::Ticket ticket;   // until it is written

    // The journal's own from here on.
    enum class State : uint8_t { waiting, in_flight, written, gone };
    State state = State::waiting;
    bool withdrawn = false;      // while it was in flight
    bool taken = false;          // its server has it, but it is kept: see keep_from()
    uint8_t lost_writes = 0;     // connections that were lost with it; the largest number stands for more
    SampleStore::Piece samples;  // audio
    uint64_t connection = 0;     // that writes it, or has written it; 0 = none yet
    uint64_t message_index = 0;  // within that connection, the setup being 0
    uint64_t end_byte = 0;       // how many bytes that connection had written behind it
    Clock::time_point written_at{};

    template <typename IsUnknown>
    void tell_as_content(IsUnknown &&is_unknown)
    {
        if (!as_content.empty() && std::any_of(calls.begin(), calls.end(), is_unknown)) {
            message = std::exchange(as_content, std::string());
        }
    }
};

// Everything that the application gave, in the order in which it was given: what waits to be written, and what was
// written and may not have been consumed. One log, to which is only appended; lanes are cursors in it, and nothing is
// taken out and put back. An entry leaves when it is known not to be needed any more.
class Journal {
public:
    struct Limits {
        uint64_t waiting_samples = 240'000;  // unsent audio that is kept; of written audio the same
        size_t kept_bytes = 4u << 20;        // of written messages
        Clock::duration replay_window = std::chrono::milliseconds(2000);
    };
    struct Unsent {
        uint64_t samples = 0;
        int64_t images = 0;
        int64_t commands = 0;
    };
    // What was written before and is to be written again.
    struct Resent {
        std::vector<std::pair<uint64_t, uint64_t>> audio;  // ranges of samples, the end exclusive
        int64_t commands = 0;  // marks of activity too
    };
    // What a written entry was.
    struct Written {
        EntryClass kind = EntryClass::content;
        uint64_t request = 0;
        std::vector<std::string> calls;
        bool more_follows = false;
    };

    explicit Journal(const Limits &limits) : limits_(limits) {}
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    void set_limits(const Limits &limits) noexcept { limits_ = limits; }

    // In.
    void add(JournalEntry entry);
    void add_audio(uint64_t first_sample, std::span<const int16_t> samples);
    bool set_image(JournalEntry entry);  // true when an older, unsent picture was replaced
    // Over the bound the oldest unsent audio goes; returns how many samples that were.
    uint64_t drop_over_bound();
    // Audio that was never written goes; returns how many samples that were.
    uint64_t discard_unsent_audio();
    // What was written of it and is kept goes, too.
    uint64_t discard_audio();
    // Nobody waits for this request any more: it is not written, and not written again. True if it was unsent.
    bool withdraw(uint64_t request);
    // A turn began, of this request or of none (0): what shows that the server has taken the request and every command
    // before it, and of those that ask for nothing all that had been written by then.
    void turn_began(uint64_t connection, uint64_t request, Clock::time_point written_by);
    // Nobody wants an answer to these calls any more.
    void withdraw_calls(const std::vector<std::string> &calls);
    // Answers that wait and are of calls which the next server does not know of are told it as content.
    template <typename IsUnknown>
    void tell_as_content(IsUnknown &&is_unknown)
    {
        for (uint64_t position = urgent_; position < end(); ++position) {
            JournalEntry &entry = at(position);
            if (entry.state == State::waiting && entry.lane == Lane::tool) {
                entry.tell_as_content(is_unknown);
            }
        }
    }
    // Content of the chat context that `is_told` to the next server anyway goes.
    void withdraw_context(const std::function<bool(const JournalEntry &)> &is_told);
    // Items of the chat context that are going to be written.
    std::vector<uint64_t> waiting_items() const;
    // Removes unsent interrupts: their turn ended with the connection.
    void withdraw_control();
    // Another side finds the user's speech from the next connection on: it takes none of these marks.
    void withdraw_marks();
    // At the session's end: what waits is counted and goes.
    Unsent discard_waiting();

    // Remembers the place between what was given so far and what comes.
    void mark_place() noexcept { marked_ = end(); }
    bool holds_commands_before_mark();  // that are not written

    // C8: while it is held, sound and pictures wait until something is said in writing behind them.
    void hold_input(bool hold) noexcept { input_held_ = hold; }

    // Out. A connection has one entry in flight at a time.
    bool empty() { return next() == nullptr; }  // nothing waits
    const JournalEntry *next();
    const JournalEntry &begin_write(uint64_t connection);  // of next(), if there is one
    bool is_writing(uint64_t connection) const noexcept { return find_in_flight(connection) != in_flight_.end(); }
    // Nothing if the connection had no entry in flight.
    std::optional<Written> written(uint64_t connection, uint64_t message_index, uint64_t end_byte, Clock::time_point now);
    // What it had in flight waits again, in its old place.
    void connection_ended(uint64_t connection);
    std::span<const int16_t> samples_of(const JournalEntry &entry) const { return samples_.view(entry.samples); }

    // What was written is kept until the server says that it consumed it,
    void consumed(uint64_t connection, uint64_t last_index);
    // or, as far as the peer's TCP acknowledged it, until it is older than the replay window, counted back from the
    // server's last sign of life.
    void acknowledged(uint64_t connection, uint64_t bytes, Clock::time_point heard_at);
    // Sound and marks from this sample on stay all the same: of an utterance that has to be whole if it is cut.
    void keep_from(uint64_t sample) noexcept { kept_from_ = sample; }
    void keep_from_earlier(uint64_t sample) noexcept { kept_from_ = std::min(kept_from_, sample); }
    void keep_no_more() noexcept { kept_from_ = nothing_kept; }
    // The connection was lost: of what its server has nothing goes again.
    void connection_lost(uint64_t connection);
    // It was left in order, so its server has so many bytes: what is kept goes again, the request that it did not answer, and
    // what lies behind those bytes.
    void connection_left(uint64_t connection, uint64_t request, uint64_t bytes);
    // Or it waits again, in its old place: an earlier connection was lost with it. All that is to be written again.
    Resent send_again(uint64_t connection);
    // Commands with which so many connections were lost go, the one that has just ended included: they may be what
    // the servers cannot take.
    struct GivenUp {
        int64_t commands = 0;         // but for requests, whose end is told as theirs
        std::vector<uint64_t> items;  // of the chat context, that they told without asking
    };
    GivenUp give_up_commands(int lost_writes);
    // A written request that is going to be written again if its connection is lost.
    bool keeps(uint64_t request) const noexcept;

    uint64_t waiting_samples() const noexcept { return waiting_samples_; }  // for the first time
    bool is_full() const noexcept { return waiting_samples_ >= limits_.waiting_samples; }
    bool holds_written() const noexcept { return written_entries_ > 0; }
    uint64_t written_samples() const noexcept { return written_samples_; }
    // What a new connection writes first lies within an activity: its server has to hear of the start.
    bool begins_within_activity() const noexcept;
    size_t size() const noexcept { return size_; }  // of the log, gaps included
    size_t chunks() const noexcept { return samples_.chunks(); }

private:
    using State = JournalEntry::State;
    struct InFlight {
        uint64_t connection;
        uint64_t position;
    };

    // Positions count all entries ever appended; begin_ is the oldest one that the log still holds.
    uint64_t end() const noexcept { return begin_ + size_; }
    size_t slot(uint64_t position) const noexcept { return (head_ + (position - begin_)) & (slots_.size() - 1); }
    JournalEntry &at(uint64_t position) noexcept { return slots_[slot(position)]; }
    const JournalEntry &at(uint64_t position) const noexcept { return slots_[slot(position)]; }
    JournalEntry &append(JournalEntry entry);
    void grow();
    void trim();
    void compact();
    void release(JournalEntry &entry);
    void rewind(uint64_t position);
    std::vector<InFlight>::const_iterator find_in_flight(uint64_t connection) const noexcept;
    std::optional<uint64_t> next_position();
    void drop_written_over_bound();
    bool is_kept(const JournalEntry &entry) const noexcept;
    template <typename Predicate>
    void take(Predicate &&predicate);
    Resent written_before() const;

    template <typename Predicate>
    bool advance(uint64_t &cursor, Predicate &&predicate);
    template <typename Predicate>
    size_t release_waiting(Predicate &&predicate);
    template <typename Predicate>
    void release_written(Predicate &&predicate);

    static constexpr uint64_t nothing_kept = std::numeric_limits<uint64_t>::max();

    Limits limits_;
    SampleStore samples_;
    uint64_t kept_from_ = nothing_kept;

    std::vector<JournalEntry> slots_;  // a ring; its size is a power of two
    size_t head_ = 0;
    size_t size_ = 0;
    size_t gone_ = 0;  // entries that went before their turn
    uint64_t begin_ = 0;
    uint64_t marked_ = 0;

    // Each is at or before the first entry of its kind.
    uint64_t urgent_ = 0;   // control and tools, waiting
    uint64_t stream_ = 0;   // content and audio, waiting
    uint64_t writing_ = 0;  // content alone, waiting
    uint64_t video_ = 0;    // waiting
    uint64_t audio_ = 0;    // audio, waiting
    uint64_t written_ = 0;  // written

    std::vector<InFlight> in_flight_;
    uint64_t waiting_samples_ = 0;
    uint64_t written_samples_ = 0;
    size_t written_bytes_ = 0;
    size_t written_entries_ = 0;
    bool input_held_ = false;
    bool activity_open_ = false;  // by the last mark that was written
};

}  // namespace gemlive::session
