// From a connection that the server is going to end to the next one.
#include "controller.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

void Controller::on_go_away(int64_t time_left_ms)
{
    const auto now = Clock::now();
    hand_over_.emplace(now + bounded_ms(time_left_ms), milliseconds(settings_->handover_min_ms));
    HandOver::Facts facts = hand_over_facts();
    facts.writing = false;  // that is over before it could be called waiting
    emit(wording::go_away(time_left_ms, hand_over_->judge(facts, now) != HandOver::Decision::wait));
}

HandOver::Facts Controller::hand_over_facts() const
{
    const auto time_of = [this](std::optional<int64_t> ms) {
        return ms ? std::optional(shared_->created + milliseconds(*ms)) : std::nullopt;
    };
    HandOver::Facts facts;
    facts.model_replies = turn_rules(*settings_).model_replies;
    facts.turn_runs = turns_.is_running();
    facts.request_open = turns_.has_open_request();
    facts.calls_open = turns_.has_open_calls();
    facts.user_speaks = turns_.user_speaks();
    if (!holds_back_audio()) {
        facts.last_voice = shared_->input.last_voice();
    }
    facts.writing = journal_.is_writing(connection_->number);
    facts.handle_covers = turns_.handle_covers_last_turn();
    facts.reply_owed_since = time_of(turns_.reply_owed_since_ms());
    facts.last_turn_ended = time_of(turns_.last_turn_ended_ms());
    return facts;
}

void Controller::check_hand_over(Clock::time_point now)
{
    if (!hand_over_ || handing_over_ || closing_ || !is_live()) {
        return;
    }
    const HandOver::Decision decision = hand_over_->judge(hand_over_facts(), now);
    if (decision == HandOver::Decision::wait) {
        return;
    }
    if (decision == HandOver::Decision::at_boundary) {
        journal_.keep_no_more();  // nothing is cut
        if (may_prepare_successor()) {
            hand_over();
            return;
        }
    }
    connection_->leave("go_away", now + close_handshake);
}

// H6. A server that sends away at once is dialled later.
bool Controller::may_prepare_successor()
{
    return takes_two_ && connection_->was_useful() && retry_.hand_over_delay(true, now_ms()) == 0;
}

// From here on nothing more is written to the old connection: what the user says meanwhile is for the successor.
void Controller::hand_over()
{
    handing_over_ = true;
    lost_at_ms_ = now_ms();
    connection_->changed.notify();
}

// W8: with what was changed, which is in force when it takes over.
net::asio::awaitable<void> Controller::prepare_successor()
{
    cause_ = hand_over_ ? wording::DialCause::go_away : wording::DialCause::updated;
    successor_ = begin_connection();
    const std::shared_ptr<Connection> successor = successor_;
    successor->prepared = for_next_dial_;
    emit(wording::connecting(attempt_, cause_), successor->number);
    Failure failure;
    const bool connected = co_await connect(*successor, failure);
    if (connected || is_ended()) {
        co_return;  // it has taken over
    }
    successor_.reset();
    handing_over_ = false;
    lost_at_ms_.reset();
    if (closing_ || !is_live() || given_up_) {
        given_up_ = false;
        wake_link();  // the old one goes on
        set_deadline();
        co_return;
    }
    if (successor->prepared && failure.close_code == invalid_payload && refuses_setup(failure)) {
        take_back(*successor->prepared, in_force_, failure);  // W5
        put_in_force(settings_->with_in_place_of(*for_next_dial_->settings));
        in_force_.settings = settings_;
    } else {
        const bool not_let_in = failure.error.status == Status::auth || failure.error.status == Status::quota;
        if (successor->prepared && not_let_in && !hand_over_) {
            postponed_ = successor->prepared->settings;  // the one that serves is not left for that
        } else {
            takes_two_ = false;
        }
        emit(wording::error(failure, false), successor->number);
    }
    check_hand_over(Clock::now());  // meanwhile somebody may have begun to speak
    check_update(Clock::now());
    wake_link();
    set_deadline();
}

void Controller::give_successor_up(const char *why)
{
    if (successor_) {
        given_up_ = true;
        successor_->abort(why);
    }
}

// The successor is accepted. False when the old connection's server has begun to speak, and there is time to let it.
bool Controller::take_over()
{
    const auto now = Clock::now();
    const bool speaks = turns_.is_running() || turns_.has_open_calls();
    const bool has_time = !hand_over_ || hand_over_->judge(hand_over_facts(), now) != HandOver::Decision::cut;
    if (closing_ || !is_live() || (speaks && has_time)) {
        give_successor_up("the connection before goes on");
        return false;
    }
    Connection &old = *connection_;
    journal_.withdraw_control();
    journal_.connection_left(old.number, turns_.written_request(), old.acknowledged_bytes());
    turns_.connection_left(now_ms());
    act_on_effects();
    settle_written_request();
    if (old.was_useful()) {
        retry_.was_useful();
    }
    old.leave(hand_over_ ? "go_away" : "updated", now + close_handshake);
    if (predecessor_ && !predecessor_->is(ConnectionPhase::ended)) {
        predecessor_->abort("another one has to go");
    }
    predecessor_ = std::exchange(connection_, std::exchange(successor_, nullptr));
    handing_over_ = false;
    hand_over_.reset();
    if (connection_->prepared) {
        take_prepared_settings(*connection_->prepared);
        connection_->prepared.reset();
    }
    return true;
}

// What the prepared connection was for is gone: the next one is dialled as after any loss.
void Controller::on_connection_ended(const Connection &connection)
{
    if (is_current(connection)) {
        give_successor_up("the connection before was lost");
    }
}

}  // namespace gemlive::session
