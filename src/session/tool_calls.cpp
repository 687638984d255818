#include "session/tool_calls.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::session {

void ToolCalls::opened(std::vector<Call> calls)
{
    std::lock_guard lock(mutex_);
    std::vector<std::string> without_id;
    for (Call &call : calls) {
        const std::string id = call.id;
        if (call.announced) {
            newest_ = id;
        }
        order_.push_back(id);
        if (!call.has_server_id) {
            without_id.push_back(id);
        }
        entries_[id] = Entry{std::move(call), State::open, std::nullopt};
        forget_oldest();
    }
    if (!without_id.empty()) {
        without_id_.push_back(std::move(without_id));
    }
}

void ToolCalls::forget_oldest()
{
    if (order_.size() <= most_remembered) {
        return;
    }
    const auto oldest = std::find_if(order_.begin(), order_.end(), [this](const std::string &id) {
        const auto entry = entries_.find(id);
        return entry == entries_.end() || (entry->second.state != State::open && !entry->second.held);
    });
    if (oldest != order_.end()) {
        entries_.erase(*oldest);
        order_.erase(oldest);
    }
}

bool ToolCalls::are_cancelled(const std::vector<std::string> &ids) const
{
    const std::lock_guard lock(mutex_);
    return !ids.empty() && std::all_of(ids.begin(), ids.end(), [this](const std::string &id) {
        const auto entry = entries_.find(id);
        return entry != entries_.end() && entry->second.state == State::cancelled;
    });
}

ToolCalls::Messages ToolCalls::cancelled(const std::vector<std::string> &ids)
{
    std::lock_guard lock(mutex_);
    for (const std::string &id : ids) {
        const auto entry = entries_.find(id);
        if (entry != entries_.end()) {
            entry->second.state = State::cancelled;
            entry->second.held.reset();
        }
    }
    Messages ready;
    release(ready);
    return ready;
}

// The oldest first: an answer without an id must not overtake another.
void ToolCalls::release(Messages &ready)
{
    while (!without_id_.empty()) {
        const std::vector<std::string> &ids = without_id_.front();
        const bool waits = std::any_of(ids.begin(), ids.end(), [this](const std::string &id) {
            const auto entry = entries_.find(id);
            return entry != entries_.end() && entry->second.state == State::open;
        });
        if (waits) {
            return;
        }
        Message message;
        for (const std::string &id : ids) {
            const auto entry = entries_.find(id);
            if (entry != entries_.end() && entry->second.held) {
                message.calls.push_back(id);
                message.answers.push_back(*std::exchange(entry->second.held, std::nullopt));
            }
        }
        if (!message.calls.empty()) {
            ready.push_back(std::move(message));
        }
        without_id_.pop_front();
    }
}

void ToolCalls::answered_raw(const std::vector<std::string> &ids)
{
    std::lock_guard lock(mutex_);
    for (const std::string &id : ids) {
        const auto entry = entries_.find(id);
        if (entry != entries_.end() && entry->second.state == State::open && entry->second.call.has_server_id) {
            entry->second.state = State::answered;
        }
    }
}

void ToolCalls::take_back(const std::string &id, Messages ready)
{
    std::lock_guard lock(mutex_);
    for (auto message = ready.rbegin(); message != ready.rend(); ++message) {
        bool without_id = false;
        for (size_t i = 0; i < message->calls.size(); ++i) {
            const auto entry = entries_.find(message->calls[i]);
            if (entry == entries_.end()) {
                continue;
            }
            without_id = without_id || !entry->second.call.has_server_id;
            if (entry->second.state == State::answered && !entry->second.call.has_server_id) {
                entry->second.held = std::move(message->answers[i]);
            }
        }
        if (without_id) {
            without_id_.push_front(std::move(message->calls));
        }
    }
    const auto entry = entries_.find(id);
    if (entry != entries_.end() && entry->second.state == State::answered) {
        entry->second.state = State::open;
        entry->second.held.reset();
    }
}

Error ToolCalls::find_entry(const std::string &id, const Entry *&found) const
{
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
    found = &entry->second;
    return {};
}

Error ToolCalls::find(const std::string &id, Call &call) const
{
    std::lock_guard lock(mutex_);
    const Entry *entry = nullptr;
    if (Error error = find_entry(id, entry)) {
        return error;
    }
    call = entry->call;
    return {};
}

Error ToolCalls::answer(const std::string &id, bool will_continue, protocol::ToolAnswer answer, Messages &ready)
{
    std::lock_guard lock(mutex_);
    const Entry *found = nullptr;
    if (Error error = find_entry(id, found)) {
        return error;
    }
    Entry &entry = entries_.at(found->call.id);
    if (entry.call.has_server_id) {
        if (!will_continue) {
            entry.state = State::answered;
        }
        ready.push_back({{entry.call.id}, {std::move(answer)}});
        return {};
    }
    if (will_continue) {
        return {Status::unsupported, "the tool call \"" + entry.call.id + "\" has no id on the server: answers that "
                                     "more follow could not be told apart; give one whole answer"};
    }
    entry.state = State::answered;
    entry.held = std::move(answer);
    release(ready);
    return {};
}

}  // namespace gemlive::session
