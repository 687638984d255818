#include "controller.hpp"

#include <limits>
#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/assert.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

namespace {

constexpr Clock::duration microphone_runs = milliseconds(250);
constexpr Clock::duration drop_report_interval = milliseconds(1000);
constexpr int max_lost_writes = 3;
constexpr int close_going_away = 1001;
constexpr int close_without_code = 1005;

}  // namespace

using wording::DialCause;
using wording::EndReason;

Surroundings::Surroundings()
    : make_link([](net::asio::io_context &io) { return net::Link::create(io); }), seed(std::random_device{}())
{
}

Controller::Controller(std::shared_ptr<Shared> shared, std::shared_ptr<engine::Engine> engine, Surroundings surroundings)
    : shared_(std::move(shared)), settings_(shared_->settings()), in_force_(shared_->configuration), engine_(std::move(engine)),
      thread_(engine_->next_thread()), turns_(turn_rules(*settings_), effects_), journal_(journal_limits(*settings_)),
      packetizer_(milliseconds(settings_->partial_packet_ms)), retry_(retry_limits(*settings_), surroundings.seed),
      budget_(budget_limits(*settings_)),
      surroundings_(std::move(surroundings)), retry_now_(thread_->io())
{
    keep_handle(settings_->setup.first_handle, HandleOf::earlier_session);
}

bool Controller::on_io_thread() const
{
    return thread_->runs_here();
}

void Controller::set_phase(SessionPhase phase)
{
    GEMLIVE_ASSERT(on_io_thread() && phase > phase_);
    phase_ = phase;
    publish_state();
}

// What the application reads: the session's phase, and within `running` whether there is a connection.
void Controller::publish_state()
{
    State state = is_live() ? State::connected : State::connecting;
    if (phase_ > SessionPhase::running) {
        state = State::closing;
    }
    if (phase_ == SessionPhase::ended) {
        state = State::closed;
    }
    shared_->state.store(state);
}

void Controller::start()
{
    guarded([this] {
        GEMLIVE_ASSERT(on_io_thread());
        if (is_ended()) {
            return;
        }
        shared_->microphone.attach(*thread_, *this);
        set_deadline();
        const auto story = [self = shared_from_this()]() -> net::asio::awaitable<void> { co_await self->run_guarded(); };
        net::asio::co_spawn(thread_->io(), story, net::asio::detached);
    });
}

net::asio::awaitable<void> Controller::run_guarded()
{
    try {
        co_await run();
    } catch (...) {
        end_after_exception(std::current_exception());
    }
}

std::shared_ptr<Connection> Controller::begin_connection()
{
    ++attempt_;
    const std::shared_ptr<net::Link> link = surroundings_.make_link(thread_->io());
    retry_.dialled(now_ms());
    return std::make_shared<Connection>(*this, ++last_connection_, link, thread_->io());
}

net::asio::awaitable<void> Controller::run()
{
    while (!is_ended()) {
        const std::shared_ptr<Connection> connection = begin_connection();
        connection_ = connection;
        emit(wording::connecting(attempt_, cause_));
        tell_what_is_left_out();

        Failure failure;
        const bool connected = co_await connect(*connection, failure);
        if (is_ended()) {
            break;
        }
        std::optional<Clock::time_point> next_dial;
        if (connected) {
            co_await live();
            next_dial = after_life();
        } else if (closing_ && journal_.empty()) {
            finish(EndReason::requested, Status::ok, "");
        } else {
            if (take_refused_setup_back(failure) || take_next_default_model(failure)) {
                failure.verdict.retry = protocol::RetryClass::retry;
            }
            next_dial = after_connection(failure);
        }
        set_deadline();
        if (next_dial) {
            co_await retry_now_.wait_until(*next_dial);
        }
    }
}

// Until a connection ends that has no successor.
net::asio::awaitable<void> Controller::live()
{
    while (!is_ended() && !connection_->is(ConnectionPhase::ended)) {
        const std::shared_ptr<Connection> connection = connection_;
        co_await connection->changed.wait();
        if (handing_over_ && is_live()) {
            co_await prepare_successor();
        }
    }
}

std::optional<Clock::time_point> Controller::after_life()
{
    if (is_ended()) {
        return std::nullopt;
    }
    Connection &connection = *connection_;
    handing_over_ = false;
    journal_.connection_ended(connection.number);
    journal_.withdraw_control();
    keep_what_may_be_lost(connection);
    if (closing_ && (closing_->link_asked || journal_.empty())) {
        finish(EndReason::requested, Status::ok, "");
        return std::nullopt;
    }
    publish_state();
    lost_at_ms_ = now_ms();
    if (connection.was_useful()) {
        retry_.was_useful();
    }
    const bool left = connection.left();
    cause_ = hand_over_ ? DialCause::go_away : left ? DialCause::updated : DialCause::lost;
    hand_over_.reset();
    if (discards_audio()) {
        dropped_input_samples_ += journal_.discard_audio();
    }
    if (!left) {
        Failure failure = failure_of_end(connection);
        if (refuses_last_update(connection)) {
            failure.verdict.retry = protocol::RetryClass::retry;
            cause_ = DialCause::updated;
        }
        return after_connection(failure);
    }
    turns_.connection_left(now_ms());
    act_on_effects();
    settle_written_request();
    return Clock::now() + milliseconds(retry_.hand_over_delay(connection.was_useful(), now_ms()));
}

// The one way on from a connection that failed or was lost: decide, report, then end the session or dial again.
std::optional<Clock::time_point> Controller::after_connection(const Failure &failure)
{
    const bool was_live = failure.phase == protocol::Phase::running;
    const RetryPolicy::Decision decision = retry_.decide(failure, now_ms());
    if (was_live) {
        emit(wording::disconnected(failure, cause_, decision.retry, decision.delay_ms));
        turns_.connection_lost(now_ms());
        act_on_effects();
    }
    if (!was_live || !decision.retry) {
        emit(wording::error(failure, !decision.retry));
    }
    if (!decision.retry) {
        turns_.context_lost();  // C3: no server will hear the answers to open calls
        act_on_effects();
        finish(decision.budget_spent ? EndReason::budget : EndReason::fatal, failure.error.status, failure.error.message);
        return std::nullopt;
    }
    if (was_live) {
        const bool refused = failure.verdict.retry == protocol::RetryClass::retry_once;  // one of them, maybe
        const Journal::GivenUp given_up = journal_.give_up_commands(refused ? 1 : max_lost_writes);
        dropped_commands_ += given_up.commands;
        forget_refused(given_up.items);
        settle_written_request();
    }
    if (decision.without_handle) {
        keep_handle("", HandleOf::this_session);
    }
    trims_context_ = trims_context_ || decision.trims_context;
    return Clock::now() + milliseconds(decision.delay_ms);
}

// J6: of what the connection wrote, which has ended.
void Controller::keep_what_may_be_lost(const Connection &connection)
{
    const net::LinkEnd &end = *connection.end;
    const bool in_order = end.close_code <= close_going_away || end.close_code == close_without_code;
    if (connection.left() && end.cause == net::EndCause::close_frame && in_order) {  // it read everything before, too
        journal_.connection_left(connection.number, turns_.written_request(),
                                 std::numeric_limits<uint64_t>::max());
        return;
    }
    if (!connection.counts_consumed && end.bytes_acknowledged) {
        journal_.acknowledged(connection.number, *end.bytes_acknowledged, connection.heard_at());
    }
    if (!connection.left()) {
        journal_.connection_lost(connection.number);
    }
}

// R3: unless it goes again, nobody is going to answer it.
void Controller::settle_written_request()
{
    if (const uint64_t request = turns_.written_request(); request != 0 && journal_.keeps(request)) {
        turns_.write_request_again();
    } else {
        turns_.fail_written_request();
    }
    act_on_effects();
}

void Controller::finish(EndReason reason, Status code, const std::string &message)
{
    if (phase_ >= SessionPhase::finishing) {
        return;
    }
    const auto self = shared_from_this();
    set_phase(SessionPhase::finishing);
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

// Whatever is broken, the application gets its last event. What failed may fail again while that is made: then the
// event has nothing but its reason.
void Controller::end_after_exception(std::exception_ptr exception) noexcept
{
    const auto closed_bare = [this](Status code) {
        auto event = wording::closed(EndReason::fatal, code, "", {turns_.usage_totals(), turns_.turns_finished(), 0});
        event->session = shared_->handle;
        event->time_ms = now_ms();
        shared_->end(Error(code, ""));
        shared_->state.store(State::closed);
        shared_->events.push(std::move(event), true);
    };
    Status code = Status::internal;
    std::string message;
    effects_.clear();  // those that were acted on are not acted on again
    handled_.reset();
    try {
        try {
            std::rethrow_exception(exception);
        } catch (const std::bad_alloc &) {
            code = Status::out_of_memory;
            message = "there is no memory left for this session";
        } catch (const std::exception &error) {
            message = std::string("an error inside the library ended the session: ") + error.what();
        } catch (...) {
            message = "an error inside the library ended the session";
        }
        if (phase_ < SessionPhase::finishing) {
            finish(EndReason::fatal, code, message);
        } else if (!is_ended()) {  // it failed in the last events, before `closed`, which ends the session
            closed_bare(code);
        }
    } catch (...) {
        try {
            if (!is_ended()) {
                closed_bare(code);
            }
        } catch (...) {
            shared_->events.cancel();  // nothing can be made any more: who waits is let go
        }
    }
    try {
        abort();
    } catch (...) {
        // Of what was to be let go something holds on; the session is over all the same.
    }
}

// Whatever was given and will not be written any more is told: a request fails, the rest is counted.
void Controller::count_unsent()
{
    const auto now = Clock::now();
    if (connection_) {
        journal_.connection_ended(connection_->number);
    }
    for (const Command &command : shared_->inbox.close()) {
        if (command.request != 0) {
            turns_.open_request(command.request, command.timeout_ms, now_ms(), command.without_tools);
            act_on_effects();
        }
        dropped_commands_ += static_cast<int64_t>(command.entries.size());
    }
    take_samples(shared_->input.flush(), now);
    packetizer_.cut();
    take_packets(now);
    const Journal::Unsent unsent = journal_.discard_waiting();
    dropped_input_samples_ += unsent.samples;
    dropped_images_ += unsent.images;
    dropped_commands_ += unsent.commands + static_cast<int64_t>(held_context_.size());
    held_context_.clear();
}

// Each connection's server sees a whole activity: this one has not heard that the user began to speak, and maybe it is to
// hear that he ended.
void Controller::reopen_activity(Connection &connection)
{
    if (journal_.begins_within_activity()) {
        protocol::encode_activity_start(connection.preface);
    }
}

// What was written is kept while it may have to be sent again.
void Controller::release_acknowledged(const Connection &connection, Clock::time_point now)
{
    constexpr Clock::duration release_interval = milliseconds(500);
    if (!connection.counts_consumed && journal_.holds_written() && now >= next_release_) {
        next_release_ = now + release_interval;
        journal_.acknowledged(connection.number, connection.acknowledged_bytes(), connection.heard_at());
    }
}

void Controller::abort()
{
    if (is_ended()) {
        return;
    }
    const auto self = shared_from_this();
    set_phase(SessionPhase::ended);
    thread_->clear_deadline(*this);
    shared_->microphone.detach();
    retry_now_.notify();
    {
        std::lock_guard lock(shared_->room_mutex);
        shared_->room_changed.notify_all();
    }
    for (const auto &connection : {connection_, successor_, predecessor_}) {
        if (connection) {
            connection->abort("the session ended");
        }
    }
    wake_application();
}

bool Controller::is_drained()
{
    if (turns_.is_running() || turns_.has_open_request() || turns_.interaction_goes_on()) {
        return false;
    }
    if (!shared_->playout.enabled()) {
        return true;
    }
    shared_->playout.queued_ms();     // looks anew
    watch_playout(Clock::now());      // its last turn is told before the end
    return shared_->playout.queued_us() == 0;
}

void Controller::check_closing(Clock::time_point now)
{
    if (!closing_ || is_ended()) {
        return;
    }
    if (now >= closing_->deadline) {
        finish(EndReason::requested, Status::ok, "");
        return;
    }
    const bool writes = connection_ && (journal_.is_writing(connection_->number) || connection_->has_messages());
    const bool written = journal_.empty() && !writes;
    if (closing_->link_asked || !written || (closing_->drain && !is_drained())) {
        return;
    }
    if (!is_live()) {
        finish(EndReason::requested, Status::ok, "");
        return;
    }
    closing_->link_asked = true;
    closing_->deadline = now + close_handshake;
    connection_->leave("the session closes", closing_->deadline);
}

// Warns at once; what is beyond a warning is for the caller to do.
Budget::Judgement Controller::judge_budget(Clock::time_point now)
{
    const int64_t ms = first_connected_ ? to_ms(now - *first_connected_) : 0;
    const Budget::Spent spent{turns_.usage_totals().total, ms};
    Budget::Judgement judgement = budget_.judge(spent);
    for (; judgement.verdict == Budget::Verdict::warn; judgement = budget_.judge(spent)) {
        emit(wording::error(Error(Status::quota, judgement.sentence), false));
    }
    return judgement;
}

void Controller::check_budget(Clock::time_point now)
{
    if (phase_ >= SessionPhase::finishing) {
        return;
    }
    const Budget::Judgement judgement = judge_budget(now);
    if (judgement.verdict == Budget::Verdict::end) {
        finish(EndReason::budget, Status::quota, judgement.sentence);
    }
}

void Controller::on_deadline(Clock::time_point now)
{
    const auto self = shared_from_this();
    guarded([&] {
        GEMLIVE_ASSERT(on_io_thread());
        pump_input(now);
        rest_microphone(now);
        end_quiet_stream(now);
        turns_.on_time(now_ms());
        act_on_effects();
        answer_overdue_calls();
        watch_playout(now);
        report_drops(now, false);
        if (connection_) {
            release_acknowledged(*connection_, now);
            connection_->watch_liveness(!shared_->microphone.rests() && journal_.holds_written(), now);
        }
        check_hand_over(now);
        check_update(now);
        check_closing(now);
        check_budget(now);
        set_deadline();
    });
}

void Controller::on_activity(Clock::time_point now)
{
    const auto self = shared_from_this();
    guarded([&] {
        GEMLIVE_ASSERT(on_io_thread());
        last_input_ = now;
        pump_input(now);
        set_deadline();
    });
}

// A microphone that is quiet costs nothing: its next push wakes this thread.
void Controller::rest_microphone(Clock::time_point now)
{
    if (shared_->microphone.rests() || (last_input_ && now - *last_input_ < microphone_runs)) {
        return;
    }
    shared_->microphone.rest();
    if (shared_->input.waiting_frames() > 0 && shared_->microphone.stay_awake()) {
        on_activity(now);
    }
}

void Controller::set_deadline()
{
    if (is_ended()) {
        return;
    }
    thread_->set_deadline(*this, next_deadline(Clock::now()));
}

Clock::time_point Controller::next_deadline(Clock::time_point now) const
{
    auto next = Clock::time_point::max();
    const auto consider = [&](Clock::time_point at) { next = std::min(next, std::max(at, now)); };

    if (!shared_->microphone.rests()) {
        consider(packet_due_);
    }
    if (const auto due = packetizer_.next_due()) {
        consider(*due);
    }
    if (const auto due = stream_ends_at()) {
        consider(*due);
    }
    if (const auto deadline = turns_.next_deadline()) {
        consider(shared_->created + milliseconds(*deadline));
    }
    if (const auto due = shared_->calls.next_due()) {
        consider(shared_->created + milliseconds(*due));
    }
    if (closing_) {
        consider(closing_->deadline);
    }
    if (const auto at = budget_.next_look_ms(); at && first_connected_) {
        consider(*first_connected_ + milliseconds(*at));
    }
    if (hand_over_ && !handing_over_ && !closing_ && is_live()) {
        consider(hand_over_->next_look(hand_over_facts(), now));
    }
    if (const auto at = update_boundary()) {
        consider(*at);
    }
    if (has_dropped()) {
        consider(drops_reported_.value_or(now) + drop_report_interval);
    }
    if (const int64_t queued_us = shared_->playout.queued_us(); queued_us > 0) {
        // The expected end of the playout. A reader that has stopped is looked for less and less often.
        consider(now + std::max({engine::IoThread::grid, Clock::duration(queued_us), playout_look_}));
    }
    if (is_live()) {
        consider(connection_->liveness_due());
    }
    return next;
}

}  // namespace gemlive::session
