#include "controller.hpp"

#include <algorithm>
#include <chrono>

#include "base/secrets.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

net::asio::awaitable<Error> Controller::prepare_dial(Connection &connection, const Configuration &configuration,
                                                    net::DialOptions &dial)
{
    const std::shared_ptr<const Target> target = configuration.target;
    const std::shared_ptr<const settings::Settings> settings = configuration.settings;
    dial.deadline = dial.began + milliseconds(settings->connect_timeout_ms);
    if (closing_) {
        dial.deadline = std::min(dial.deadline, closing_->deadline);
    }
    auth::Credential credential;
    connection.way_to_credential.emplace(auth::Way{thread_->io(), target->tls, dial.deadline, nullptr});
    Error error = co_await target->credentials->ask(*connection.way_to_credential, credential);
    connection.way_to_credential.reset();
    if (error) {
        co_return error;
    }
    dial.url = target->url;
    for (const settings::OwnHeader &own : settings->endpoint.headers) {
        dial.headers.push_back({own.name, own.value->text()});
    }
    if (!credential.header.empty()) {
        dial.headers.push_back({credential.header, credential.value.text()});
    }
    if (!credential.quota_project.empty()) {
        dial.headers.push_back({"x-goog-user-project", credential.quota_project});
    }
    dial.tls = target->tls;
    dial.max_message_bytes = settings->max_message_bytes;
    dial.allow_plaintext = settings->endpoint.allow_plaintext;
    co_return Error();
}

net::asio::awaitable<bool> Controller::connect(Connection &connection, Failure &failure)
{
    if (is_current(connection)) {
        take_settings_of_next_dial();
    }
    net::DialOptions dial;
    const Configuration configuration = configuration_of(connection);
    connection.handle = configuration.settings->setup.resumption ? handle_ : std::string();
    failure.error = co_await prepare_dial(connection, configuration, dial);
    if (is_ended()) {
        co_return false;
    }
    if (failure.error) {
        failure.step = "credential";
        const bool may_heal = failure.error.status == Status::network || failure.error.status == Status::timeout;
        failure.verdict.retry = may_heal ? protocol::RetryClass::retry : protocol::RetryClass::fatal;
        co_return false;
    }
    const net::DialResult result = co_await connection.link->dial(dial);
    if (is_ended()) {
        co_return false;
    }
    if (result.error) {
        failure = failure_of_dial(connection, result);
        co_return false;
    }
    connection.steps_ms = result.steps_ms;
    if (is_current(connection)) {
        apply_commands(Clock::now());  // an update may be among them
        take_newer_setup();
    }
    const settings::Setup &asked = configuration_of(connection).settings->setup;
    connection.handle = asked.resumption ? handle_ : std::string();
    nlohmann::ordered_json setup = asked.message(connection.handle);
    if (announces_history(connection) && !setup.contains("historyConfig")) {
        setup["historyConfig"] = {{"initialHistoryInClientContent", true}};
        connection.history_first = true;
    }
    failure.error = protocol::encode_setup(setup, connection.setup);
    if (failure.error) {
        failure.step = net::step_name(net::Step::setup);
        failure.verdict.retry = protocol::RetryClass::fatal;
        co_return false;
    }
    connection.start();
    bool in_time = true;
    while (connection.is(ConnectionPhase::setting_up) && in_time && !is_ended()) {
        in_time = co_await connection.changed.wait_until(dial.deadline);
    }
    if (is_ended()) {
        co_return false;
    }
    if (connection.was_live()) {
        co_return true;
    }
    if (!connection.is(ConnectionPhase::ended)) {
        connection.abort("no setupComplete in time");
        net::LinkEnd end;
        end.cause = net::EndCause::deadline;
        end.error = net::step_timeout(net::Step::setup, to_ms(dial.deadline - dial.began));
        connection.end = std::move(end);
    }
    if (!connection.end) {
        co_return false;  // it is not wanted any more
    }
    failure = failure_of_end(connection);
    co_return false;
}

void Controller::announce_connected(Connection &connection, const std::string &session_id)
{
    const auto now = Clock::now();
    connection.set_live(liveness_limits(*settings_));
    retry_.connected();
    if (connection.handle.empty()) {
        turns_.context_lost();
        act_on_effects();
    }
    wording::ConnectedFacts facts;
    facts.cause = cause_;
    if (lost_at_ms_) {
        facts.outage_ms = now_ms() - *lost_at_ms_;
        lost_at_ms_.reset();
    }
    facts.session_id = session_id;
    for (size_t step = 0; step < net::step_count; ++step) {
        if (connection.steps_ms[step] >= 0) {
            facts.steps.ms[net::step_name(static_cast<net::Step>(step))] = connection.steps_ms[step];
        }
    }
    facts.steps.ms[net::step_name(net::Step::setup)] = to_ms(now - connection.upgraded);
    attempt_ = 0;
    if (!first_connected_) {
        first_connected_ = now;
    }
    turns_.connected(to_ms(connection.round_trip()));
    journal_.tell_as_content([this](const std::string &call) { return turns_.is_unknown_to_server(call); });
    if (connection.handle.empty() && tells_context(connection)) {
        withdraw_context();
    }
    Journal::Resent resent = journal_.send_again(connection.number);
    facts.restored = restore(connection, !resent.audio.empty());
    facts.resent = {std::move(resent.audio), resent.commands};
    reopen_activity(connection);
    publish_state();
    emit(wording::connected(std::move(facts)));
    former_.reset();
    check_update(now);
    wake_link();
    check_closing(now);
}

void Controller::keep_handle(std::string handle, HandleOf of)
{
    handle_ = std::move(handle);
    handle_number_ += !handle_.empty();
    const std::vector<uint64_t> waiting = waiting_items();
    const std::lock_guard lock(shared_->context_mutex);
    shared_->resumption_handle = handle_;
    if (!handle_.empty() && of == HandleOf::this_session) {
        shared_->context.covered(waiting);
    }
}

namespace {

using protocol::Cause;

Cause cause_of(net::DialFault fault)
{
    switch (fault) {
    case net::DialFault::none:
    case net::DialFault::http: return Cause::none;
    case net::DialFault::options:
    case net::DialFault::plaintext: return Cause::not_allowed;
    case net::DialFault::name: return Cause::name_lookup;
    case net::DialFault::unreachable: return Cause::unreachable;
    case net::DialFault::proxy: return Cause::proxy;
    case net::DialFault::certificate: return Cause::certificate;
    case net::DialFault::tls: return Cause::tls;
    case net::DialFault::not_http: return Cause::not_web_socket;
    case net::DialFault::deadline: return Cause::timeout;
    case net::DialFault::lost:
    case net::DialFault::cancelled: return Cause::lost;
    }
    return Cause::lost;
}

Cause cause_of(net::EndCause cause)
{
    switch (cause) {
    case net::EndCause::close_frame: return Cause::none;
    case net::EndCause::protocol: return Cause::not_web_socket;
    case net::EndCause::too_big: return Cause::too_big;
    case net::EndCause::liveness: return Cause::silent;
    case net::EndCause::deadline: return Cause::timeout;
    case net::EndCause::memory: return Cause::memory;
    case net::EndCause::internal: return Cause::internal;
    case net::EndCause::hung_up:
    case net::EndCause::reset:
    case net::EndCause::network:
    case net::EndCause::tls:
    case net::EndCause::close_timeout: return Cause::lost;
    }
    return Cause::lost;
}

int64_t unix_time_s()
{
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
}

Failure failure_from(const protocol::FailureFacts &facts)
{
    Failure failure;
    failure.verdict = protocol::judge(facts);
    failure.error = Error(failure.verdict.status, failure.verdict.sentence);
    failure.phase = facts.phase;
    failure.http_status = facts.http_status;
    failure.close_code = facts.close_code;
    failure.close_reason = Secrets::remove_from(std::string(facts.close_reason));
    return failure;
}

}  // namespace

// How the service refuses a version is not settled: both ways are known.
void Controller::name_doubtful_version(Failure &failure) const
{
    const std::string &warning = settings_->endpoint.version_warning;
    if (!warning.empty() && (failure.http_status == 404 || failure.close_code == 1008)) {
        failure.error.message += " " + warning;
    }
}

Failure Controller::failure_of_dial(const Connection &connection, const net::DialResult &result) const
{
    protocol::FailureFacts facts;
    facts.phase = protocol::Phase::dial;
    facts.ever_connected = cause_ != wording::DialCause::first;  // D4
    facts.cause = cause_of(result.fault);
    facts.detail = result.error.message;
    facts.http_status = result.http.status;
    facts.http_body = result.http.body;
    facts.retry_after = result.http.retry_after;
    facts.unix_time_s = unix_time_s();
    facts.from_proxy = result.fault == net::DialFault::proxy;
    Failure failure = failure_from(facts);
    failure.step = net::step_name(result.failed_step);
    failure.reached_server = result.reached_server;
    failure.refused_resume = failure.verdict.by_service && !connection.handle.empty();
    name_doubtful_version(failure);
    return failure;
}

Failure Controller::failure_of_end(const Connection &connection) const
{
    const net::LinkEnd &end = *connection.end;
    const bool was_live = connection.was_live();
    protocol::FailureFacts facts;
    facts.phase = was_live ? protocol::Phase::running : protocol::Phase::setup;
    facts.ever_connected = was_live || cause_ != wording::DialCause::first;
    facts.with_handle = !connection.handle.empty();
    facts.cause = cause_of(end.cause);
    facts.detail = end.error.message;
    if (was_live || end.cause != net::EndCause::deadline) {
        facts.close_code = end.close_code;
        facts.close_reason = end.close_reason;
    }
    Failure failure = failure_from(facts);
    failure.reached_server = true;
    failure.handle_number = handle_number_;
    failure.can_reseed = settings_->reseed && may_have_been_too_much();
    if (!was_live) {
        failure.step = net::step_name(net::Step::setup);
        failure.refused_resume = !connection.handle.empty() && end.cause == net::EndCause::close_frame;
        name_doubtful_version(failure);
    }
    return failure;
}

}  // namespace gemlive::session
