#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/status.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

// The tool calls of a session as the application may answer them. Any thread.
class ToolCalls {
public:
    struct Call {
        std::string id;
        std::string name;
        bool has_server_id = true;  // else it is answered without an id
        bool announced = true;      // to the application, so that it may be its "last" one
        bool blocking = true;       // the model waits for the answer
        uint64_t turn = 0;
        std::string arguments;  // JSON; until its answer is written
        int64_t opened_ms = 0;
        std::optional<int64_t> due_ms;  // it is answered without the application then
    };

    // What goes out as one message.
    struct Message {
        std::vector<std::string> calls;  // that it answers
        std::vector<protocol::ToolAnswer> answers;
    };
    using Messages = std::vector<Message>;

    // All of them: nobody wants the answer that was given meanwhile.
    bool are_cancelled(const std::vector<std::string> &ids) const;

    // Of one message of the server, in their order.
    void opened(std::vector<Call> calls);

    // Nobody wants answers to these any more. Returns what was held back for their sake.
    Messages cancelled(const std::vector<std::string> &ids);

    // The call that an answer would go to; "last" is the newest. The error says why there is none.
    Error find(const std::string &id, Call &call) const;

    // Marks it answered, unless more answers will follow, and adds to `ready` what may go out now. The server pairs
    // answers that have no id by their order, so those are held back until all calls that came in one message are
    // answered.
    Error answer(const std::string &id, bool will_continue, protocol::ToolAnswer answer, Messages &ready);

    // The application has answered these in a message of its own.
    void answered_raw(const std::vector<std::string> &ids);

    // The answer to `id`, and what became ready with it, could not be taken.
    void take_back(const std::string &id, Messages ready);
    // The answer is on its way.
    void written(const std::string &id);

    // Those that the application has been told of and may still answer, the oldest first.
    std::vector<Call> open() const;

    // C8: those for whose answer, that is not written yet, the model waits.
    std::vector<std::string> blocking() const;

    // C6: when the next one is due, and those that are.
    std::optional<int64_t> next_due() const;
    std::vector<Call> overdue(int64_t now_ms) const;
    // Answers one of those in the application's place. False: that was faster.
    bool time_out(const std::string &id, protocol::ToolAnswer answer, Messages &ready);

private:
    enum class State { open, answered, timed_out, cancelled };
    struct Entry {
        Call call;
        State state = State::open;
        std::optional<protocol::ToolAnswer> held;
    };

    // So many are remembered, to tell a late answer what has become of its call.
    static constexpr size_t most_remembered = 1024;

    Error find_entry(const std::string &id, const Entry *&found) const;
    void forget_oldest();
    void release(Messages &ready);
    void close(Entry &entry, State state);
    void give(Entry &entry, protocol::ToolAnswer answer, Messages &ready);

    mutable std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::deque<std::string> order_;
    std::deque<std::vector<std::string>> without_id_;  // a message's each, until it is answered as a whole
    std::set<std::pair<int64_t, std::string>> due_;    // of open calls
    std::set<std::string> blocking_;
    std::string newest_;
};

}  // namespace gemlive::session
