// What was said and done, as it is kept for the application and for the next server.
#include "controller.hpp"

#include <limits>

#include "protocol/chat_turns.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

void Controller::keep_in_context(const dialogue::Effect &effect)
{
    if (std::holds_alternative<dialogue::Audio>(effect)) {
        return;  // its words come by themselves
    }
    int64_t dropped = 0;
    {
        const std::lock_guard lock(shared_->context_mutex);
        shared_->context.take(effect);
        dropped = shared_->context.take_dropped();
    }
    if (dropped > 0) {
        dropped_context_items_ += dropped;
        report_drops(Clock::now(), false);
    }
}

// X3
void Controller::keep_heard(uint64_t turn, std::optional<int64_t> heard_ms)
{
    if (heard_ms) {
        const std::lock_guard lock(shared_->context_mutex);
        shared_->context.cut(turn, *heard_ms);
    }
}

// X9: content stops a reply that runs, so it waits for its end, or for the next request.
void Controller::add_context(Command &command)
{
    for (std::string &why : command.not_applied) {
        emit(wording::not_applied("update_chat_context", std::move(why)));
    }
    for (JournalEntry &entry : command.entries) {
        reached_journal(entry);
        held_context_.push_back(std::move(entry));
    }
    release_context(false);
}

void Controller::release_context(bool at_once)
{
    if (held_context_.empty() || (!at_once && (turns_.is_running() || turns_.has_open_calls()))) {
        return;
    }
    for (JournalEntry &entry : held_context_) {
        entry.first_sample = entry.end_sample = shared_->input.samples_out();
        journal_.add(std::move(entry));
    }
    held_context_.clear();
    wake_link();
}

void Controller::reached_journal(const JournalEntry &entry)
{
    if (!entry.items.empty()) {
        const std::lock_guard lock(shared_->context_mutex);
        shared_->context.reached_journal(entry.items);
    }
}

// Those that go to the next server by themselves.
std::vector<uint64_t> Controller::waiting_items() const
{
    std::vector<uint64_t> items = journal_.waiting_items();
    for (const JournalEntry &entry : held_context_) {
        items.insert(items.end(), entry.items.begin(), entry.items.end());
    }
    return items;
}

// Without an answer it is no conversation that could have become too long.
bool Controller::may_have_been_too_much() const
{
    const std::lock_guard lock(shared_->context_mutex);
    return shared_->context.has_answers() &&
           settings_->service.capabilities.content_turns != protocol::ContentTurns::never;
}

// Some models take content only when their setup says that it comes.
bool Controller::announces_history(const Connection &connection) const
{
    const bool wanted = cause_ == wording::DialCause::first || settings_->reseed;
    if (!connection.handle.empty() || !wanted ||
        settings_->service.capabilities.history_config != protocol::HistoryConfig::send) {
        return false;
    }
    using dialogue::ChatContext;
    const std::lock_guard lock(shared_->context_mutex);
    ChatContext trial = shared_->context;
    return !trial.tell(ChatContext::Server::fresh, waiting_items(), false, std::numeric_limits<size_t>::max()).empty();
}

bool Controller::tells_context(const Connection &connection) const
{
    const protocol::ContentTurns content = settings_->service.capabilities.content_turns;
    const bool resumed = !connection.handle.empty();
    if (content == protocol::ContentTurns::never || (resumed && content != protocol::ContentTurns::always)) {
        return false;
    }
    const std::lock_guard lock(shared_->context_mutex);
    return settings_->reseed || !shared_->context.is_told();
}

// X6: what the server is told as the conversation so far is not said once more. What the context has no room for goes by itself.
void Controller::withdraw_context()
{
    const std::lock_guard lock(shared_->context_mutex);
    const auto is_told = [this](const JournalEntry &entry) { return shared_->context.holds(entry.items); };
    journal_.withdraw_context(is_told);
    std::erase_if(held_context_, is_told);
}

// X6: false when there was nothing to tell.
bool Controller::tell_context(Connection &connection, bool speech_goes_again)
{
    if (!tells_context(connection)) {
        return false;
    }
    const bool resumed = !connection.handle.empty();
    std::vector<protocol::ChatItem> items;
    {
        using dialogue::ChatContext;
        const std::lock_guard lock(shared_->context_mutex);
        ChatContext &context = shared_->context;
        const size_t most = std::exchange(trims_context_, false) ? context.bytes() / 2 : std::numeric_limits<size_t>::max();
        items = context.tell(resumed ? ChatContext::Server::resumed : ChatContext::Server::fresh, waiting_items(),
                             speech_goes_again, most);
    }
    const nlohmann::json turns = protocol::chat_turns(items);
    if (turns.empty()) {
        return false;
    }
    // Each of its texts was taken before, by this library or from the server.
    connection.has_history = !protocol::encode_client_content(turns, connection.history_first, connection.history);
    return connection.has_history;
}

wording::Restored Controller::restore(Connection &connection, bool speech_goes_again)
{
    const bool begins = cause_ == wording::DialCause::first && settings_->setup.first_handle.empty();
    const bool told = tell_context(connection, speech_goes_again);
    if (!connection.handle.empty()) {
        return wording::Restored::resumed;
    }
    if (begins) {
        return wording::Restored::fresh;
    }
    if (told) {
        return wording::Restored::reseeded;
    }
    return cause_ == wording::DialCause::first ? wording::Restored::fresh : wording::Restored::empty;
}

// One of them is what the service refused: it is told to no server again.
void Controller::forget_refused(const std::vector<uint64_t> &items)
{
    if (items.empty()) {
        return;
    }
    {
        const std::lock_guard lock(shared_->context_mutex);
        for (const uint64_t item : items) {
            shared_->context.remove(item);
        }
    }
    emit(wording::not_applied("update_chat_context", "the service ended the connection that was told of it: it is left out "
                                                     "of the chat context"));
}

}  // namespace gemlive::session
