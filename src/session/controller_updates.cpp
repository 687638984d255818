#include "controller.hpp"

namespace gemlive::session {

using settings::Option;
using settings::OptionEffect;
using std::chrono::milliseconds;

namespace {

// With this close code and invalid_payload the service refuses a message.
constexpr int policy_violation = 1008;

}  // namespace

// W6: since it was given, another default model may have been put in its place, or what a refused setup was taken back to.
void Controller::update()
{
    {
        const std::lock_guard lock(shared_->configuration_mutex);
        for_next_dial_ = shared_->configuration;
    }
    put_in_force(settings_->with_in_place_of(*for_next_dial_->settings));
    in_force_.settings = settings_;
    if (!update_waits_since_ || way_of_update() == UpdateWay::nothing) {
        update_waits_since_ = Clock::now();
    }
    journal_.mark_place();
    check_update(Clock::now());
}

UpdateWay Controller::way_of_update() const
{
    return session::way_of_update(*settings_, for_next_dial_->settings->setup,
                                  {shared_->refuses_context_update.load(), shared_->refuses_system_turn.load()});
}

// When nothing is cut by an update that waits, as far as is known now; nothing while none can be made.
std::optional<Clock::time_point> Controller::update_boundary() const
{
    if (!for_next_dial_ || for_next_dial_->settings == postponed_ || closing_ || handing_over_ || !is_live()) {
        return std::nullopt;
    }
    const UpdateWay way = way_of_update();
    if (way == UpdateWay::nothing) {
        return std::nullopt;
    }
    HandOver::Facts facts = hand_over_facts();
    facts.request_open = turns_.written_request() != 0;  // the rest waits in the journal
    if (way != UpdateWay::reconnect || !settings_->setup.resumption) {
        facts.last_turn_ended.reset();  // no handle is needed
    }
    auto at = Clock::time_point::min();
    if (facts.calls_open && settings_->update_wait_ms > 0) {  // W7: they outlive the connection as far as they can
        at = update_waits_since_.value_or(at) + milliseconds(settings_->update_wait_ms);
        facts.calls_open = false;
        facts.turn_runs = turns_.is_running() && !turns_.waits_for_a_tool();
    }
    return std::max(at, HandOver::boundary(facts));
}

// W2: several changes are one update, made when it cuts nothing.
void Controller::check_update(Clock::time_point now)
{
    const std::optional<Clock::time_point> boundary = update_boundary();
    if (!boundary) {
        // What is for the next dial waits; what the application reads of the tools it gave need not.
        if (for_next_dial_ && is_live() && !handing_over_ && way_of_update() == UpdateWay::nothing &&
            settings_->setup.tools.given() != for_next_dial_->settings->setup.tools.given()) {
            put_in_force(settings_->with_setup_of(*for_next_dial_->settings));
            in_force_.settings = settings_;
        }
        return;
    }
    if (now < *boundary || connection_->has_messages() || journal_.holds_commands_before_mark()) {
        return;
    }
    const UpdateWay way = way_of_update();
    if (way != UpdateWay::reconnect) {
        update_within(*connection_, way);
        return;
    }
    journal_.keep_no_more();  // nothing is cut
    const bool goes_on = turns_.is_running() || turns_.has_open_calls();  // W7
    if (!goes_on && may_prepare_successor()) {
        hand_over();
    } else {
        connection_->leave("updated", now + close_handshake);
    }
}

// W3: what is asked for after an update is answered under it. The request ends the running turn by itself.
void Controller::update_before_request()
{
    if (!for_next_dial_ || closing_ || handing_over_ || !is_live()) {
        return;
    }
    const UpdateWay way = way_of_update();
    if (way == UpdateWay::context_update || way == UpdateWay::system_turn) {
        update_within(*connection_, way);
    }
}

void Controller::update_within(Connection &connection, UpdateWay way)
{
    std::string message;
    if (const Error error = encode_update(way, *settings_, for_next_dial_->settings->setup, message)) {
        return;  // a setup of the same parts was encoded when they were given: the next connection has them
    }
    connection.updates.push_back(std::move(message));
    connection.last_update = way;
    take_settings_of_next_dial();
    wake_link();
}

void Controller::accept_update(Connection &connection)
{
    if (connection.last_update != UpdateWay::nothing && connection.updates.empty()) {
        connection.last_update = UpdateWay::nothing;
        former_.reset();
    }
}

// W4: a refusal closes the connection. The next one's setup has the new values, and this way is not tried again.
bool Controller::refuses_last_update(const Connection &connection)
{
    if (connection.last_update == UpdateWay::nothing || connection.end->close_code != invalid_payload) {
        return false;
    }
    (connection.last_update == UpdateWay::context_update ? shared_->refuses_context_update : shared_->refuses_system_turn)
        .store(true);
    return true;
}

// A setup that the service refuses after a change is that change's fault, unless it says another reason.
bool Controller::refuses_setup(const Failure &failure)
{
    const bool refused = failure.phase == protocol::Phase::setup &&
                         (failure.close_code == invalid_payload || failure.close_code == policy_violation);
    const bool for_another_reason = failure.verdict.no_such_model || failure.error.status == Status::auth ||
                                    failure.error.status == Status::quota;
    return refused && !for_another_reason;
}

// W5: the session goes on as it was.
bool Controller::take_refused_setup_back(const Failure &failure)
{
    if (!former_ || !refuses_setup(failure)) {
        return false;
    }
    Configuration former = std::move(*former_);
    former_.reset();
    const Configuration refused = std::move(in_force_);
    take_back(refused, former, failure);
    // What a server accepted last is in force again: a refusal of that one is no update's fault.
    in_force_ = std::move(former);
    put_in_force(in_force_.settings->with_in_place_of(*for_next_dial_->settings));
    in_force_.settings = settings_;
    return true;
}

void Controller::take_back(const Configuration &refused, const Configuration &former, const Failure &failure)
{
    std::vector<const Option *> names = refused.options->differences(*former.options);
    std::erase_if(names, [](const Option *option) {
        return option->effect != OptionEffect::turn_end && option->effect != OptionEffect::reconnect;
    });
    {
        const std::lock_guard lock(shared_->configuration_mutex);
        Configuration back;
        if (shared_->configuration.with_former(former, names, back)) {
            back = former;
        }
        shared_->configuration = back;
        for_next_dial_ = std::move(back);
    }
    for (const Option *const option : names) {
        emit(wording::not_applied(option->name, failure.error.message));
    }
}

void Controller::tell_not_applied(const Error &error)
{
    const auto self = shared_from_this();
    guarded([&] { emit(wording::not_applied("update_model_options", error.message)); });
}

}  // namespace gemlive::session
