// What the application wants the conversation to be, against what it is.
#include "dialogue/chat_context.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace gemlive::dialogue {

using protocol::ChatItem;
using protocol::ChatItemKind;
using protocol::ChatPart;

namespace {

std::string words_of(const ChatItem &item)
{
    std::string words;
    for (const ChatPart &part : item.content) {
        words += part.text;
    }
    return words;
}

// The longest sequence of places that rises, of those given; -1 is none. Those are what need not be moved.
std::vector<bool> longest_rise(const std::vector<int64_t> &places)
{
    std::vector<int64_t> tails;          // index of the last of the best rise of each length
    std::vector<int64_t> before(places.size(), -1);
    for (size_t i = 0; i < places.size(); ++i) {
        if (places[i] < 0) {
            continue;
        }
        const auto at = std::lower_bound(tails.begin(), tails.end(), places[i], [&](int64_t tail, int64_t place) {
            return places[static_cast<size_t>(tail)] < place;
        });
        before[i] = at == tails.begin() ? -1 : *std::prev(at);
        if (at == tails.end()) {
            tails.push_back(static_cast<int64_t>(i));
        } else {
            *at = static_cast<int64_t>(i);
        }
    }
    std::vector<bool> rises(places.size());
    for (int64_t i = tails.empty() ? -1 : tails.back(); i >= 0; i = before[static_cast<size_t>(i)]) {
        rises[static_cast<size_t>(i)] = true;
    }
    return rises;
}

}  // namespace

// X5: of a turn and an utterance both sides may know more, or less, than the other.
bool ChatContext::is_edited(const Entry &entry, const ChatItem &given) const
{
    const ChatItem item = item_of(entry);
    if (item.kind != given.kind || item.call != given.call) {
        return true;
    }
    switch (item.kind) {
    case ChatItemKind::message: break;
    case ChatItemKind::function_call: return item.name != given.name;
    case ChatItemKind::function_call_output: return item.output != given.output || item.is_error != given.is_error;
    }
    const std::string words = words_of(item);
    const std::string given_words = words_of(given);
    const bool grows = entry.turn != 0 || entry.utterance != 0;
    const bool same = words == given_words || (grows && (words.starts_with(given_words) || given_words.starts_with(words)));
    return item.role != given.role || !same;
}

// Before the item `before`, if it has a place in the middle; else at the end.
void ChatContext::add(const ChatItem &item, const std::vector<ChatItem> &all, bool is_inserted, bool can_append,
                      const std::string &before, Update &update)
{
    if (item.kind == ChatItemKind::function_call_output) {
        const Entry *const asked = call(item.call);
        if (asked && (is_answered(item.call) || asked->item.state == protocol::CallState::cancelled)) {
            update.answered_before.push_back(item.id);
            return;
        }
        if (asked && !asked->untold && asked->turn != 0) {
            update.answers.push_back(item);
            return;
        }
        const bool is_given = std::any_of(all.begin(), all.end(), [&](const ChatItem &other) {
            return other.kind == ChatItemKind::function_call && other.call == item.call;
        });
        if (!is_given) {
            update.without_call.push_back(item.id);
            return;
        }
    }
    Entry entry;
    entry.item = item;
    entry.item.state = protocol::CallState::unknown;
    entry.shown = true;
    entry.untold = !is_told_ || !can_append;
    entry.queued = !entry.untold;
    auto place = entries_.end();
    if (is_inserted && entry.untold) {
        place = std::find_if(entries_.begin(), entries_.end(), [&](const Entry &e) { return e.item.id == before; });
    } else if (is_inserted) {
        update.inserted.push_back(item.id);
    }
    const bool waits = is_told_ && !can_append;
    const bool is_sent = !entry.untold;
    update.numbers.push_back(insert(place, std::move(entry)).number);
    if (waits) {
        update.kept_back.push_back(item.id);
    } else if (is_sent) {
        update.added.push_back(item);
    }
}

// X5
ChatContext::Update ChatContext::update(const std::vector<ChatItem> &items, bool can_append)
{
    Update update;
    std::erase_if(entries_, [this](const Entry &entry) {
        bytes_ -= entry.untold ? entry.bytes : 0;
        return entry.untold;
    });
    std::map<std::string, int64_t> places;
    for (size_t i = 0; i < entries_.size(); ++i) {
        places[entries_[i].item.id] = static_cast<int64_t>(i);
    }
    std::vector<int64_t> known(items.size(), -1);  // of each item its place
    for (size_t i = 0; i < items.size(); ++i) {
        if (const auto found = places.find(items[i].id); found != places.end()) {
            known[i] = found->second;
        }
    }
    const std::vector<bool> stays = longest_rise(known);
    std::vector<bool> wanted(entries_.size());
    for (size_t i = 0; i < items.size(); ++i) {
        if (known[i] < 0) {
            continue;
        }
        const Entry &entry = entries_[static_cast<size_t>(known[i])];
        wanted[static_cast<size_t>(known[i])] = true;
        if (!stays[i]) {
            update.moved.push_back(items[i].id);
        }
        if (is_edited(entry, items[i])) {
            update.edited.push_back(items[i].id);
        }
    }
    for (size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].shown && !wanted[i]) {
            update.removed.push_back(entries_[i].item.id);
        }
    }
    for (size_t i = 0; i < items.size(); ++i) {
        if (known[i] >= 0) {
            continue;
        }
        size_t behind = i + 1;
        while (behind < items.size() && !(known[behind] >= 0 && stays[behind])) {
            ++behind;
        }
        const bool is_inserted = behind < items.size();
        add(items[i], items, is_inserted, can_append, is_inserted ? items[behind].id : "", update);
    }
    drop_over_bound();
    return update;
}

}  // namespace gemlive::dialogue
