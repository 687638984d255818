#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialogue/bounded_text.hpp"
#include "dialogue/effects.hpp"
#include "protocol/chat_item.hpp"

namespace gemlive::dialogue {

// The conversation as this side knows it: what was said and done, in its order, each item under an id that stays. It is
// made of what the application gave and of the effects of the rules. The rules X1 to X4.
class ChatContext {
public:
    explicit ChatContext(size_t max_bytes) : max_bytes_(max_bytes) {}

    // What the application said; the number is for remove().
    uint64_t add_user_text(std::string_view text, uint64_t request);
    uint64_t add_output(const std::string &call, std::string output, bool is_error);
    // It never reached a server.
    void remove(uint64_t number);
    void remove_request(uint64_t request);

    void take(const Effect &effect);
    // So much was heard of a turn that was cut.
    void cut(uint64_t turn, int64_t heard_ms);
    enum class Truncated : uint8_t { done, no_such_turn, not_spoken };
    // The same, by the word of the application.
    Truncated truncate(uint64_t turn, int64_t heard_ms);

    // Those that say something.
    std::vector<protocol::ChatItem> items() const;
    // Over the bound the oldest goes; how many that were since the last call.
    int64_t take_dropped() noexcept { return std::exchange(dropped_, 0); }

private:
    struct Entry {
        uint64_t number = 0;
        protocol::ChatItem item;
        uint64_t turn = 0;       // whose words, or call, it is
        uint64_t utterance = 0;  // the same
        uint64_t request = 0;
        BoundedText text{0};        // of a turn: what it wrote
        BoundedText transcript{0};  // what it spoke
        std::optional<int64_t> heard_ms;  // of a turn that was cut
        int64_t generated_ms = 0;
        size_t bytes = 0;
    };

    void on(const Text &piece) { say(piece.turn, &Entry::text, piece.piece); }
    void on(const OutputTranscript &piece) { say(piece.turn, &Entry::transcript, piece.piece); }
    void on(const Interrupted &cut);
    void on(const TurnFinished &finished);
    void on(const InputTranscript &heard);
    void on(const ToolCallOpened &call);
    void on(const ToolCallsCancelled &cancelled);
    template <typename Other>
    void on(const Other &)
    {
    }

    template <typename Predicate>
    Entry *newest(Predicate &&predicate);
    Entry *turn(uint64_t turn);
    Entry *call(const std::string &call);
    void say(uint64_t turn, BoundedText Entry::*stream, std::string_view piece);
    Entry &insert(std::vector<Entry>::iterator place, Entry entry);
    Entry &append(Entry entry) { return insert(entries_.end(), std::move(entry)); }
    std::string unused_id(const std::string &wanted) const;
    void measure(Entry &entry);
    void drop_over_bound();

    const size_t max_bytes_;
    std::vector<Entry> entries_;
    uint64_t last_number_ = 0;
    uint64_t unnamed_texts_ = 0;
    size_t bytes_ = 0;
    int64_t dropped_ = 0;
};

// What of `words` is said in the first `heard_ms` of `all_ms`, as far as that can be known: whole words.
std::string_view heard_part(std::string_view words, int64_t heard_ms, int64_t all_ms) noexcept;

}  // namespace gemlive::dialogue
