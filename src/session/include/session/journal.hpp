#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gemlive::session {

// The order in which the link's question "what next?" is answered. Content and audio share one order, since a command
// applies at its sample; a tool answer waits for nobody, a picture for everybody.
enum class Lane : uint8_t { control, tool, content, audio, video };

// What an entry is, for what becomes of it when its connection is lost.
enum class EntryClass : uint8_t {
    audio,     // samples; goes again within the replay window
    request,   // asks for a turn; never goes again once that turn began
    content,   // adds to the conversation
    activity,  // marks in the audio stream
    tool,      // an answer; never goes again
    image,
    raw,
};

struct JournalEntry {
    Lane lane = Lane::content;
    EntryClass kind = EntryClass::content;
    uint64_t first_sample = 0;  // 16 kHz samples since the session's first; of a command the sample it applies at
    uint64_t end_sample = 0;    // exclusive
    uint64_t request = 0;
    std::string call;
    bool more_follows = false;     // of a tool answer: the call stays open
    bool starts_activity = false;
    std::string message;           // ready to be sent; empty for audio
    std::vector<int16_t> samples;  // audio

    // Where it was written: 0 = not yet. Messages are counted per connection, from 0 for the setup.
    uint64_t connection = 0;
    uint64_t message_index = 0;
};

// What was given and is not yet written, over all connections of a session.
class Journal {
public:
    explicit Journal(uint64_t most_samples) : most_samples_(most_samples) {}

    void add_audio(uint64_t first_sample, std::span<const int16_t> samples);
    // Over the bound the oldest unsent audio goes; returns how many samples that were.
    uint64_t drop_over_bound();
    void add(JournalEntry entry);
    // True when an older, unsent picture was replaced.
    bool set_image(JournalEntry entry);

    // The next entry to be written, or nullptr; take() removes it.
    const JournalEntry *next() const noexcept;
    JournalEntry take();
    // What was taken and could not be written is next again.
    void give_back(JournalEntry entry);

    // Takes an unsent request's entries out. True if there were any.
    bool withdraw(uint64_t request);
    // Nobody wants an answer to these calls any more.
    void withdraw_calls(const std::vector<std::string> &calls);
    // What stops a turn that is over, with its connection, stops nothing.
    void withdraw_control();
    bool has_activity_start() const;
    // Before everything else in the stream.
    void add_first(JournalEntry entry) { stream_.push_front(std::move(entry)); }

    bool empty() const noexcept { return next() == nullptr; }
    uint64_t waiting_samples() const noexcept { return waiting_samples_; }
    bool is_full() const noexcept { return waiting_samples_ >= most_samples_; }

private:
    std::deque<JournalEntry> stream_;  // content and audio, in order
    std::deque<JournalEntry> urgent_;  // control and tool
    std::optional<JournalEntry> image_;
    const uint64_t most_samples_;
    uint64_t waiting_samples_ = 0;
};

}  // namespace gemlive::session
