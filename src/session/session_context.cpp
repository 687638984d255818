#include "session/session.hpp"

#include "protocol/chat_items.hpp"
#include "session/shared.hpp"

namespace gemlive::session {

Error Session::truncate(uint64_t turn, int64_t heard_ms)
{
    if (shared_->is_closing()) {
        return shared_->closed_error();
    }
    if (heard_ms < 0) {
        return {Status::invalid_argument, "heard_ms is " + std::to_string(heard_ms) + "; allowed is 0 or more"};
    }
    using dialogue::ChatContext;
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

std::string Session::chat_context_json() const
{
    std::vector<protocol::ChatItem> items;
    {
        const std::lock_guard lock(shared_->context_mutex);
        items = shared_->context.items();
    }
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const protocol::ChatItem &item : items) {
        list.push_back(protocol::chat_item_json(item));
    }
    return list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace gemlive::session
