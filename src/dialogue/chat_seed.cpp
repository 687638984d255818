// What a server is told of the conversation so far.
#include "dialogue/chat_context.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace gemlive::dialogue {

using protocol::CallState;
using protocol::ChatItem;
using protocol::ChatItemKind;
using protocol::ChatRole;

namespace {

bool is_model_turn(const ChatItem &item)
{
    return item.kind == ChatItemKind::message && item.role == ChatRole::assistant;
}

// X7
void trim(std::vector<ChatItem> &items, size_t max_bytes)
{
    size_t bytes = 0;
    for (const ChatItem &item : items) {
        bytes += size_of(item);
    }
    std::unordered_set<std::string> calls;  // that went
    const auto is_lone_output = [&](const ChatItem &item) {
        return item.kind == ChatItemKind::function_call_output && calls.contains(item.call);
    };
    const auto cannot_begin = [&](const ChatItem &item) { return is_model_turn(item) || is_lone_output(item); };
    size_t begin = 0;
    for (; begin < items.size() && (bytes > max_bytes || (begin > 0 && cannot_begin(items[begin]))); ++begin) {
        bytes -= size_of(items[begin]);
        if (items[begin].kind == ChatItemKind::function_call) {
            calls.insert(items[begin].call);
        }
    }
    items.erase(items.begin(), items.begin() + static_cast<ptrdiff_t>(begin));
    std::erase_if(items, is_lone_output);
}

}  // namespace

// X6
std::vector<ChatItem> ChatContext::tell(Server server, const std::vector<uint64_t> &waiting, bool speech_goes_again,
                                        size_t max_bytes)
{
    const std::unordered_set<uint64_t> in_journal(waiting.begin(), waiting.end());
    const auto goes_by_itself = [&](const Entry &entry) { return entry.queued || in_journal.contains(entry.number); };
    std::unordered_set<std::string_view> answered;
    for (const Entry &entry : entries_) {
        if (entry.item.kind == ChatItemKind::function_call_output && !goes_by_itself(entry)) {
            answered.insert(entry.item.call);
        }
    }
    std::vector<ChatItem> items;
    for (Entry &entry : entries_) {
        entry.untold = false;
        const bool is_unfinished = entry.utterance != 0 && (entry.is_open || &entry == &entries_.back());
        const bool is_open_call = entry.item.kind == ChatItemKind::function_call && entry.turn != 0 &&
                                  entry.item.state != CallState::cancelled && !answered.contains(entry.item.call);
        if (goes_by_itself(entry) || is_open_call || (speech_goes_again && is_unfinished) ||
            (server == Server::resumed && entry.covered)) {
            continue;
        }
        ChatItem item = item_of(entry);
        if (says_something(item)) {
            items.push_back(std::move(item));
        }
    }
    is_told_ = true;
    if (server == Server::fresh) {
        for (Entry &entry : entries_) {
            entry.covered = false;
        }
        covers_next_turn_ = false;
    }
    trim(items, max_bytes);
    return items;
}

void ChatContext::go_on_from_handle()
{
    is_told_ = true;
    for (Entry &entry : entries_) {
        entry.untold = false;
        entry.covered = !entry.item.since_handle;
    }
}

// X8: a handle that comes within a turn covers that turn, and what it answers.
void ChatContext::covered(const std::vector<uint64_t> &waiting)
{
    const std::unordered_set<uint64_t> in_journal(waiting.begin(), waiting.end());
    const Entry *last = nullptr;
    for (Entry &entry : entries_) {
        if (!entry.queued && !in_journal.contains(entry.number)) {
            entry.covered = true;
            last = &entry;
        }
    }
    covers_next_turn_ = last && !is_model_turn(last->item);
}

}  // namespace gemlive::dialogue
