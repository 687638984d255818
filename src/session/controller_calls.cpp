// Calls of functions, and the answers that the application does not give itself.
#include "controller.hpp"

#include <algorithm>

namespace gemlive::session {

// All calls of a message are known before the application hears of the first one and answers it.
void Controller::open_calls()
{
    std::vector<ToolCalls::Call> calls;
    for (const dialogue::Effect &effect : effects_) {
        if (const auto *const opened = std::get_if<dialogue::ToolCallOpened>(&effect)) {
            ToolCalls::Call &call = calls.emplace_back();
            call.id = opened->call;
            call.name = opened->name;
            call.has_server_id = opened->has_server_id;
            call.announced = refusal_of(*opened) == Refusal::none;
            call.blocking = blocks_the_model(*settings_, call.name);
            call.turn = opened->turn;
            call.arguments = opened->arguments;
            call.opened_ms = now_ms();
            if (settings_->tool_call_timeout_ms > 0) {
                call.due_ms = call.opened_ms + settings_->tool_call_timeout_ms;
            }
        }
    }
    if (!calls.empty()) {
        shared_->calls.opened(std::move(calls));
    }
}

// C8: more input would be another question, or cancel the call. A server that does not know of the call waits for nothing.
bool Controller::holds_input_for_a_call() const
{
    if (closing_ || settings_->service.capabilities.input_in_call != protocol::InputInCall::waits) {
        return false;
    }
    const std::vector<std::string> calls = shared_->calls.blocking();
    return std::any_of(calls.begin(), calls.end(),
                       [this](const std::string &call) { return !turns_.is_unknown_to_server(call); });
}

// C6
void Controller::answer_overdue_calls()
{
    for (const ToolCalls::Call &call : shared_->calls.overdue(now_ms())) {
        const protocol::ToolAnswer answer = timed_out_answer(*settings_, call);
        ToolCalls::Messages ready;
        if (!shared_->calls.time_out(call.id, answer, ready)) {
            continue;
        }
        keep_own_answer(call, answer);
        write_answers(ready);
        const std::string sentence = "the tool call \"" + call.id + "\" of the function \"" + call.name +
                                     "\" was not answered within " + std::to_string(*call.due_ms - call.opened_ms) +
                                     " ms: the model was told so";
        emit(wording::error_of_call(call.turn, call.id, Error(Status::timeout, sentence)));
    }
}

Refusal Controller::refusal_of(const dialogue::ToolCallOpened &call) const
{
    if (call.unwanted) {
        return Refusal::unwanted;
    }
    return is_undeclared(*settings_, std::string(call.name)) ? Refusal::undeclared : Refusal::none;
}

void Controller::refuse_call(Refusal why, const dialogue::ToolCallOpened &opened)
{
    ToolCalls::Call call{opened.call, std::string(opened.name), opened.has_server_id};
    call.turn = opened.turn;
    ToolCalls::Messages ready;
    const protocol::ToolAnswer answer = refusing_answer(why, call);
    keep_own_answer(call, answer);
    shared_->calls.answer(call.id, false, answer, ready);
    write_answers(ready);
    const char *const reason = why == Refusal::undeclared ? "which is not declared" : "although its request has tool_choice none";
    const std::string sentence =
        "the model called the function \"" + call.name + "\", " + reason + "; it was answered with an error";
    emit(wording::error_of_call(call.turn, call.id, Error(Status::protocol, sentence)));
}

void Controller::keep_own_answer(const ToolCalls::Call &call, const protocol::ToolAnswer &answer)
{
    const std::lock_guard lock(shared_->context_mutex);
    shared_->context.add_output(call.id, answer.response.dump(), true);
}

void Controller::write_answers(const ToolCalls::Messages &ready)
{
    for (const ToolCalls::Message &message : ready) {
        JournalEntry entry;
        if (make_entry(*settings_, message, false, entry)) {
            continue;  // each of its answers was encoded before
        }
        entry.tell_as_content([this](const std::string &call) { return turns_.is_unknown_to_server(call); });
        entry.first_sample = entry.end_sample = shared_->input.samples_out();
        {
            const std::lock_guard lock(shared_->context_mutex);
            entry.items = shared_->context.outputs_of(message.calls);
            shared_->context.reached_journal(entry.items);
        }
        journal_.add(std::move(entry));
    }
    if (!ready.empty()) {
        wake_link();
    }
}

}  // namespace gemlive::session
