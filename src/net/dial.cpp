#include "dial.hpp"

#include <algorithm>

#include "base/secrets.hpp"

namespace gemlive::net {
namespace {

constexpr size_t max_body = 4096;

Error check(const DialOptions &options)
{
    if (!options.url.userinfo.empty()) {
        return Error(Status::invalid_argument, "the URL has a user name in it: credentials go into headers");
    }
    if (options.url.tls && !options.tls) {
        return Error(Status::invalid_argument, "a wss:// URL needs a TLS context");
    }
    if (!options.url.tls && !options.allow_plaintext && !options.url.is_loopback()) {
        return Error(Status::invalid_argument, "ws:// without TLS goes to this machine only; use wss://, "
                                               "or set the option allow_plaintext");
    }
    if (options.proxy && options.proxy->tls) {
        return Error(Status::unsupported, "the proxy has to be an http:// one");
    }
    return {};
}

}  // namespace

asio::awaitable<DialResult> Dial::run()
{
    const auto self = shared_from_this();
    result_.error = check(options_);
    if (result_.error) {
        result_.fault = DialFault::options;
        co_return result_;
    }
    watch_deadline();
    bool good = co_await resolve();
    if (good) {
        good = co_await connect();
    }
    if (good && options_.proxy) {
        good = co_await proxy();
    }
    if (good && options_.url.tls) {
        good = co_await tls();
    }
    if (good && request_) {
        good = co_await exchange();
    } else if (good) {
        good = co_await upgrade();
    }
    timer_.cancel();
    if (!good) {
        web_socket_.reset();
    }
    co_return result_;
}

asio::awaitable<bool> Dial::resolve()
{
    begin(Step::resolve);
    DialFault fault = DialFault::name;
    Addresses found;
    error_code not_an_address;
    const auto literal = asio::ip::make_address(first_hop().host, not_an_address);
    if (!not_an_address) {
        found.list.push_back(literal);
    } else {
        lookup_ = std::make_unique<Lookup>(io_, first_hop().host);
        found = co_await lookup_->run();
        lookup_.reset();
    }
    if (!options_.url.tls && !options_.allow_plaintext) {
        const auto is_outside = [](const asio::ip::address &address) { return !address.is_loopback(); };
        const size_t removed = std::erase_if(found.list, is_outside);
        if (removed != 0 && found.list.empty()) {
            fault = DialFault::plaintext;
            found.error = Error(Status::invalid_argument,
                                first_hop().host + " is not this machine, and ws:// is not encrypted");
        }
    }
    addresses_ = std::move(found.list);
    co_return ended(fault, std::move(found.error));
}

asio::awaitable<bool> Dial::connect()
{
    begin(Step::tcp);
    race_ = std::make_shared<ConnectRace>(io_, addresses_, first_hop().port);
    const error_code ec = co_await race_->run();
    const auto race = std::move(race_);
    Error error;
    if (ec) {
        error = Error(Status::network, first_hop().authority() + " could not be reached: " + ec.message());
    } else {
        web_socket_ = std::make_unique<WebSocket>(std::move(race->winner));
        result_.reached_server = !options_.proxy;
    }
    co_return ended(DialFault::unreachable, std::move(error));
}

asio::awaitable<bool> Dial::proxy()
{
    begin(Step::proxy);
    const std::string authority = options_.url.authority();
    UpgradeReply reply = co_await web_socket_->connect_through_proxy(authority, options_.proxy->userinfo);
    Error error;
    if (reply.declined) {
        error = Error(Status::network, "the proxy " + first_hop().authority() + " answered HTTP " +
                                           std::to_string(reply.http.status));
        result_.http = std::move(reply.http);
    } else if (reply.error) {
        error = Error(Status::network,
                      "the proxy " + first_hop().authority() + " did not answer: " + reply.error.message());
    } else {
        result_.reached_server = true;
    }
    co_return ended(DialFault::proxy, std::move(error));
}

asio::awaitable<bool> Dial::tls()
{
    begin(Step::tls);
    TlsReply reply = co_await web_socket_->tls_handshake(*options_.tls, options_.url);
    if (reply.error) {
        reply.error.message = "no TLS connection to " + options_.url.authority() + ": " + reply.error.message;
    }
    co_return ended(reply.fault, std::move(reply.error));
}

asio::awaitable<bool> Dial::upgrade()
{
    begin(Step::upgrade);
    UpgradeReply reply = co_await web_socket_->upgrade(options_.url, options_.headers);
    DialFault fault = DialFault::not_http;
    Error error;
    if (reply.declined && reply.http.status != 101) {
        fault = DialFault::http;
        error = Error(Status::network, "the server answered HTTP " + std::to_string(reply.http.status));
        reply.http.body.resize(std::min(reply.http.body.size(), max_body));
        reply.http.body = Secrets::remove_from(std::move(reply.http.body));
        reply.http.location = Secrets::remove_from(std::move(reply.http.location));
        result_.http = std::move(reply.http);
    } else if (reply.error) {
        fault = reply.lost ? DialFault::lost : DialFault::not_http;
        error = Error(reply.lost ? Status::network : Status::protocol,
                      options_.url.authority() + " did not answer the WebSocket upgrade" +
                          (reply.lost ? ": " : " as it should: ") + reply.error.message());
    }
    co_return ended(fault, std::move(error));
}

asio::awaitable<bool> Dial::exchange()
{
    begin(Step::upgrade);
    UpgradeReply reply = co_await web_socket_->exchange(options_.url, *request_);
    Error error;
    if (reply.error) {
        error = Error(reply.lost ? Status::network : Status::protocol,
                      options_.url.authority() + " did not answer an HTTP request" +
                          (reply.lost ? ": " : " as it should: ") + reply.error.message());
    }
    result_.http = std::move(reply.http);
    co_return ended(reply.lost ? DialFault::lost : DialFault::not_http, std::move(error));
}

void Dial::cancel()
{
    stop(Stop::cancelled);
}

void Dial::watch_deadline()
{
    timer_.expires_at(options_.deadline);
    timer_.async_wait([weak = weak_from_this()](error_code ec) {
        const auto self = weak.lock();
        if (!ec && self) {
            self->stop(Stop::deadline);
        }
    });
}

void Dial::stop(Stop why)
{
    if (stop_ != Stop::none) {
        return;
    }
    stop_ = why;
    if (lookup_) {
        lookup_->cancel();
    }
    if (race_) {
        race_->stop();
    }
    if (web_socket_) {
        web_socket_->close_socket();
    }
}

void Dial::begin(Step step)
{
    step_ = step;
    began_ = Clock::now();
}

// Times the step, names it, and decides what is told: that it was stopped explains whatever else went wrong.
bool Dial::ended(DialFault fault, Error error)
{
    result_.steps_ms[static_cast<size_t>(step_)] = to_ms(Clock::now() - began_);
    if (stop_ == Stop::cancelled) {
        fault = DialFault::cancelled;
        error = Error(Status::cancelled, "the connection was cancelled");
    } else if (stop_ == Stop::deadline) {
        fault = DialFault::deadline;
        error = step_timeout(step_, to_ms(options_.deadline - options_.began));
    }
    if (error) {
        error.message = Secrets::remove_from(std::move(error.message));
        result_.error = std::move(error);
        result_.fault = fault;
        result_.failed_step = step_;
    }
    return !result_.error;
}

}  // namespace gemlive::net
