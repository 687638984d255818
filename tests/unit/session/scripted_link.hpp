#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "net/link.hpp"

namespace gemlive::session {

class ScriptedLink;

// A service without a network, as a session sees it: it answers setups by itself, and the rest as the test says. Its links
// carry messages by function calls, on the session's I/O thread. It may fail, or throw an exception, in the n-th thing that
// is asked of it, so that a loop over n visits every way to fail.
struct ScriptedService {
    using Script = std::function<void(ScriptedLink &link, const nlohmann::json &message)>;

    std::shared_ptr<net::Link> make_link(net::asio::io_context &io);
    // Counts an operation; true: it is the one that fails. A call of the session's throws when it is the one that throws.
    bool fails(const char *operation, bool is_call = true);

    std::function<net::DialResult(int number)> dial = [](int) { return net::DialResult(); };
    std::function<void(ScriptedLink &link)> on_setup;  // before it is answered
    Script on_message;  // after the setup, which is answered by itself
    bool answers_setup = true;
    bool answers_pings = true;
    bool acknowledges = true;

    int fails_at = 0;   // from 1; 0 = never
    int throws_at = 0;
    int operations = 0;
    int dials = 0;
    net::DialOptions dialled;         // of the newest dial
    std::vector<std::string> failed;  // names of the operations that did
};

class ScriptedLink final : public net::Link {
public:
    ScriptedLink(ScriptedService &server, net::asio::io_context &io, int number) : number(number), server_(server), io_(io) {}

    // The server's side.
    void send(const nlohmann::json &message) { send_text(message.dump()); }
    void send_text(std::string message)
    {
        post([message = std::move(message)](ScriptedLink &link) mutable {
            if (link.server_.fails("receive", false)) {
                link.end(net::EndCause::network, "the connection was lost while reading");
                return;
            }
            const size_t size = message.size();
            link.read_ += size;
            message.resize(size + 64);
            link.user_->on_message(message.data(), size, message.size(), false);
            if (link.user_ != nullptr) {
                link.user_->on_batch_end();
            }
        });
    }
    void close_with(uint16_t code, std::string reason)
    {
        post([code, reason = std::move(reason)](ScriptedLink &link) {
            net::LinkEnd end;
            end.close_code = code;
            end.close_reason = reason;
            link.end(std::move(end));
        });
    }
    void lose(std::string sentence)
    {
        post([sentence = std::move(sentence)](ScriptedLink &link) { link.end(net::EndCause::network, sentence); });
    }

    bool is_left() const noexcept { return closing_; }  // by the session

    const int number;              // of the dial, from 1
    nlohmann::json setup;          // its inner object
    std::vector<std::string> received;  // the member of each message behind the setup

    // The session's side.
    net::asio::awaitable<net::DialResult> dial(const net::DialOptions &options) override
    {
        server_.dialled = options;
        co_await net::asio::post(io_, net::asio::use_awaitable);
        net::DialResult result;
        if (aborted_) {
            result.error = Error(Status::cancelled, "");
        } else if (server_.fails("dial")) {
            result.error = Error(Status::network, "the server refused the connection");
        } else {
            result = server_.dial(number);
        }
        co_return result;
    }
    void start(net::LinkHandler &user) override
    {
        user_ = &user;
        if (server_.fails("start")) {
            lose("the connection was lost at once");
        }
        wake();
    }
    void wake() override
    {
        post([](ScriptedLink &link) { link.pull(); });
    }
    void ping() override
    {
        if (!server_.fails("ping") && server_.answers_pings) {
            post([](ScriptedLink &link) { link.user_->on_pong(); });
        }
    }
    void close(uint16_t, std::string, Clock::time_point) override
    {
        const bool fails = server_.fails("close");
        closing_ = true;
        post([fails](ScriptedLink &link) {
            net::LinkEnd end;
            end.close_code = 1000;
            end.close_requested = true;
            if (fails) {
                end.cause = net::EndCause::close_timeout;
                end.error = Error(Status::timeout, "the close frame was not answered");
            }
            link.end(std::move(end));
        });
    }
    void fail(net::EndCause cause, Error why) override
    {
        post([cause, why](ScriptedLink &link) { link.end(cause, why.message); });
    }
    void abort() override
    {
        aborted_ = true;
        user_ = nullptr;
    }
    net::Traffic traffic() const override
    {
        net::Traffic traffic;
        traffic.bytes_received = read_;
        traffic.bytes_written = written_;
        return traffic;
    }
    std::optional<uint64_t> bytes_acknowledged() const override
    {
        return server_.acknowledges ? written_ : std::optional<uint64_t>(0);
    }

private:
    template <typename Work>
    void post(Work work)
    {
        const auto self = std::static_pointer_cast<ScriptedLink>(shared_from_this());
        net::asio::post(io_, [self, work = std::move(work)]() mutable {
            if (self->user_ != nullptr) {
                work(*self);
            }
        });
    }
    void pull()
    {
        std::string out;
        while (user_ != nullptr && !closing_) {
            out.clear();
            if (!user_->next_message(out) || user_ == nullptr) {
                return;
            }
            if (server_.fails("write", false)) {
                end(net::EndCause::network, "the connection was lost while writing");
                return;
            }
            written_ += out.size();
            take(nlohmann::json::parse(out));
            user_->on_written(out.size(), written_);
        }
    }
    void take(const nlohmann::json &message)
    {
        if (message.contains("setup")) {
            setup = message["setup"];
            if (server_.on_setup) {
                server_.on_setup(*this);
            }
            if (server_.answers_setup) {
                send({{"setupComplete", nlohmann::json::object()}});
            }
            return;
        }
        std::string name = message.begin().key();
        if (name == "realtimeInput") {
            name = message["realtimeInput"].begin().key();
        }
        received.push_back(std::move(name));
        if (server_.on_message) {
            server_.on_message(*this, message);
        }
    }
    void end(net::EndCause cause, std::string sentence)
    {
        net::LinkEnd link_end;
        link_end.cause = cause;
        link_end.error = Error(Status::network, std::move(sentence));
        end(std::move(link_end));
    }
    void end(net::LinkEnd link_end)
    {
        std::exchange(user_, nullptr)->on_end(link_end);
    }

    ScriptedService &server_;
    net::asio::io_context &io_;
    net::LinkHandler *user_ = nullptr;
    bool closing_ = false;
    bool aborted_ = false;
    uint64_t read_ = 0;
    uint64_t written_ = 0;
};

inline std::shared_ptr<net::Link> ScriptedService::make_link(net::asio::io_context &io)
{
    ++dials;
    fails("make_link");
    return std::make_shared<ScriptedLink>(*this, io, dials);
}

inline bool ScriptedService::fails(const char *operation, bool is_call)
{
    operations += is_call || throws_at == 0;
    const bool throws = is_call && operations == throws_at;
    if (throws || operations == fails_at) {
        failed.push_back(operation);
    }
    if (throws) {
        throw std::runtime_error(std::string("thrown by a test in ") + operation);
    }
    return operations == fails_at;
}

}  // namespace gemlive::session
