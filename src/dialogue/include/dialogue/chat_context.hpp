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

    // What the application said; the number is for remove(). An id of the application's own is kept.
    uint64_t add_user_text(std::string_view text, uint64_t request);
    uint64_t add_output(const std::string &call, std::string output, bool is_error, const std::string &id = {});
    // On its way until then: it goes to a server by itself.
    void reached_journal(const std::vector<uint64_t> &numbers);
    // All of them: none went over the bound.
    bool holds(const std::vector<uint64_t> &numbers) const;
    // The outputs of these calls, for reached_journal().
    std::vector<uint64_t> outputs_of(const std::vector<std::string> &calls) const;
    // It never reached a server.
    void remove(uint64_t number);
    void remove_request(uint64_t request);

    void take(const Effect &effect);
    // So much was heard of a turn that was cut.
    void cut(uint64_t turn, int64_t heard_ms);
    enum class Truncated : uint8_t { done, no_such_turn, not_spoken };
    // The same, by the word of the application.
    Truncated truncate(uint64_t turn, int64_t heard_ms);

    // What the application wants the conversation to be, by the items' ids, and what can be done of that.
    struct Update {
        std::vector<protocol::ChatItem> added;    // to be told to the server
        std::vector<protocol::ChatItem> answers;  // outputs of calls that are open: not items yet
        std::vector<uint64_t> numbers;            // of what was added, for remove()
        // Ids of what cannot be done; without `can_append` new ones wait for the next server.
        std::vector<std::string> removed;
        std::vector<std::string> edited;
        std::vector<std::string> moved;
        std::vector<std::string> inserted;  // added at the end
        std::vector<std::string> kept_back;
        std::vector<std::string> answered_before;
        std::vector<std::string> without_call;
    };
    Update update(const std::vector<protocol::ChatItem> &items, bool can_append);

    // Those that say something. The application has seen them: what it leaves out of an update it wants to be gone.
    std::vector<protocol::ChatItem> show();
    std::vector<protocol::ChatItem> items() const;
    // The same for another session, which says since_handle where the newest handle does not cover an item.
    std::vector<protocol::ChatItem> saved(bool has_handle) const;

    // What a server does not know that begins with this conversation, or resumes it with the newest handle; it knows it from
    // now on. Left out are those of `waiting`, which go to it by themselves, calls that are to be answered, and words of the
    // user that go again as sound. Trimmed to `max_bytes`: the oldest goes, a call with its outputs, and it begins with the user.
    enum class Server : uint8_t { fresh, resumed };
    std::vector<protocol::ChatItem> tell(Server server, const std::vector<uint64_t> &waiting, bool speech_goes_again,
                                         size_t max_bytes);
    // The conversation goes on from a handle that an earlier session got: it covers what does not say since_handle.
    void go_on_from_handle();
    // A resumption handle came: what it covers.
    void covered(const std::vector<uint64_t> &waiting);
    bool is_told() const noexcept { return is_told_; }
    // Words or calls of a model.
    bool has_answers() const noexcept;
    size_t bytes() const noexcept { return bytes_; }
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
        bool queued = false;  // on its way to the journal
        bool untold = false;  // no server has it: the application may still change it
        bool shown = false;   // to the application, or given by it
        bool covered = false;  // by the newest resumption handle
        bool is_open = false;  // of an utterance: its words are not final
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
    bool is_answered(const std::string &call) const;
    protocol::ChatItem item_of(const Entry &entry) const;
    std::vector<protocol::ChatItem> items(bool (*is_since_handle)(const Entry &)) const;
    static bool says_something(const protocol::ChatItem &item);
    bool is_edited(const Entry &entry, const protocol::ChatItem &given) const;
    void add(const protocol::ChatItem &item, const std::vector<protocol::ChatItem> &all, bool is_inserted, bool can_append,
             const std::string &before, Update &update);
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
    bool is_told_ = false;  // a server has a context
    bool covers_next_turn_ = false;  // the newest handle: it answers what is covered
};

// What of `words` is said in the first `heard_ms` of `all_ms`, as far as that can be known: whole words.
std::string_view heard_part(std::string_view words, int64_t heard_ms, int64_t all_ms) noexcept;

}  // namespace gemlive::dialogue
