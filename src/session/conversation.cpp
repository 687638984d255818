#include "conversation.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

namespace {

constexpr uint16_t normal_closure = 1000;
constexpr int most_failed_resumes = 2;
constexpr Clock::duration close_handshake = milliseconds(1000);
constexpr Clock::duration long_life = milliseconds(10'000);
constexpr Clock::duration short_life = milliseconds(1000);
constexpr Clock::duration ping_while_speaking = milliseconds(1000);
constexpr Clock::duration microphone_runs = milliseconds(250);
constexpr Clock::duration drop_report_interval = milliseconds(1000);

}  // namespace

using wording::DialCause;
using wording::EndReason;

dialogue::TurnRules Conversation::turn_rules(const settings::Options &options)
{
    dialogue::TurnRules rules;
    rules.transcript_grace_ms = options.integer("transcript_grace_ms");
    rules.interrupt_grace_ms = options.integer("interrupt_grace_ms");
    rules.reply_timeout_ms = options.integer("reply_timeout_ms");
    rules.stall_timeout_ms = options.integer("stall_timeout_ms");
    return rules;
}

Conversation::Conversation(std::shared_ptr<Shared> shared, std::shared_ptr<engine::Engine> engine)
    : shared_(std::move(shared)), engine_(std::move(engine)), thread_(engine_->next_thread()),
      turns_(turn_rules(shared_->options), effects_), audio_events_(audio_events(shared_->options)),
      journal_(static_cast<uint64_t>(shared_->options.integer("journal_ms")) * media::wire_sample_rate / 1000),
      packetizer_(milliseconds(shared_->options.integer("partial_packet_ms"))), retry_(shared_->options),
      handle_(shared_->profile.first_handle), retry_now_(thread_->io())
{
}

void Conversation::start()
{
    if (ended_) {
        return;
    }
    shared_->microphone.attach(*thread_, *this);
    set_deadline();
    const auto story = [self = shared_from_this()]() -> net::asio::awaitable<void> { co_await self->run(); };
    net::asio::co_spawn(thread_->io(), story, net::asio::detached);
}

net::asio::awaitable<void> Conversation::run()
{
    while (!ended_) {
        ++attempt_;
        ++last_connection_;
        emit(wording::connecting(attempt_, cause_));

        Failure failure;
        const bool connected = co_await connect(failure);
        if (ended_) {
            break;
        }
        if (connected) {
            const std::shared_ptr<Connection> connection = connection_;
            co_await live(*connection);
            continue;
        }
        if (closing_ && journal_.empty()) {
            finish(EndReason::requested, Status::ok, "");
            break;
        }
        RetryPolicy::Decision decision = retry_.decide(failure, now_ms());
        // What the resumed state itself provokes would be provoked again for ever.
        const bool resume_failed = connection_ && !connection_->handle.empty() && connection_->setup_sent;
        failed_resumes_ = resume_failed ? failed_resumes_ + 1 : 0;
        decision.without_handle |= failed_resumes_ >= most_failed_resumes;
        report_failed_dial(failure, !decision.retry);
        if (!decision.retry) {
            give_up(failure, decision.budget_spent);
            break;
        }
        if (decision.without_handle) {
            handle_.clear();
        }
        co_await retry_now_.wait_until(Clock::now() + milliseconds(decision.delay_ms));
    }
}

// Until the connection is over. What follows is run()'s next round, or the end.
net::asio::awaitable<void> Conversation::live(Connection &connection)
{
    while (!connection.end && !ended_) {
        co_await connection.changed.wait();
    }
    if (ended_) {
        co_return;
    }
    take_back_in_flight();
    journal_.withdraw_control();
    if (closing_ && (closing_->link_asked || journal_.empty())) {
        finish(EndReason::requested, Status::ok, "");
        co_return;
    }
    if (!closing_) {
        shared_->state.store(State::connecting);
    }
    lost_at_ms_ = now_ms();
    attempt_ = 0;
    if (connection.leaving) {
        turns_.connection_left(now_ms());
        turns_.fail_written_request();
        act_on_effects();
        cause_ = DialCause::go_away;
        leave_by_.reset();
        if (Clock::now() - connection.upgraded < short_life) {  // a server that sends everybody away at once
            co_await retry_now_.wait_until(Clock::now() + milliseconds(shared_->options.integer("retry_interval_ms")));
        }
        co_return;
    }
    if (Clock::now() - connection.upgraded >= long_life) {
        retry_.connected();
    }
    cause_ = leave_by_ ? DialCause::go_away : DialCause::lost;
    leave_by_.reset();
    const Failure failure = failure_of_end(connection, protocol::Phase::running);
    const RetryPolicy::Decision decision = retry_.decide(failure, now_ms());
    emit(wording::disconnected(failure, cause_, decision.retry, decision.delay_ms));
    turns_.connection_lost(now_ms());
    act_on_effects();
    if (!decision.retry) {
        report_failed_dial(failure, true);
        give_up(failure, decision.budget_spent);
        co_return;
    }
    turns_.fail_written_request();
    act_on_effects();
    if (decision.without_handle) {
        handle_.clear();
    }
    co_await retry_now_.wait_until(Clock::now() + milliseconds(decision.delay_ms));
}

void Conversation::give_up(const Failure &failure, bool budget_spent)
{
    finish(budget_spent ? EndReason::budget : EndReason::fatal, failure.error.status, failure.error.message);
}

void Conversation::report_failed_dial(const Failure &failure, bool fatal)
{
    last_error_ = failure.error.status;
    last_error_message_ = failure.error.message;
    emit(wording::error(failure, fatal));
}

void Conversation::finish(EndReason reason, Status code, const std::string &message)
{
    if (ended_) {
        return;
    }
    const auto self = shared_from_this();
    finishing_ = true;
    shared_->end(Error(code, message));
    count_unsent();
    turns_.end(now_ms());
    act_on_effects();
    report_drops(Clock::now(), true);
    shared_->state.store(State::closed);  // before anybody can have taken the event
    emit(wording::closed(reason, code, message,
                         {turns_.usage_totals(), turns_.turns_finished(), static_cast<int64_t>(last_connection_)}));
    abort();
}

void Conversation::take_back_in_flight()
{
    if (connection_ && connection_->in_flight) {
        journal_.give_back(std::move(*connection_->in_flight));
        connection_->in_flight.reset();
    }
}

// Whatever was given and will not be written any more is told: a request fails, the rest is counted.
void Conversation::count_unsent()
{
    const auto now = Clock::now();
    take_back_in_flight();
    for (const Command &command : shared_->inbox.close()) {
        if (command.request != 0) {
            turns_.open_request(command.request, command.timeout_ms);
            act_on_effects();
        }
        dropped_commands_ += static_cast<int64_t>(command.entries.size());
    }
    take_samples(shared_->input.flush(), now);
    packetizer_.cut();
    take_packets(now);
    for (; !journal_.empty(); journal_.take()) {
        const JournalEntry &entry = *journal_.next();
        dropped_input_samples_ += entry.samples.size();
        dropped_images_ += entry.kind == EntryClass::image;
        dropped_commands_ += entry.kind != EntryClass::audio && entry.kind != EntryClass::image;
    }
}

// The server of a new connection has not heard that the user began to speak.
void Conversation::reopen_activity()
{
    if (last_connection_ > 1 && shared_->profile.manual_activity && turns_.user_speaks() &&
        !journal_.has_activity_start()) {
        JournalEntry mark;
        mark.kind = EntryClass::activity;
        mark.first_sample = mark.end_sample = shared_->input.samples_out();
        protocol::encode_activity_start(mark.message);
        journal_.add_first(std::move(mark));
    }
}

void Conversation::abort()
{
    if (ended_) {
        return;
    }
    ended_ = true;
    thread_->clear_deadline(*this);
    shared_->microphone.detach();
    if (connection_) {
        connection_->link->abort();
        connection_->changed.notify();
    }
    retry_now_.notify();
    std::lock_guard lock(shared_->room_mutex);
    shared_->room_changed.notify_all();
}

bool Conversation::is_drained()
{
    if (turns_.is_running() || turns_.has_open_request()) {
        return false;
    }
    if (!shared_->playout.enabled()) {
        return true;
    }
    shared_->playout.queued_ms();     // looks anew
    watch_playout(Clock::now());      // its last turn is told before the end
    return shared_->playout.queued_us() == 0;
}

void Conversation::check_closing(Clock::time_point now)
{
    if (!closing_ || ended_) {
        return;
    }
    if (now >= closing_->deadline) {
        finish(EndReason::requested, Status::ok, "");
        return;
    }
    const bool written = journal_.empty() && !(connection_ && connection_->in_flight);
    if (closing_->link_asked || !written || (closing_->drain && !is_drained())) {
        return;
    }
    if (!connection_ || !connection_->set_up || connection_->end) {
        finish(EndReason::requested, Status::ok, "");
        return;
    }
    closing_->link_asked = true;
    closing_->deadline = now + close_handshake;
    connection_->link->close(normal_closure, "", closing_->deadline);
}

Clock::duration Conversation::hand_over_margin() const
{
    return milliseconds(shared_->options.integer("handover_min_ms"));
}

// After a go-away the connection is left when neither side speaks, or when there is no time for that.
void Conversation::check_hand_over(Clock::time_point now)
{
    if (!leave_by_ || closing_ || !connection_ || !connection_->set_up || connection_->leaving || connection_->end) {
        return;
    }
    const bool quiet = !turns_.is_running() && !turns_.has_open_request() && !turns_.has_open_calls() &&
                       !turns_.user_speaks() && !connection_->in_flight;
    if (quiet || now >= *leave_by_ - hand_over_margin()) {
        connection_->leaving = true;
        connection_->link->close(normal_closure, "", now + close_handshake);
    }
}

bool Conversation::watches_liveness() const
{
    return connection_ && connection_->set_up && !connection_->end && !connection_->leaving;
}

// Silence after which the server is pinged; zero: never.
Clock::duration Conversation::ping_interval() const
{
    const Clock::duration interval = milliseconds(shared_->options.integer("ping_interval_ms"));
    return shared_->microphone.rests() ? interval : std::min(interval, ping_while_speaking);
}

Clock::time_point Conversation::liveness_deadline() const
{
    if (!watches_liveness()) {
        return Clock::time_point::max();
    }
    if (ping_open_) {
        return std::max(heard_, pinged_) + milliseconds(shared_->options.integer("liveness_timeout_ms"));
    }
    const auto interval = ping_interval();
    return interval > Clock::duration::zero() ? heard_ + interval : Clock::time_point::max();
}

void Conversation::watch_liveness(Clock::time_point now)
{
    if (now < liveness_deadline()) {
        return;
    }
    if (ping_open_) {
        connection_->link->fail(net::EndCause::liveness,
                                Error(Status::timeout, "nothing was heard from the server for " +
                                                           std::to_string(to_ms(now - heard_)) +
                                                           " ms, in spite of a ping"));
        return;
    }
    ping_open_ = true;
    pinged_ = now;
    connection_->link->ping();
}

void Conversation::on_deadline(Clock::time_point now)
{
    const auto self = shared_from_this();
    pump_input(now);
    rest_microphone(now);
    turns_.on_time(now_ms());
    act_on_effects();
    watch_playout(now);
    report_drops(now, false);
    watch_liveness(now);
    check_hand_over(now);
    check_closing(now);
    if (!ended_) {
        set_deadline();
    }
}

void Conversation::on_activity(Clock::time_point now)
{
    const auto self = shared_from_this();
    last_input_ = now;
    pump_input(now);
    set_deadline();
}

// A microphone that is quiet costs nothing: its next push wakes this thread.
void Conversation::rest_microphone(Clock::time_point now)
{
    if (shared_->microphone.rests() || (last_input_ && now - *last_input_ < microphone_runs)) {
        return;
    }
    shared_->microphone.rest();
    if (shared_->input.waiting_frames() > 0 && shared_->microphone.stay_awake()) {
        on_activity(now);
    }
}

void Conversation::set_deadline()
{
    thread_->set_deadline(*this, next_deadline(Clock::now()));
}

Clock::time_point Conversation::next_deadline(Clock::time_point now) const
{
    auto next = Clock::time_point::max();
    const auto consider = [&](Clock::time_point at) { next = std::min(next, std::max(at, now)); };

    if (!shared_->microphone.rests()) {
        const size_t missing = media::Packetizer::packet_samples -
                               packetizer_.waiting_samples() % media::Packetizer::packet_samples;
        consider(last_input_.value_or(now) + std::chrono::microseconds(missing * 1'000'000 / media::wire_sample_rate));
    }
    if (const auto due = packetizer_.next_due()) {
        consider(*due);
    }
    if (const auto deadline = turns_.next_deadline()) {
        consider(shared_->created + milliseconds(*deadline));
    }
    if (closing_) {
        consider(closing_->deadline);
    }
    if (leave_by_) {
        consider(*leave_by_ - hand_over_margin());
    }
    if (dropped_input_samples_ > 0 || dropped_images_ > 0 || dropped_commands_ > 0) {
        consider(drops_reported_.value_or(now) + drop_report_interval);
    }
    if (const int64_t queued_us = shared_->playout.queued_us(); queued_us > 0) {
        // The expected end of the playout. A reader that has stopped is looked for less and less often.
        consider(now + std::max({engine::IoThread::grid, Clock::duration(queued_us), playout_look_}));
    }
    consider(liveness_deadline());
    return next;
}

}  // namespace gemlive::session
