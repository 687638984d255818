#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "net/link.hpp"
#include "platform/thread.hpp"
#include "support/scripted_server.hpp"

namespace gemlive::net {

// Records what a link tells its handler; hooks let a test act on it.
class Recorder : public LinkHandler {
public:
    bool next_message(std::string &out) override
    {
        EXPECT_TRUE(out.empty());
        if (endless) {
            out = *endless;
            return true;
        }
        if (outgoing.empty()) {
            return false;
        }
        out = outgoing.front();
        outgoing.pop_front();
        calls.push_back("pull " + out.substr(0, 20));
        return true;
    }
    void on_written(size_t bytes, uint64_t end_byte) override
    {
        written += bytes;
        end_bytes.push_back(end_byte);
        calls.push_back("written " + std::to_string(bytes));
    }
    void on_message(char *data, size_t size, size_t capacity, bool is_binary) override
    {
        EXPECT_GE(capacity, size + 64);
        std::fill_n(data + size, 64, '\0');
        messages.emplace_back(data, size);
        binary.push_back(is_binary);
        if (message_hook) {
            message_hook();
        }
    }
    void on_batch_end() override
    {
        batches.push_back(messages.size());
        if (batch_hook) {
            batch_hook();
        }
    }
    void on_pong() override
    {
        ++pongs;
        if (pong_hook) {
            pong_hook();
        }
    }
    void on_end(const LinkEnd &end) override
    {
        ++ends;
        last = end;
    }

    std::deque<std::string> outgoing;
    std::optional<std::string> endless;
    std::vector<std::string> calls;
    std::vector<std::string> messages;
    std::vector<bool> binary;
    size_t written = 0;
    std::vector<uint64_t> end_bytes;
    std::vector<size_t> batches;  // messages so far, at the end of each batch
    int pongs = 0;
    int ends = 0;
    LinkEnd last;
    std::function<void()> message_hook;
    std::function<void()> batch_hook;
    std::function<void()> pong_hook;
};

class NetTest : public ::testing::Test {
protected:
    static constexpr auto patience = std::chrono::seconds(60);

    void SetUp() override
    {
        ahead_us = 0;
        previous_ = Clock::replace_source([] {
            const auto real = std::chrono::steady_clock::now().time_since_epoch();
            return std::chrono::duration_cast<std::chrono::microseconds>(real).count() + ahead_us.load();
        });
    }
    void TearDown() override
    {
        link.reset();
        Clock::replace_source(previous_);
        EXPECT_TRUE(platform::wait_until_threads_ended(patience)) << "a name look-up still runs";
    }

    // From any thread: the clock goes forward, and the I/O thread looks at its timers again.
    void advance(Clock::duration by)
    {
        asio::post(io, [this, by] {
            ahead_us += by.count();
            poke_.expires_at(std::chrono::steady_clock::time_point());
            poke_.async_wait([](boost::system::error_code) {});
        });
    }

    DialOptions options(uint16_t port, bool tls = true)
    {
        DialOptions out;
        out.url.tls = tls;
        out.url.host = "127.0.0.1";
        out.url.port = port;
        out.url.target = "/ws/live";
        out.deadline = out.began + patience;
        if (tls) {
            out.tls = trust(certificates().ca_pem);
        }
        return out;
    }

    static std::shared_ptr<TlsContext> trust(const std::string &ca_pem)
    {
        TrustOptions trust;
        trust.ca_pem = ca_pem;
        Error error;
        auto context = TlsContext::create(trust, error);
        EXPECT_FALSE(error) << error.message;
        return context;
    }

    static const test::Certificates &certificates()
    {
        static const test::Certificates made = test::Certificates::make();
        return made;
    }

    void start_dial(const DialOptions &options)
    {
        link = Link::create(io);
        asio::co_spawn(io, link->dial(options), [this](std::exception_ptr failure, DialResult result) {
            EXPECT_FALSE(failure);
            dialed = std::move(result);
        });
    }

    DialResult dial(const DialOptions &options)
    {
        dialed.reset();
        start_dial(options);
        run();
        return dialed.value_or(DialResult());
    }

    void run()
    {
        io.restart();
        io.run();
    }

    // A dialed link with `user` until its end.
    void talk(const DialOptions &options, Recorder &user)
    {
        const DialResult result = dial(options);
        ASSERT_FALSE(result.error) << result.error.message;
        link->start(user);
        EXPECT_TRUE(user.calls.empty());
        run();
    }

    static inline std::atomic<int64_t> ahead_us{0};
    asio::io_context io{1};
    std::shared_ptr<Link> link;
    std::optional<DialResult> dialed;

private:
    asio::steady_timer poke_{io};
    Clock::Source previous_ = nullptr;
};

}  // namespace gemlive::net
