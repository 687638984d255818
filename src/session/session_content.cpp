#include "session/session.hpp"

#include "controller.hpp"
#include "protocol/chat_turns.hpp"
#include "protocol/client_message.hpp"
#include "session/shared.hpp"
#include "tool_answer.hpp"

namespace gemlive::session {

using nlohmann::json;
using protocol::Capabilities;

namespace {

// The turns that ask for a reply, in the form that the model answers to.
json turns_for(const GenerateReply &reply, const Capabilities &can)
{
    json turns = json::array();
    std::string words = reply.text;
    if (!reply.instructions.empty()) {
        if (can.reply_instructions == protocol::ReplyInstructions::model_turn) {
            turns.push_back(protocol::text_content("model", reply.instructions));
        } else {
            words = protocol::tagged_instructions(reply.instructions) + (words.empty() ? "" : "\n" + words);
        }
    }
    if (words.empty() && can.reply_without_input == protocol::ReplyWithoutInput::user_dot) {
        words = ".";
    }
    if (!words.empty()) {
        turns.push_back(protocol::text_content("user", words));
    }
    return turns;
}

std::string output_text(const ToolResponse &response)
{
    const json output = response.error ? json(*response.error) : response.output;
    return output.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

// What the user says in writing; it is in the chat context before anybody can have answered it.
Error Session::send_said(Command command, std::string_view words)
{
    if (words.empty()) {
        return send(std::move(command));
    }
    uint64_t item = 0;
    {
        const std::lock_guard lock(shared_->context_mutex);
        item = shared_->context.add_user_text(words, command.request);
    }
    command.entries.back().items.push_back(item);
    Error error = send(std::move(command));
    if (error) {
        const std::lock_guard lock(shared_->context_mutex);
        shared_->context.remove(item);
    }
    return error;
}

Error Session::open_request(Command command, std::string message, std::string_view words, uint64_t &request)
{
    JournalEntry entry;
    entry.kind = EntryClass::request;
    entry.message = std::move(message);
    command.request = entry.request = ++last_request_;
    const uint64_t id = command.request;
    // While the user's activity is open the model would wait for its end.
    const std::lock_guard lock(shared_->activity_mutex);
    if (shared_->activity != 0) {
        command.entries.push_back(activity_entry(ActivityMark::end));
        command.kind = Command::Kind::end_activity;
    }
    command.entries.push_back(std::move(entry));
    Error error = send_said(std::move(command), words);
    if (!error) {
        request = id;
        shared_->activity = 0;
    }
    return error;
}

Error Session::send_text(const SendText &text, uint64_t &request)
{
    request = 0;
    const auto settings = shared_->settings();
    const Capabilities &can = settings->service.capabilities;
    if (text.text.empty()) {
        return {Status::invalid_argument, "text is empty; give what is to be said, or use generate_reply"};
    }
    std::string message;
    const bool realtime = can.text_input == protocol::TextInput::realtime_text;
    if (!text.turn_complete && can.content_turns != protocol::ContentTurns::always) {
        return {Status::unsupported, "this model takes no text without answering it: leave turn_complete true"};
    }
    if (realtime && text.turn_complete) {
        if (Error error = protocol::encode_text(text.text, message)) {
            return error;
        }
    } else {
        json turns = json::array();
        turns.push_back(protocol::text_content("user", text.text));
        if (Error error = protocol::encode_client_content(turns, text.turn_complete, message)) {
            return error;
        }
    }
    if (text.turn_complete) {
        return open_request(Command(Command::Kind::send), std::move(message), text.text, request);
    }
    JournalEntry entry;
    entry.kind = EntryClass::content;
    entry.message = std::move(message);
    Command command(Command::Kind::send);
    command.entries.push_back(std::move(entry));
    return send_said(std::move(command), text.text);
}

Error Session::generate_reply(const GenerateReply &reply, uint64_t &request)
{
    request = 0;
    if (reply.timeout_ms < 0) {
        return {Status::invalid_argument, "timeout_ms is " + std::to_string(reply.timeout_ms) +
                                              "; allowed is 0 (the option reply_timeout_ms) or more"};
    }
    if (!reply.tool_choice.empty() && reply.tool_choice != "auto" && reply.tool_choice != "none") {
        return {Status::invalid_argument, "tool_choice is \"" + reply.tool_choice + "\"; allowed is auto or none"};
    }
    const auto settings = shared_->settings();
    const Capabilities &can = settings->service.capabilities;
    std::string message;
    const bool realtime = can.text_input == protocol::TextInput::realtime_text;
    if (!realtime && can.content_turns == protocol::ContentTurns::always) {
        if (Error error = protocol::encode_client_content(turns_for(reply, can), true, message)) {
            return error;
        }
    } else {
        std::string words = reply.instructions.empty() ? "" : protocol::tagged_instructions(reply.instructions);
        if (!reply.text.empty()) {
            words += (words.empty() ? "" : "\n") + reply.text;
        }
        if (Error error = protocol::encode_text(words.empty() ? " " : words, message)) {
            return error;
        }
    }
    Command command(Command::Kind::send);
    command.timeout_ms = reply.timeout_ms;
    command.without_tools = reply.tool_choice == "none";
    return open_request(std::move(command), std::move(message), reply.text, request);
}

Error Session::tool_response(const ToolResponse &response)
{
    const auto settings = shared_->settings();
    const Capabilities &can = settings->service.capabilities;
    if (!response.scheduling.empty() && !can.supports("scheduling")) {
        return {Status::unsupported, std::string(can.refusal("scheduling"))};
    }
    if (response.will_continue && !can.supports("will_continue")) {
        return {Status::unsupported, std::string(can.refusal("will_continue"))};
    }
    ToolCalls::Call call;
    if (Error error = shared_->calls.find(response.call, call)) {
        return error;
    }
    protocol::ToolAnswer answer;
    if (Error error = make_answer(*settings, response, call, answer)) {
        return error;
    }
    const bool more_follows = response.will_continue.value_or(false);
    ToolCalls::Messages ready;
    const std::lock_guard lock(answers_mutex_);  // what is ready first goes first
    if (Error error = shared_->calls.answer(call.id, more_follows, std::move(answer), ready)) {
        return error;
    }
    uint64_t item = 0;
    {
        const std::lock_guard context_lock(shared_->context_mutex);
        item = shared_->context.add_output(call.id, output_text(response), response.error.has_value(),
                                           response.item);
    }
    Command command(Command::Kind::send);
    command.in_stream = false;
    for (const ToolCalls::Message &message : ready) {
        JournalEntry entry;
        if (Error error = make_entry(*settings, message, more_follows, entry)) {
            return error;
        }
        const std::lock_guard context_lock(shared_->context_mutex);
        entry.items = shared_->context.outputs_of(message.calls);
        command.entries.push_back(std::move(entry));
    }
    if (ready.empty()) {
        return {};  // held back until the calls that came with it are answered
    }
    Error error = send(std::move(command));
    if (error) {
        shared_->calls.take_back(call.id, std::move(ready));
        const std::lock_guard context_lock(shared_->context_mutex);
        shared_->context.remove(item);
    }
    return error;
}

Error Session::send_raw(std::string_view text)
{
    JournalEntry entry;
    protocol::RawFacts facts;
    if (Error error = protocol::encode_raw(text, entry.message, &facts)) {
        return error;
    }
    entry.kind = facts.answers_calls ? EntryClass::tool : EntryClass::raw;
    entry.calls = facts.calls;
    Error error = send_message(std::move(entry));
    if (!error) {
        shared_->calls.answered_raw(facts.calls);
    }
    return error;
}

}  // namespace gemlive::session
