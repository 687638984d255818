#include "dialogue/chat_context.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <variant>

namespace gemlive::dialogue {

using protocol::CallState;
using protocol::ChatItem;
using protocol::ChatItemKind;
using protocol::ChatPart;
using protocol::ChatPartKind;
using protocol::ChatRole;

namespace {

constexpr size_t entry_overhead = 512;  // what an item takes besides its texts, about

ChatItem message(ChatRole role, std::string id, std::string text = {})
{
    ChatItem item;
    item.id = std::move(id);
    item.role = role;
    if (!text.empty()) {
        item.content.push_back({ChatPartKind::text, std::move(text), ""});
    }
    return item;
}

std::string numbered(const char *name, uint64_t number)
{
    return std::string(name) + "-" + std::to_string(number);
}

}  // namespace

std::string_view heard_part(std::string_view words, int64_t heard_ms, int64_t all_ms) noexcept
{
    if (heard_ms <= 0) {
        return {};
    }
    if (heard_ms >= all_ms) {
        return words;
    }
    size_t end = static_cast<size_t>(static_cast<double>(words.size()) * static_cast<double>(heard_ms) /
                                     static_cast<double>(all_ms));
    end = std::min(end, words.size());
    const auto continues = [&](size_t at) { return (static_cast<unsigned char>(words[at]) & 0xC0) == 0x80; };
    while (end > 0 && end < words.size() && continues(end)) {
        --end;
    }
    if (end < words.size() && words[end] != ' ') {
        // Where words are not parted by blanks, the character is the word.
        const size_t blank = words.substr(0, end).rfind(' ');
        end = blank == std::string_view::npos && words.find(' ') == std::string_view::npos ? end
              : blank == std::string_view::npos                                            ? 0
                                                                                           : blank;
    }
    while (end > 0 && words[end - 1] == ' ') {
        --end;
    }
    return words.substr(0, end);
}

// ---- in ----

// X1
uint64_t ChatContext::add_user_text(std::string_view text, uint64_t request)
{
    Entry entry;
    entry.request = request;
    entry.queued = true;
    covers_next_turn_ = false;  // that is going to answer this
    const std::string id = request != 0 ? numbered("request", request) : numbered("text", ++unnamed_texts_);
    entry.item = message(ChatRole::user, id, std::string(text));
    const uint64_t number = append(std::move(entry)).number;
    drop_over_bound();
    return number;
}

uint64_t ChatContext::add_output(const std::string &call, std::string output, bool is_error, const std::string &id)
{
    Entry entry;
    entry.item.id = id.empty() ? "output-" + call : id;
    entry.shown = !id.empty();
    entry.queued = true;
    entry.item.kind = ChatItemKind::function_call_output;
    entry.item.call = call;
    entry.item.output = std::move(output);
    entry.item.is_error = is_error;
    if (const Entry *const asked = this->call(call)) {
        entry.item.name = asked->item.name;
    }
    const uint64_t number = append(std::move(entry)).number;
    drop_over_bound();
    return number;
}

void ChatContext::reached_journal(const std::vector<uint64_t> &numbers)
{
    for (const uint64_t number : numbers) {
        if (Entry *const entry = newest([&](const Entry &e) { return e.number == number; })) {
            entry->queued = false;
        }
    }
}

bool ChatContext::holds(const std::vector<uint64_t> &numbers) const
{
    return std::all_of(numbers.begin(), numbers.end(), [this](uint64_t number) {
        return std::any_of(entries_.begin(), entries_.end(), [number](const Entry &e) { return e.number == number; });
    });
}

std::vector<uint64_t> ChatContext::outputs_of(const std::vector<std::string> &calls) const
{
    std::vector<uint64_t> numbers;
    for (const Entry &entry : entries_) {
        if (entry.item.kind == ChatItemKind::function_call_output &&
            std::find(calls.begin(), calls.end(), entry.item.call) != calls.end()) {
            numbers.push_back(entry.number);
        }
    }
    return numbers;
}

void ChatContext::remove(uint64_t number)
{
    std::erase_if(entries_, [&](const Entry &entry) {
        const bool gone = entry.number == number;
        bytes_ -= gone ? entry.bytes : 0;
        return gone;
    });
}

void ChatContext::remove_request(uint64_t request)
{
    if (Entry *const entry = newest([&](const Entry &e) { return request != 0 && e.request == request; })) {
        remove(entry->number);
    }
}

void ChatContext::take(const Effect &effect)
{
    std::visit([this](const auto &of_kind) { on(of_kind); }, effect);
}

// X3: a turn that was cut is what of it was heard.
void ChatContext::cut(uint64_t turn, int64_t heard_ms)
{
    if (Entry *const entry = this->turn(turn)) {
        entry->item.interrupted = true;
        entry->heard_ms = heard_ms;
    }
}

ChatContext::Truncated ChatContext::truncate(uint64_t turn, int64_t heard_ms)
{
    Entry *const entry = this->turn(turn);
    if (!entry) {
        return Truncated::no_such_turn;
    }
    if (entry->transcript.empty()) {
        return Truncated::not_spoken;
    }
    cut(turn, heard_ms);
    return Truncated::done;
}

void ChatContext::on(const Interrupted &cut)
{
    if (Entry *const entry = turn(cut.turn)) {
        entry->item.interrupted = true;
    }
}

void ChatContext::on(const TurnFinished &finished)
{
    if (Entry *const entry = turn(finished.turn)) {
        entry->item.interrupted = entry->item.interrupted || finished.reason != TurnEnd::completed;
        entry->generated_ms = finished.generated_ms;
    }
}

// X2: the user's words come late, too: they stand before the turn that answers them.
void ChatContext::on(const InputTranscript &heard)
{
    Entry *entry = newest([&](const Entry &e) { return e.utterance == heard.utterance; });
    if (!entry) {
        Entry made;
        made.utterance = heard.utterance;
        made.item = message(ChatRole::user, numbered("utterance", heard.utterance));
        const auto answer = std::find_if(entries_.begin(), entries_.end(), [&](const Entry &e) {
            return heard.answer != 0 && e.turn == heard.answer;
        });
        made.covered = answer != entries_.end() && answer->covered;
        covers_next_turn_ = covers_next_turn_ && answer != entries_.end();
        entry = &insert(answer, std::move(made));
    }
    entry->is_open = !heard.final && !heard.correction;
    entry->item.content.assign(1, {ChatPartKind::text, heard.transcript, ""});
    measure(*entry);
    drop_over_bound();
}

void ChatContext::on(const ToolCallOpened &call)
{
    Entry entry;
    entry.turn = call.turn;
    entry.item.id = call.call.starts_with("call-") ? call.call : "call-" + call.call;
    entry.item.kind = ChatItemKind::function_call;
    entry.item.call = call.call;
    entry.item.name = call.name;
    entry.item.arguments = call.arguments.empty() ? "{}" : call.arguments;
    append(std::move(entry));
    drop_over_bound();
}

void ChatContext::on(const ToolCallsCancelled &cancelled)
{
    for (const std::string &call : cancelled.calls) {
        if (Entry *const entry = this->call(call)) {
            entry->item.state = CallState::cancelled;
        }
    }
    reached_journal(outputs_of(cancelled.calls));  // what waited for its server is history
}

// ---- entries ----

template <typename Predicate>
ChatContext::Entry *ChatContext::newest(Predicate &&predicate)
{
    const auto found = std::find_if(entries_.rbegin(), entries_.rend(), predicate);
    return found == entries_.rend() ? nullptr : &*found;
}

// Its words.
ChatContext::Entry *ChatContext::turn(uint64_t turn)
{
    return newest([turn](const Entry &e) { return e.turn == turn && e.item.kind == ChatItemKind::message; });
}

ChatContext::Entry *ChatContext::call(const std::string &call)
{
    return newest([&](const Entry &e) { return e.item.kind == ChatItemKind::function_call && e.item.call == call; });
}

bool ChatContext::has_answers() const noexcept
{
    return std::any_of(entries_.begin(), entries_.end(), [](const Entry &e) {
        return e.item.kind != ChatItemKind::message || e.item.role == ChatRole::assistant;
    });
}

bool ChatContext::is_answered(const std::string &call) const
{
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry &e) {
        return e.item.kind == ChatItemKind::function_call_output && e.item.call == call;
    });
}

void ChatContext::say(uint64_t turn, BoundedText Entry::*stream, std::string_view piece)
{
    Entry *entry = this->turn(turn);
    if (!entry) {
        Entry made;
        made.turn = turn;
        made.text = made.transcript = BoundedText(max_bytes_);
        made.item = message(ChatRole::assistant, numbered("turn", turn));
        made.covered = std::exchange(covers_next_turn_, false);
        entry = &append(std::move(made));
    }
    (entry->*stream).append(piece);
    measure(*entry);
    drop_over_bound();
}

ChatContext::Entry &ChatContext::insert(std::vector<Entry>::iterator place, Entry entry)
{
    entry.number = ++last_number_;
    entry.item.id = unused_id(entry.item.id);
    Entry &inserted = *entries_.insert(place, std::move(entry));
    measure(inserted);
    return inserted;
}

// The application gives ids of its own, and a server may use one again.
std::string ChatContext::unused_id(const std::string &wanted) const
{
    std::string id = wanted;
    const auto is_used = [&] {
        return std::any_of(entries_.begin(), entries_.end(), [&](const Entry &e) { return e.item.id == id; });
    };
    for (int again = 2; is_used(); ++again) {
        id = wanted + "-" + std::to_string(again);
    }
    return id;
}

void ChatContext::measure(Entry &entry)
{
    bytes_ -= entry.bytes;
    entry.bytes = entry_overhead + size_of(entry.item) + entry.text.text().size() + entry.transcript.text().size();
    bytes_ += entry.bytes;
}

// X4: the oldest goes, a call with its outputs.
void ChatContext::drop_over_bound()
{
    while (bytes_ > max_bytes_ && entries_.size() > 1) {
        const bool is_call = entries_.front().item.kind == ChatItemKind::function_call;
        const std::string call = entries_.front().item.call;
        const uint64_t oldest = entries_.front().number;
        const size_t before = entries_.size();
        std::erase_if(entries_, [&](const Entry &entry) {
            const bool goes = entry.number == oldest || (is_call && entry.item.call == call);
            bytes_ -= goes ? entry.bytes : 0;
            return goes;
        });
        dropped_ += static_cast<int64_t>(before - entries_.size());
    }
}

// ---- out ----

ChatItem ChatContext::item_of(const Entry &entry) const
{
    ChatItem item = entry.item;
    const std::string_view said = entry.transcript.empty() ? entry.text.text() : entry.transcript.text();
    if (!said.empty()) {
        const bool was_cut = entry.heard_ms && !entry.transcript.empty();
        const std::string_view heard = was_cut ? heard_part(said, *entry.heard_ms, entry.generated_ms) : said;
        item.content.push_back({ChatPartKind::text, std::string(heard), ""});
    }
    return item;
}

bool ChatContext::says_something(const ChatItem &item)
{
    return item.kind != ChatItemKind::message || std::any_of(item.content.begin(), item.content.end(), [](const ChatPart &part) {
               return !part.text.empty();
           });
}

std::vector<ChatItem> ChatContext::items() const
{
    return items([](const Entry &) { return false; });
}

std::vector<ChatItem> ChatContext::saved(bool has_handle) const
{
    return has_handle ? items([](const Entry &entry) { return !entry.covered; }) : items();
}

std::vector<ChatItem> ChatContext::items(bool (*is_since_handle)(const Entry &)) const
{
    std::unordered_set<std::string_view> answered;
    for (const Entry &entry : entries_) {
        if (entry.item.kind == ChatItemKind::function_call_output) {
            answered.insert(entry.item.call);
        }
    }
    std::vector<ChatItem> items;
    for (const Entry &entry : entries_) {
        ChatItem item = item_of(entry);
        item.since_handle = is_since_handle(entry);
        if (item.kind == ChatItemKind::function_call && item.state != CallState::cancelled) {
            item.state = answered.contains(item.call) ? CallState::answered : CallState::open;
        }
        if (says_something(item)) {
            items.push_back(std::move(item));
        }
    }
    return items;
}

std::vector<ChatItem> ChatContext::show()
{
    for (Entry &entry : entries_) {
        entry.shown = true;
    }
    return items();
}

}  // namespace gemlive::dialogue
