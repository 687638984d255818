#include "conversation.hpp"

#include <algorithm>
#include <charconv>

#include "base/secrets.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

namespace {

// Retry-After in seconds; its other form, a date, is none that this service is known to write.
std::optional<int64_t> seconds_header_ms(std::string_view text)
{
    constexpr int64_t longest = 86'400;
    int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || seconds < 0) {
        return std::nullopt;
    }
    return std::min(seconds, longest) * 1000;
}

}  // namespace

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

net::asio::awaitable<bool> Conversation::connect(Connection &connection, Failure &failure)
{
    net::DialOptions dial;
    connection.handle = shared_->profile.resumption ? handle_ : std::string();
    failure.error = protocol::encode_setup(shared_->profile.setup_with(connection.handle), connection.setup);
    if (failure.error) {
        failure.step = net::step_name(net::Step::setup);
    } else {
        failure.error = co_await prepare_dial(dial);
    }
    if (is_ended()) {
        co_return false;
    }
    if (failure.error) {
        failure.verdict.retry = protocol::RetryClass::fatal;
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
    failure = failure_of_end(connection);
    co_return false;
}

void Conversation::announce_connected(Connection &connection, const std::string &session_id)
{
    const auto now = Clock::now();
    connection.set_live(liveness_limits());
    retry_.connected();
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
    journal_.forget_written_before(connection.number);
    reopen_activity(connection);
    publish_state();
    emit(wording::connected(std::move(facts)));
    wake_link();
    check_closing(now);
}

Liveness::Limits Conversation::liveness_limits() const
{
    const settings::Options &options = shared_->options;
    return {milliseconds(options.integer("liveness_timeout_ms")), milliseconds(options.integer("pong_timeout_ms")),
            milliseconds(options.integer("ping_interval_ms"))};
}

void Conversation::keep_handle(std::string handle)
{
    handle_ = std::move(handle);
    handle_number_ += !handle_.empty();
}

Failure Conversation::failure_of_dial(const Connection &connection, const net::DialResult &result) const
{
    Failure failure;
    failure.error = result.error;
    failure.step = net::step_name(result.failed_step);
    failure.reached_server = result.reached_server;
    failure.http_status = result.http.status;
    if (result.http.status != 0) {
        const auto service_error = protocol::parse_rest_error(result.http.body);
        failure.verdict =
            protocol::classify_http(result.http.status, service_error ? service_error->message : result.http.body);
        failure.error.status = failure.verdict.status;
        failure.foreign = !service_error;
        failure.refused_resume = service_error && !connection.handle.empty();
        failure.retry_after_ms = seconds_header_ms(result.http.retry_after);
        if (service_error && service_error->retry_delay_ms) {
            failure.retry_after_ms = service_error->retry_delay_ms;
        }
        if (service_error && !service_error->message.empty()) {
            failure.error.message += ": " + Secrets::remove_from(service_error->message);
        }
    } else {
        // A certificate that is not trusted today will not be trusted in a second.
        const bool final = result.error.status == Status::tls || result.error.status == Status::invalid_argument;
        failure.verdict.retry = final ? protocol::RetryClass::fatal : protocol::RetryClass::retry;
        failure.verdict.status = result.error.status;
        failure.foreign = result.fault == net::DialFault::tls || result.fault == net::DialFault::certificate ||
                          result.fault == net::DialFault::not_http;
    }
    return failure;
}

Failure Conversation::failure_of_end(const Connection &connection) const
{
    Failure failure;
    const net::LinkEnd &end = *connection.end;
    failure.phase = connection.was_live() ? protocol::Phase::running : protocol::Phase::setup;
    failure.reached_server = true;
    failure.handle_number = handle_number_;
    const bool timed_out = end.cause == net::EndCause::deadline;
    if (failure.phase == protocol::Phase::setup) {
        failure.step = net::step_name(net::Step::setup);
        failure.refused_resume = !connection.handle.empty() && end.cause == net::EndCause::close_frame;
    }
    if (failure.phase == protocol::Phase::setup && timed_out) {
        failure.error = end.error;
        return failure;
    }
    failure.close_code = end.close_code;
    failure.close_reason = Secrets::remove_from(end.close_reason);
    failure.verdict =
        protocol::classify_close(failure.phase, end.close_code, end.close_reason, !connection.handle.empty());
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
