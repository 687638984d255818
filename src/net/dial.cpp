#include "base/secrets.hpp"
#include "refusal.hpp"
#include "web_socket_link.hpp"

namespace gemlive::net {
namespace {

constexpr size_t most_body = 4096;

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

// One way through the steps. Each returns whether it got to its end; if not, `result` says why.
class WebSocketLink::Dial {
public:
    Dial(WebSocketLink &link, const DialOptions &options) : link_(link), options_(options) {}

    asio::awaitable<bool> resolve()
    {
        begin(Step::resolve);
        error_code not_an_address;
        const auto literal = asio::ip::make_address(first_hop().host, not_an_address);
        Addresses found;
        if (!not_an_address) {
            found.list.push_back(literal);
        } else {
            link_.lookup_ = std::make_unique<Lookup>(link_.io_, first_hop().host);
            found = co_await link_.lookup_->run();
            link_.lookup_.reset();
        }
        if (!options_.url.tls && !options_.allow_plaintext) {
            const auto is_outside = [](const asio::ip::address &address) { return !address.is_loopback(); };
            const size_t removed = std::erase_if(found.list, is_outside);
            if (removed != 0 && found.list.empty()) {
                found.error = Error(Status::invalid_argument,
                                    first_hop().host + " is not this machine, and ws:// is not encrypted");
            }
        }
        addresses_ = std::move(found.list);
        co_return ended(std::move(found.error));
    }

    asio::awaitable<bool> connect()
    {
        begin(Step::tcp);
        link_.race_ = std::make_shared<ConnectRace>(link_.io_, addresses_, first_hop().port);
        const error_code ec = co_await link_.race_->run();
        const auto race = std::move(link_.race_);
        Error error;
        if (ec) {
            error = Error(Status::network, first_hop().authority() + " could not be reached: " + ec.message());
        } else {
            link_.web_socket_ = std::make_unique<WebSocket>(std::move(race->winner));
            result.reached_server = !options_.proxy;
        }
        co_return ended(std::move(error));
    }

    asio::awaitable<bool> proxy()
    {
        begin(Step::proxy);
        const UpgradeReply reply =
            co_await link_.web_socket_->connect_through_proxy(options_.url.authority(), options_.proxy->userinfo);
        Error error;
        if (reply.declined) {
            result.http_status = reply.http_status;
            const Status status = reply.http_status == 407 ? Status::auth : Status::network;
            error = Error(status, "the proxy " + first_hop().authority() + " answered HTTP " +
                                      std::to_string(reply.http_status));
        } else if (reply.error) {
            error = Error(Status::network, "the proxy " + first_hop().authority() + " did not answer: " +
                                               reply.error.message());
        } else {
            result.reached_server = true;
        }
        co_return ended(std::move(error));
    }

    asio::awaitable<bool> tls()
    {
        begin(Step::tls);
        Error error = co_await link_.web_socket_->tls_handshake(*options_.tls, options_.url);
        if (error) {
            error.message = "no TLS connection to " + options_.url.authority() + ": " + error.message;
        }
        co_return ended(std::move(error));
    }

    asio::awaitable<bool> upgrade()
    {
        begin(Step::upgrade);
        UpgradeReply reply = co_await link_.web_socket_->upgrade(options_.url, options_.headers);
        Error error;
        if (reply.declined && reply.http_status != 101) {
            error = refusal(reply.http_status, reply.body);
            reply.body.resize(std::min(reply.body.size(), most_body));
            result.http_status = reply.http_status;
            result.http_body = Secrets::remove_from(std::move(reply.body));
        } else if (reply.error) {
            error = Error(reply.lost ? Status::network : Status::protocol,
                          options_.url.authority() + " did not answer the WebSocket upgrade" +
                              (reply.lost ? ": " : " as it should: ") + reply.error.message());
        }
        co_return ended(std::move(error));
    }

    DialResult result;

private:
    const Url &first_hop() const { return options_.proxy ? *options_.proxy : options_.url; }

    void begin(Step step)
    {
        step_ = step;
        began_ = Clock::now();
    }

    bool ended(Error error)
    {
        result.steps_ms[static_cast<size_t>(step_)] = to_ms(Clock::now() - began_);
        if (link_.aborted_) {
            error = Error(Status::cancelled, "the connection was given up");
        } else if (link_.timed_out_) {
            error = step_timeout(step_, to_ms(options_.deadline - options_.began));
        }
        if (error) {
            error.message = Secrets::remove_from(std::move(error.message));
            result.error = std::move(error);
            result.failed_step = step_;
        }
        return !result.error;
    }

    WebSocketLink &link_;
    const DialOptions &options_;
    std::vector<asio::ip::address> addresses_;
    Step step_ = Step::resolve;
    Clock::time_point began_;
};

asio::awaitable<DialResult> WebSocketLink::dial(const DialOptions &options)
{
    const Self keep = self();
    Dial dial(*this, options);
    dial.result.error = check(options);
    if (aborted_) {
        dial.result.error = Error(Status::cancelled, "the connection was given up");
    }
    if (dial.result.error) {
        co_return dial.result;
    }
    dialing_ = true;
    max_message_bytes_ = options.max_message_bytes;
    limit(options.deadline);
    bool good = co_await dial.resolve();
    if (good) {
        good = co_await dial.connect();
    }
    if (good && options.proxy) {
        good = co_await dial.proxy();
    }
    if (good && options.url.tls) {
        good = co_await dial.tls();
    }
    if (good) {
        good = co_await dial.upgrade();
    }
    dialing_ = false;
    lift_limit();
    if (!good && web_socket_) {
        web_socket_->hang_up();
    }
    co_return dial.result;
}

}  // namespace gemlive::net
