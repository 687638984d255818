#include "session/tool_calls.hpp"

#include <algorithm>

namespace gemlive::session {

void ToolCalls::opened(Call call)
{
    std::lock_guard lock(mutex_);
    newest_ = call.id;
    order_.push_back(call.id);
    entries_[newest_] = Entry{std::move(call), State::open};
    if (order_.size() > most_remembered) {
        const auto oldest = std::find_if(order_.begin(), order_.end(), [this](const std::string &id) {
            const auto entry = entries_.find(id);
            return entry == entries_.end() || entry->second.state != State::open;
        });
        if (oldest != order_.end()) {
            entries_.erase(*oldest);
            order_.erase(oldest);
        }
    }
}

void ToolCalls::cancelled(const std::vector<std::string> &ids)
{
    std::lock_guard lock(mutex_);
    for (const std::string &id : ids) {
        const auto entry = entries_.find(id);
        if (entry != entries_.end()) {
            entry->second.state = State::cancelled;
        }
    }
}

void ToolCalls::reopen(const std::string &id)
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(id);
    if (entry != entries_.end() && entry->second.state == State::answered) {
        entry->second.state = State::open;
    }
}

Error ToolCalls::answer(const std::string &id, bool will_continue, Call &call)
{
    std::lock_guard lock(mutex_);
    if (id.empty()) {
        return {Status::invalid_argument, "call is missing: the id of a tool call, or \"last\""};
    }
    const std::string &wanted = id == "last" ? newest_ : id;
    const auto entry = entries_.find(wanted);
    if (entry == entries_.end()) {
        return {Status::invalid_argument, id == "last" ? "call is \"last\", but no tool call has come yet"
                                                       : "call is \"" + id + "\", and no such tool call has come"};
    }
    switch (entry->second.state) {
    case State::cancelled:
        return {Status::cancelled, "the tool call \"" + wanted + "\" was cancelled: no answer is wanted"};
    case State::answered:
        return {Status::invalid_state, "the tool call \"" + wanted + "\" is answered already"};
    case State::open:
        break;
    }
    call = entry->second.call;
    if (!will_continue) {
        entry->second.state = State::answered;
    }
    return {};
}

}  // namespace gemlive::session
