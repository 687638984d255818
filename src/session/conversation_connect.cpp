#include "conversation.hpp"

#include "base/secrets.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

net::asio::awaitable<Error> Conversation::prepare_dial(net::DialOptions &dial)
{
    const Profile &profile = shared_->profile;
    auth::Credential credential;
    Error error = co_await profile.credentials->ask(credential);
    if (error) {
        co_return error;
    }
    dial.url = profile.url;
    dial.headers = profile.headers;
    if (!credential.header.empty()) {
        dial.headers.push_back({credential.header, credential.value.text()});
    }
    dial.tls = shared_->tls;
    dial.max_message_bytes = static_cast<size_t>(shared_->options.integer("max_message_bytes"));
    dial.allow_plaintext = shared_->options.boolean("allow_plaintext");
    dial.deadline = dial.began + milliseconds(shared_->options.integer("connect_timeout_ms"));
    if (closing_) {
        dial.deadline = std::min(dial.deadline, closing_->deadline);
    }
    co_return Error();
}

net::asio::awaitable<bool> Conversation::connect(Failure &failure)
{
    net::DialOptions dial;
    failure.error = co_await prepare_dial(dial);
    if (ended_) {
        co_return false;
    }
    if (failure.error) {
        failure.verdict.retry = protocol::RetryClass::fatal;
        co_return false;
    }
    const std::shared_ptr<net::Link> link = net::Link::create(thread_->io());
    const std::string resumed = shared_->profile.resumption ? handle_ : std::string();
    const auto connection = std::make_shared<Connection>(*this, last_connection_, resumed, link, thread_->io());
    connection_ = connection;
    const net::DialResult result = co_await link->dial(dial);
    if (ended_) {
        co_return false;
    }
    if (result.error) {
        failure = failure_of_dial(result);
        co_return false;
    }
    connection->upgraded = Clock::now();
    connection->steps_ms = result.steps_ms;
    link->start(*connection);
    while (!connection->set_up && !connection->end && !ended_) {
        const bool notified = co_await connection->changed.wait_until(dial.deadline);
        if (!notified) {
            break;
        }
    }
    if (ended_) {
        co_return false;
    }
    if (connection->end) {
        failure = failure_of_end(*connection, protocol::Phase::setup);
        co_return false;
    }
    if (!connection->set_up) {
        link->abort();
        failure.error = net::step_timeout(net::Step::setup, to_ms(dial.deadline - dial.began));
        failure.step = net::step_name(net::Step::setup);
        failure.reached_server = true;
        failure.verdict.retry = protocol::RetryClass::retry;
        co_return false;
    }
    co_return true;
}

void Conversation::announce_connected(const Connection &connection, const std::string &session_id)
{
    const auto now = Clock::now();
    heard_ = now;
    ping_open_ = false;
    wording::ConnectedFacts facts;
    facts.cause = cause_;
    const auto fresh = cause_ == wording::DialCause::first ? wording::Restored::fresh : wording::Restored::empty;
    facts.restored = connection.handle.empty() ? fresh : wording::Restored::resumed;
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
    failed_resumes_ = 0;
    reopen_activity();
    if (!closing_) {
        shared_->state.store(State::connected);
    }
    emit(wording::connected(std::move(facts)));
    wake_link();
    check_closing(now);
}

Failure Conversation::failure_of_dial(const net::DialResult &result) const
{
    Failure failure;
    failure.error = result.error;
    failure.step = net::step_name(result.failed_step);
    failure.reached_server = result.reached_server;
    failure.http_status = result.http.status;
    if (result.http.status != 0) {
        const auto rest = protocol::parse_rest_error(result.http.body);
        failure.verdict = protocol::classify_http(result.http.status, rest ? rest->message : result.http.body);
        failure.error.status = failure.verdict.status;
        if (rest && !rest->message.empty()) {
            failure.error.message += ": " + Secrets::remove_from(rest->message);
        }
    } else {
        // A certificate that is not trusted today will not be trusted in a second.
        const bool final = result.error.status == Status::tls || result.error.status == Status::invalid_argument;
        failure.verdict.retry = final ? protocol::RetryClass::fatal : protocol::RetryClass::retry;
        failure.verdict.status = result.error.status;
    }
    return failure;
}

Failure Conversation::failure_of_end(const Connection &connection, protocol::Phase phase) const
{
    Failure failure;
    const net::LinkEnd &end = *connection.end;
    failure.reached_server = true;
    failure.close_code = end.close_code;
    failure.close_reason = Secrets::remove_from(end.close_reason);
    failure.verdict =
        protocol::classify_close(phase, end.close_code, end.close_reason, !connection.handle.empty());
    if (phase == protocol::Phase::setup) {
        failure.step = net::step_name(net::Step::setup);
    }
    std::string message;
    if (!end.close_reason.empty()) {
        message = "the server closed the connection with " + std::to_string(end.close_code) + ": " +
                  failure.close_reason;
    } else if (end.error) {
        message = end.error.message;
    } else {
        message = "the server closed the connection with " + std::to_string(end.close_code);
    }
    if (*failure.verdict.advice) {
        message += std::string(" (") + failure.verdict.advice + ")";
    }
    failure.error = Error(failure.verdict.status, std::move(message));
    return failure;
}

}  // namespace gemlive::session
