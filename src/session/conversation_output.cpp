#include "conversation.hpp"

#include <algorithm>

#include "base/secrets.hpp"
#include "protocol/decoder.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

namespace {

constexpr Clock::duration longest_playout_look = milliseconds(1000);

// What decoding a message needs: its memory is used again for the next, of whichever session of the thread.
struct Decoding {
    protocol::Decoder decoder;
    protocol::ServerMessage message;
};

Decoding &decoding_of_this_thread()
{
    thread_local Decoding decoding;
    return decoding;
}

}  // namespace

void Conversation::on_message(Connection &connection, const char *data, size_t size, size_t capacity)
{
    if (ended_ || connection.end || (closing_ && closing_->link_asked)) {
        return;
    }
    const auto self = shared_from_this();
    const auto now = Clock::now();
    heard_ = now;
    ping_open_ = false;
    auto &[decoder, message] = decoding_of_this_thread();
    const Error error = decoder.decode(data, size, capacity, message);
    raw_ = RawMessage{data, size, nullptr};
    if (message.setup_complete.present && !connection.set_up) {
        connection.set_up = true;
        announce_connected(connection, message.setup_complete.session_id);
        connection.changed.notify();
    } else if (message.has_model_output()) {
        retry_.connected();
    }
    if (error) {
        report_server_error(error.status, error.message, false);
    }
    if (message.error.present) {
        report_server_error(Status::protocol, message.error.message, true);
    }
    if (shared_->playout.reader_seen() && !shared_->playout.enabled()) {
        shared_->playout.enable();
    }
    turns_.on_message(message, now_ms());
    if (message.go_away_ms) {
        on_go_away(*message.go_away_ms);
    }
    raw_ = RawMessage{};
    watch_playout(now);
    check_hand_over(now);
    check_closing(now);
    if (!ended_) {
        set_deadline();
    }
}

// The session lives on.
void Conversation::report_server_error(Status status, const std::string &message, bool retryable)
{
    auto event = std::make_shared<delivery::Event>(delivery::EventType::error);
    event->code = status;
    event->set("code", status_name(status))
        .set("message", Secrets::remove_from(message))
        .set("fatal", false)
        .set("retryable", retryable);
    emit(std::move(event));
}

void Conversation::on_pong()
{
    heard_ = Clock::now();
    ping_open_ = false;
}

void Conversation::on_go_away(int64_t time_left_ms)
{
    leave_by_ = Clock::now() + bounded_ms(time_left_ms);
    auto event = std::make_shared<delivery::Event>(delivery::EventType::go_away);
    const bool at_once = time_left_ms <= shared_->options.integer("handover_min_ms") || !turns_.is_running();
    event->set("time_left_ms", time_left_ms).set("plan", at_once ? "now" : "at_turn_end");
    emit(std::move(event));
}

// What an event means for the rest of the session is done before the application hears of it. False: it is not to be told.
bool Conversation::wants(delivery::Event &event)
{
    media::Playout &playout = shared_->playout;
    switch (event.type) {
    case delivery::EventType::audio: {
        const std::string mode = shared_->options.text("audio_events");
        if (playout.enabled()) {
            playout.append(event.turn, event.samples, event.sample_rate);
        }
        return mode == "on" || (mode == "auto" && !playout.enabled());
    }
    case delivery::EventType::generation_complete:
        playout.end_of_turn(event.turn);
        return true;
    case delivery::EventType::interrupted:
        if (playout.enabled()) {
            int64_t flushed_ms = 0;
            for (const media::Playout::Flushed &flushed : playout.flush()) {
                flushed_ms += flushed.flushed_ms;
            }
            event.set("heard_ms", playout.heard(event.turn).ms).set("flushed_ms", flushed_ms);
        }
        return true;
    case delivery::EventType::turn_finished:
        playout.end_of_turn(event.turn);
        if (playout.enabled()) {
            event.set("heard_ms", playout.heard(event.turn).ms);
        }
        return true;
    case delivery::EventType::tool_call:
        if (const std::string behavior = shared_->profile.behavior_of(event.text_of("name")); !behavior.empty()) {
            event.set("behavior", behavior);
        }
        shared_->calls.opened({event.text_of("call"), event.text_of("name"), event.call_has_server_id});
        return true;
    case delivery::EventType::tool_calls_cancelled:
    {
        const auto calls = event.find("calls")->get<std::vector<std::string>>();
        shared_->calls.cancelled(calls);
        journal_.withdraw_calls(calls);
        return true;
    }
    case delivery::EventType::resumption_updated:
        if (!event.resumption_handle.empty()) {
            handle_ = event.resumption_handle;
        }
        return true;
    default:
        return true;
    }
}

void Conversation::emit(std::shared_ptr<delivery::Event> event)
{
    if (ended_ || (queue_full_ && !finishing_) || !wants(*event)) {
        return;
    }
    event->time_ms = now_ms();
    event->session = shared_->handle;
    event->connection = last_connection_;
    if (raw_.data) {
        if (!raw_.json) {
            raw_.json = std::make_shared<const std::string>(protocol::server_json({raw_.data, raw_.size}, true));
        }
        event->server_message = raw_.json;
    }
    if (!shared_->events.push(std::move(event), finishing_)) {
        queue_full_ = true;  // the rules that made this event are still at work
        thread_->post([self = shared_from_this()] {
            self->finish("event_queue_full", Status::would_block,
                         "nobody took the events, and more than the option event_queue allows wait");
        });
    }
}

void Conversation::watch_playout(Clock::time_point now)
{
    media::Playout &playout = shared_->playout;
    if (playout.reader_seen() && !playout.enabled()) {
        playout.enable();
    }
    if (!playout.enabled()) {
        return;
    }
    const int64_t queued_us = playout.queued_us();
    while (const auto finished = playout.next_finished()) {
        auto event = std::make_shared<delivery::Event>(delivery::EventType::playout_finished);
        event->turn = finished->turn;
        event->set("heard_ms", finished->ms);
        emit(std::move(event));
    }
    playout.collect(now);
    const bool stands = queued_us > 0 && playout.queued_us() == queued_us;
    playout_look_ = stands ? std::clamp<Clock::duration>(playout_look_ * 2, engine::IoThread::grid, longest_playout_look)
                           : Clock::duration::zero();
}

}  // namespace gemlive::session
