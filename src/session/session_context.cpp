#include "session/session.hpp"

#include <algorithm>
#include <utility>

#include "base/json_text.hpp"
#include "protocol/chat_items.hpp"
#include "protocol/chat_turns.hpp"
#include "protocol/client_message.hpp"
#include "session/shared.hpp"

namespace gemlive::session {
namespace {

using dialogue::ChatContext;

// Which items, as far as a sentence can hold them.
std::string names_of(const std::vector<std::string> &ids)
{
    constexpr size_t most = 8;
    std::string names;
    for (size_t i = 0; i < std::min(ids.size(), most); ++i) {
        names += (i == 0 ? "\"" : ", \"") + ids[i] + "\"";
    }
    return ids.size() > most ? names + " and " + std::to_string(ids.size() - most) + " more" : names;
}

std::vector<std::string> sentences_of(const ChatContext::Update &update)
{
    std::vector<std::string> sentences;
    const auto add = [&](const std::vector<std::string> &ids, const char *why) {
        if (!ids.empty()) {
            sentences.push_back((ids.size() == 1 ? "item " : "items ") + names_of(ids) + ": " + why);
        }
    };
    add(update.removed, "the service cannot take back what it was told: kept");
    add(update.edited, "the service cannot change what it was told: kept as it was");
    add(update.moved, "the service cannot change the order of what it was told: kept in its place");
    add(update.inserted, "the service takes new items at the end only: added there");
    add(update.kept_back, "this model takes content at the beginning of a conversation only: kept for the next one");
    add(update.answered_before, "the call is answered already, or cancelled, and is not answered again");
    add(update.without_call, "there is no such call in the chat context");
    return sentences;
}

}  // namespace

Error Session::truncate(uint64_t turn, int64_t heard_ms)
{
    if (shared_->is_closing()) {
        return shared_->closed_error();
    }
    if (heard_ms < 0) {
        return {Status::invalid_argument, "heard_ms is " + std::to_string(heard_ms) + "; allowed is 0 or more"};
    }
    const std::lock_guard lock(shared_->context_mutex);
    switch (shared_->context.truncate(turn, heard_ms)) {
    case ChatContext::Truncated::done: break;
    case ChatContext::Truncated::no_such_turn:
        return {Status::invalid_argument, "turn is turn-" + std::to_string(turn) + ", and the chat context has no words of it"};
    case ChatContext::Truncated::not_spoken:
        return {Status::invalid_state, "turn-" + std::to_string(turn) + " was not spoken: nothing of it can have been unheard"};
    }
    return {};
}

// X5
Error Session::update_chat_context(std::string_view text)
{
    if (shared_->is_closing()) {
        return shared_->closed_error();
    }
    nlohmann::json given;
    if (Error error = parse_json(text, "items", given)) {
        return error;
    }
    std::vector<protocol::ChatItem> items;
    if (Error error = protocol::read_chat_items(given, items)) {
        return error;
    }
    const auto settings = shared_->settings();
    const protocol::Capabilities &can = settings->service.capabilities;
    if (can.content_turns == protocol::ContentTurns::never) {
        return {Status::unsupported, std::string(can.refusal("client_content"))};
    }
    const std::lock_guard order(context_update_mutex_);
    ChatContext::Update update;
    {
        const std::lock_guard lock(shared_->context_mutex);
        update = shared_->context.update(items, can.content_turns == protocol::ContentTurns::always);
    }
    Error error = send_update(update);
    if (error) {
        const std::lock_guard lock(shared_->context_mutex);
        for (const uint64_t number : update.numbers) {
            shared_->context.remove(number);
        }
        return error;
    }
    for (const protocol::ChatItem &item : update.answers) {
        ToolResponse answer;
        answer.call = item.call;
        answer.item = item.id;
        answer.output = parse_json<nlohmann::json>(item.output);
        if (item.is_error) {
            answer.error = answer.output.is_string() ? answer.output.get<std::string>() : item.output;
        }
        if (error = tool_response(answer); error) {
            return error;
        }
    }
    return {};
}

Error Session::send_update(const ChatContext::Update &update)
{
    Command command(Command::Kind::add_context);
    command.not_applied = sentences_of(update);
    const nlohmann::json turns = protocol::chat_turns(update.added);
    if (!turns.empty()) {
        JournalEntry entry;
        entry.items = update.numbers;
        if (Error error = protocol::encode_client_content(turns, false, entry.message)) {
            return error;
        }
        command.entries.push_back(std::move(entry));
    }
    return command.entries.empty() && command.not_applied.empty() ? Error() : send(std::move(command));
}

std::string Session::chat_context_json() const
{
    std::vector<protocol::ChatItem> items;
    {
        const std::lock_guard lock(shared_->context_mutex);
        items = shared_->context.show();
    }
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const protocol::ChatItem &item : items) {
        list.push_back(protocol::chat_item_json(item));
    }
    return list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string Session::open_calls_json() const
{
    const int64_t now_ms = shared_->now_ms();
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const ToolCalls::Call &call : shared_->calls.open()) {
        nlohmann::ordered_json &shown = list.emplace_back();
        shown["call"] = call.id;
        shown["name"] = call.name;
        auto arguments = parse_json<nlohmann::ordered_json>(call.arguments);
        shown["arguments"] = arguments.is_object() ? std::move(arguments) : nlohmann::ordered_json::object();
        shown["turn"] = "turn-" + std::to_string(call.turn);
        shown["blocking"] = call.blocking;
        shown["age_ms"] = now_ms - call.opened_ms;
        if (call.due_ms) {
            shown["left_ms"] = std::max<int64_t>(*call.due_ms - now_ms, 0);
        }
    }
    return list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace gemlive::session
