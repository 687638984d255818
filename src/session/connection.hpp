#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "net/link.hpp"
#include "engine/signal.hpp"
#include "session/journal.hpp"

namespace gemlive::session {

class Conversation;

// One connection of a conversation: its link, how far it has come, and where each message was written.
class Connection final : public net::LinkHandler {
public:
    Connection(Conversation &conversation, uint64_t number, std::string handle, std::shared_ptr<net::Link> link,
               net::asio::io_context &io)
        : number(number), handle(std::move(handle)), link(std::move(link)), changed(io), conversation_(conversation)
    {
    }

    bool next_message(std::string &out) override;
    void on_written(size_t bytes, uint64_t end_byte) override;
    void on_message(char *data, size_t size, size_t capacity, bool binary) override;
    void on_pong() override;
    void on_end(const net::LinkEnd &link_end) override;

    const uint64_t number;
    const std::string handle;  // that its setup resumes; empty = a new session
    const std::shared_ptr<net::Link> link;

    Clock::time_point upgraded;
    std::array<int64_t, net::step_count> steps_ms{};
    bool setup_sent = false;
    bool set_up = false;
    bool leaving = false;      // nothing more is written
    uint64_t next_index = 0;   // of the next message, the setup being 0
    std::optional<JournalEntry> in_flight;
    std::optional<net::LinkEnd> end;
    engine::Signal changed;  // set_up, or ended

private:
    Conversation &conversation_;
};

}  // namespace gemlive::session
