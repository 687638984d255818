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
        if (const auto former = entries_.find(id); former != entries_.end()) {  // the server uses its id again
            close(former->second, State::answered);
            std::erase(order_, id);
        }
        if (call.announced) {
            newest_ = id;
        }
        order_.push_back(id);
        if (!call.has_server_id) {
            without_id.push_back(id);
        }
        if (call.due_ms) {
            due_.emplace(*call.due_ms, id);
        }
        if (call.blocking) {
            blocking_.insert(id);
        } else {
            blocking_.erase(id);
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
        blocking_.erase(*oldest);
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
            close(entry->second, State::cancelled);
            entry->second.held.reset();
            entry->second.call.arguments.clear();
            blocking_.erase(id);
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
            close(entry->second, State::answered);
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
        if (entry->second.call.due_ms) {
            due_.emplace(*entry->second.call.due_ms, id);
        }
    }
}

void ToolCalls::written(const std::string &id)
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(id);
    if (entry != entries_.end() && entry->second.state != State::open) {
        entry->second.call.arguments = std::string();
        blocking_.erase(id);
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
    case State::timed_out:
        return {Status::timeout, "the tool call \"" + wanted + "\" was not answered in tool_call_timeout_ms: the model was told "
                                 "so, and no answer is wanted"};
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
    if (will_continue && !entry.call.has_server_id) {
        return {Status::unsupported, "the tool call \"" + entry.call.id + "\" has no id on the server: answers that "
                                     "more follow could not be told apart; give one whole answer"};
    }
    if (!will_continue) {
        close(entry, State::answered);
    }
    give(entry, std::move(answer), ready);
    return {};
}

void ToolCalls::close(Entry &entry, State state)
{
    entry.state = state;
    if (entry.call.due_ms) {
        due_.erase({*entry.call.due_ms, entry.call.id});
    }
}

void ToolCalls::give(Entry &entry, protocol::ToolAnswer answer, Messages &ready)
{
    if (entry.call.has_server_id) {
        ready.push_back({{entry.call.id}, {std::move(answer)}});
        return;
    }
    entry.held = std::move(answer);
    release(ready);
}

std::vector<ToolCalls::Call> ToolCalls::open() const
{
    std::lock_guard lock(mutex_);
    std::vector<Call> calls;
    for (const std::string &id : order_) {
        const auto entry = entries_.find(id);
        if (entry != entries_.end() && entry->second.state == State::open && entry->second.call.announced) {
            calls.push_back(entry->second.call);
        }
    }
    return calls;
}

std::vector<std::string> ToolCalls::blocking() const
{
    std::lock_guard lock(mutex_);
    return {blocking_.begin(), blocking_.end()};
}

std::optional<int64_t> ToolCalls::next_due() const
{
    std::lock_guard lock(mutex_);
    return due_.empty() ? std::nullopt : std::optional(due_.begin()->first);
}

std::vector<ToolCalls::Call> ToolCalls::overdue(int64_t now_ms) const
{
    std::lock_guard lock(mutex_);
    std::vector<Call> calls;
    for (auto due = due_.begin(); due != due_.end() && due->first <= now_ms; ++due) {
        calls.push_back(entries_.at(due->second).call);
    }
    return calls;
}

bool ToolCalls::time_out(const std::string &id, protocol::ToolAnswer answer, Messages &ready)
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(id);
    if (entry == entries_.end() || entry->second.state != State::open) {
        return false;
    }
    close(entry->second, State::timed_out);
    give(entry->second, std::move(answer), ready);
    return true;
}

}  // namespace gemlive::session
