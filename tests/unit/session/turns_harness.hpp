#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/decoder.hpp"
#include "session/turns.hpp"

namespace gemlive::session::test {

// Feeds server messages as text into the turn rules and keeps what comes out.
class TurnsHarness {
public:
    explicit TurnsHarness(TurnRules rules = {})
        : turns(rules, [this](std::shared_ptr<delivery::Event> event) { events.push_back(std::move(event)); })
    {
    }

    void receive(std::string_view json)
    {
        std::vector<char> buffer(json.size() + protocol::Decoder::padding);
        std::memcpy(buffer.data(), json.data(), json.size());
        error = decoder_.decode(buffer.data(), json.size(), buffer.size(), message_);
        turns.on_message(message_, now);
    }

    // The words of all events so far, in order.
    std::vector<std::string> names() const
    {
        std::vector<std::string> result;
        for (const auto &event : events) {
            result.emplace_back(delivery::event_type_name(static_cast<int32_t>(event->type)));
        }
        return result;
    }

    std::vector<std::string> take_names()
    {
        std::vector<std::string> result = names();
        events.clear();
        return result;
    }

    const delivery::Event *last(delivery::EventType type) const
    {
        for (auto at = events.rbegin(); at != events.rend(); ++at) {
            if ((*at)->type == type) {
                return at->get();
            }
        }
        return nullptr;
    }

    size_t count(delivery::EventType type) const
    {
        size_t found = 0;
        for (const auto &event : events) {
            found += event->type == type;
        }
        return found;
    }

    std::vector<std::shared_ptr<delivery::Event>> events;
    int64_t now = 0;
    Error error;
    Turns turns;

private:
    protocol::Decoder decoder_;
    protocol::ServerMessage message_;
};

}  // namespace gemlive::session::test
