#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/status.hpp"

namespace gemlive::session {

// The tool calls of a session as the application may answer them. Any thread.
class ToolCalls {
public:
    struct Call {
        std::string id;
        std::string name;
        bool has_server_id = true;  // else it is answered without an id
    };

    void opened(Call call);
    void cancelled(const std::vector<std::string> &ids);

    // Marks it answered, unless more answers will follow. "last" is the newest call. The error says why it can't be.
    Error answer(const std::string &id, bool will_continue, Call &call);

    // The answer could not be taken.
    void reopen(const std::string &id);

private:
    enum class State { open, answered, cancelled };
    struct Entry {
        Call call;
        State state = State::open;
    };

    // So many are remembered, to tell a late answer what has become of its call.
    static constexpr size_t most_remembered = 1024;

    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::vector<std::string> order_;
    std::string newest_;
};

}  // namespace gemlive::session
