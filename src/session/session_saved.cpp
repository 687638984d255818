#include "session/session.hpp"

#include "protocol/chat_items.hpp"
#include "session/shared.hpp"
#include "settings/saved_options.hpp"

namespace gemlive::session {

std::string Session::saved_json() const
{
    Configuration newest;
    {
        const std::lock_guard lock(shared_->configuration_mutex);
        newest = shared_->configuration;
    }
    std::vector<protocol::ChatItem> items;
    std::string handle;
    {
        const std::lock_guard lock(shared_->context_mutex);
        handle = shared_->resumption_handle;
        items = shared_->context.saved(!handle.empty());
    }
    const auto in_force = shared_->settings();  // the default model may have become another one
    const settings::Service &service = in_force->service;
    nlohmann::ordered_json saved = settings::saved_options(*newest.options, service, handle);
    if (service.capabilities.refusal("client_content").empty()) {
        saved["chat_context"] = nlohmann::ordered_json::array();
        for (const protocol::ChatItem &item : items) {
            saved["chat_context"].push_back(protocol::chat_item_json(item));
        }
    }
    return saved.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace gemlive::session
