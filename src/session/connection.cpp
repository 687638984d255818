#include "connection.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "controller.hpp"

namespace gemlive::session {
namespace {

constexpr uint16_t normal_closure = 1000;

std::string in_ms(Clock::duration duration)
{
    return std::to_string(to_ms(duration)) + " ms";
}

}  // namespace

const char *connection_phase_name(ConnectionPhase phase) noexcept
{
    switch (phase) {
    case ConnectionPhase::dialing: return "dialing";
    case ConnectionPhase::setting_up: return "setting_up";
    case ConnectionPhase::live: return "live";
    case ConnectionPhase::leaving: return "leaving";
    case ConnectionPhase::ended: return "ended";
    }
    return "";
}

Connection::Connection(Controller &controller, uint64_t number, std::shared_ptr<net::Link> link,
                       net::asio::io_context &io)
    : number(number), link(std::move(link)), changed(io), controller_(controller)
{
}

void Connection::set_phase(ConnectionPhase phase, const char *why)
{
    GEMLIVE_ASSERT(phase > phase_);
    phase_ = phase;
    phase_reason_ = why;
    if (phase == ConnectionPhase::live) {
        live_at_ = Clock::now();
    }
    if (phase == ConnectionPhase::ended) {
        ended_at_ = Clock::now();
    }
    changed.notify();
}

void Connection::start()
{
    upgraded = Clock::now();
    set_phase(ConnectionPhase::setting_up, "upgraded");
    link->start(*this);
}

void Connection::set_live(const Liveness::Limits &limits)
{
    set_phase(ConnectionPhase::live, "setupComplete");
    liveness_ = Liveness(limits, Clock::now());
    liveness_due_ = Clock::now();
}

void Connection::set_liveness_limits(const Liveness::Limits &limits)
{
    liveness_.set_limits(limits);
    liveness_due_ = Clock::now();
}

void Connection::leave(const char *why, Clock::time_point deadline)
{
    set_phase(ConnectionPhase::leaving, why);
    left_ = true;
    link->close(normal_closure, "", deadline);
}

void Connection::abort(const char *why)
{
    if (way_to_credential && way_to_credential->cancel) {
        way_to_credential->cancel();
    }
    link->abort();
    controller_.wake_application();  // the link ends no batch any more
    if (!is(ConnectionPhase::ended)) {
        set_phase(ConnectionPhase::ended, why);
    }
}

bool Connection::was_useful() const
{
    return was_live() && (turn_finished || to_ms(lived()) >= RetryPolicy::useful_life_ms);
}

Clock::duration Connection::lived() const
{
    return live_at_ ? (is(ConnectionPhase::ended) ? ended_at_ : Clock::now()) - *live_at_ : Clock::duration::zero();
}

void Connection::watch_liveness(bool wants_sign_of_life, Clock::time_point now)
{
    if (!is(ConnectionPhase::live) || now < liveness_due_) {
        return;
    }
    Liveness::Facts facts;
    const net::Traffic traffic = link->traffic();
    facts.bytes_read = traffic.bytes_received;
    facts.bytes_written = traffic.bytes_written;
    facts.acknowledged = link->bytes_acknowledged();
    facts.wants_sign_of_life = wants_sign_of_life;
    const auto dead = [this](const std::string &message) {
        liveness_due_ = Clock::time_point::max();
        link->fail(net::EndCause::liveness, Error(Status::timeout, message));
    };
    switch (liveness_.judge(facts, now)) {
    case Liveness::Verdict::alive: break;
    case Liveness::Verdict::ping_due: link->ping(); break;
    case Liveness::Verdict::no_traffic: controller_.on_no_traffic(liveness_.silent_for(now)); break;
    case Liveness::Verdict::unacknowledged:
        dead("the network took nothing of what was sent for " +
             in_ms(now - liveness_.stuck_since()) + ", the option liveness_timeout_ms");
        return;
    case Liveness::Verdict::no_pong:
        dead("nothing was heard from the server for " + in_ms(now - liveness_.heard_at()) +
             ", in spite of a ping, the option pong_timeout_ms");
        return;
    }
    liveness_due_ = liveness_.next_look(now);
}

uint64_t Connection::acknowledged_bytes() const
{
    const std::optional<uint64_t> acknowledged = link->bytes_acknowledged();
    return acknowledged ? *acknowledged : link->traffic().bytes_written;
}

Clock::duration Connection::round_trip() const
{
    return std::chrono::milliseconds(std::max<int64_t>(steps_ms[static_cast<size_t>(net::Step::upgrade)], 0));
}

bool Connection::next_message(std::string &out)
{
    bool any = false;
    controller_.guarded([&] { any = controller_.next_message(*this, out); });
    return any;
}

void Connection::on_written(size_t, uint64_t end_byte)
{
    controller_.guarded([&] { controller_.on_written(*this, end_byte); });
}

void Connection::on_message(char *data, size_t size, size_t capacity, bool)
{
    heard_at_ = Clock::now();
    controller_.guarded([&] { controller_.on_message(*this, data, size, capacity); });
}

void Connection::on_batch_end()
{
    controller_.guarded([&] { controller_.on_batch_end(*this); });
}

void Connection::on_pong()
{
    controller_.guarded([&] {
        heard_at_ = Clock::now();
        liveness_.on_pong(heard_at_);
        liveness_due_ = liveness_.next_look(heard_at_);
    });
}

void Connection::on_end(const net::LinkEnd &link_end)
{
    controller_.guarded([&] {
        controller_.wake_application();
        end = link_end;
        set_phase(ConnectionPhase::ended, "the link ended");
        controller_.on_connection_ended(*this);
    });
}

}  // namespace gemlive::session
