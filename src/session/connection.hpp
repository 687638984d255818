#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "auth/credential.hpp"
#include "engine/signal.hpp"
#include "net/link.hpp"
#include "session/configuration.hpp"
#include "session/journal.hpp"
#include "session/liveness.hpp"
#include "setup_update.hpp"

namespace gemlive::session {

class Controller;

// How far a connection has come; it only ever goes forward.
enum class ConnectionPhase : uint8_t {
    dialing,     // credential, resolve, TCP, proxy, TLS, upgrade
    setting_up,  // until setupComplete
    live,
    leaving,     // nothing more is written: the close handshake of a hand-over or of the session's end
    ended,
};
const char *connection_phase_name(ConnectionPhase phase) noexcept;

// One link's life and facts. What they mean for the session is its controller's business.
class Connection final : public net::LinkHandler {
public:
    Connection(Controller &controller, uint64_t number, std::shared_ptr<net::Link> link, net::asio::io_context &io);

    ConnectionPhase phase() const noexcept { return phase_; }
    bool is(ConnectionPhase phase) const noexcept { return phase_ == phase; }
    const char *phase_reason() const noexcept { return phase_reason_; }
    // The only writer of the phase. Wakes who waits for `changed`.
    void set_phase(ConnectionPhase phase, const char *why);

    void start();  // after a good dial: the setup goes out
    void set_live(const Liveness::Limits &limits);
    void set_liveness_limits(const Liveness::Limits &limits);
    // Closes and writes nothing more.
    void leave(const char *why, Clock::time_point deadline);
    // Pings when that is due; ends a connection that is dead.
    void watch_liveness(bool wants_sign_of_life, Clock::time_point now);
    void abort(const char *why);

    bool left() const noexcept { return left_; }  // on our own wish
    bool was_live() const noexcept { return live_at_.has_value(); }
    // A connection that brought something: see RetryPolicy::was_useful().
    bool was_useful() const;
    Clock::duration lived() const;
    Clock::time_point liveness_due() const noexcept { return liveness_due_; }
    // What the peer's TCP has taken; all of it where the system cannot tell.
    uint64_t acknowledged_bytes() const;
    Clock::time_point heard_at() const noexcept { return heard_at_; }  // a message or a pong
    Clock::duration round_trip() const;  // as long as the upgrade took

    // Something waits to be written before what the journal holds.
    bool has_messages() const noexcept { return !history.empty() || !preface.empty() || !updates.empty(); }

    // The first message after the setup.
    bool history_is_written() const noexcept { return !has_history || next_index > 1; }

    // Of the link.
    bool next_message(std::string &out) override;
    void on_written(size_t bytes, uint64_t end_byte) override;
    void on_message(char *data, size_t size, size_t capacity, bool binary) override;
    void on_batch_end() override;
    void on_pong() override;
    void on_end(const net::LinkEnd &link_end) override;

    std::optional<auth::Way> way_to_credential;  // while it is asked for
    const uint64_t number;
    const std::shared_ptr<net::Link> link;
    std::optional<Configuration> prepared;  // that it is opened with, where that is not in force yet
    std::string handle;  // that its setup resumes; empty = a new session
    std::string setup;   // the message, until it is written
    std::string history; // what was said before, until it is written; before everything else
    bool history_first = false;  // its setup announces that
    bool has_history = false;
    std::string preface; // a message before everything in the journal, until it is written
    std::deque<std::string> updates;  // of the setup; behind the preface. Few: the next waits until these are written
    UpdateWay last_update = UpdateWay::nothing;  // until the server has gone on with the conversation

    std::array<int64_t, net::step_count> steps_ms{};
    Clock::time_point upgraded;
    bool setup_sent = false;
    bool spoke_early = false;    // the server, before it accepted the setup
    bool turn_finished = false;  // one at least
    bool counts_consumed = false;  // the server says which messages it consumed
    uint64_t next_index = 0;     // of the next message, the setup being 0
    std::optional<net::LinkEnd> end;
    engine::Signal changed;  // the phase

private:
    Controller &controller_;
    ConnectionPhase phase_ = ConnectionPhase::dialing;
    const char *phase_reason_ = "";
    bool left_ = false;
    std::optional<Clock::time_point> live_at_;
    Clock::time_point ended_at_;
    Clock::time_point heard_at_;
    Liveness liveness_;
    Clock::time_point liveness_due_ = Clock::time_point::max();
};

}  // namespace gemlive::session
