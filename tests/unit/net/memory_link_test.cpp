// The link that tests of the session use keeps the rules of net/link.hpp.
#include "support/memory_link.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include "net_fixture.hpp"
#include "support/manual_clock.hpp"

namespace gemlive::net {
namespace {

using test::MemoryNetwork;
using test::MemoryServer;
using namespace std::chrono_literals;

class MemoryLinkTest : public ::testing::Test {
protected:
    DialResult dial()
    {
        std::optional<DialResult> out;
        link = network.factory()(io);
        DialOptions options;
        asio::co_spawn(io, link->dial(options),
                       [&out](std::exception_ptr, DialResult result) { out = std::move(result); });
        run();
        return out.value_or(DialResult());
    }

    void start()
    {
        ASSERT_FALSE(dial().error);
        link->start(user);
        EXPECT_EQ(user.calls.size(), 0u) << "nothing is called inside start()";
        run();
    }

    void run()
    {
        io.restart();
        io.poll();
    }

    test::ManualClock clock;
    asio::io_context io{1};
    MemoryNetwork network;
    std::shared_ptr<Link> link;
    Recorder user;
};

TEST_F(MemoryLinkTest, MessagesGoBothWaysInOrder)
{
    network.on_dial = [](MemoryServer &server, DialResult &) {
        server.on_message = [](MemoryServer &self, const std::string &message) { self.send("answer to " + message); };
    };
    user.outgoing = {"one", "two"};
    start();
    EXPECT_EQ(network.server().received(), (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(user.messages, (std::vector<std::string>{"answer to one", "answer to two"}));
    EXPECT_EQ(user.end_bytes, (std::vector<uint64_t>{11, 22}));
    EXPECT_EQ(link->bytes_acknowledged(), 22u);
    user.outgoing = {"three"};
    link->wake();
    EXPECT_EQ(user.end_bytes.size(), 2u) << "nothing is called inside wake()";
    run();
    EXPECT_EQ(network.server().received().size(), 3u);
}

TEST_F(MemoryLinkTest, ABatchEndsOnce)
{
    start();
    network.server().send_together({"a", "b", "c"});
    run();
    EXPECT_EQ(user.batches, std::vector<size_t>{3});
}

TEST_F(MemoryLinkTest, TheServersCloseFrameComesBehindItsMessages)
{
    start();
    network.server().send("last words");
    network.server().close(1011, "busy");
    run();
    EXPECT_EQ(user.messages.size(), 1u);
    EXPECT_EQ(user.ends, 1);
    EXPECT_EQ(user.last.cause, EndCause::close_frame);
    EXPECT_EQ(user.last.close_code, 1011);
    EXPECT_TRUE(network.server().has_ended());
    network.server().send("too late");
    run();
    EXPECT_EQ(user.messages.size(), 1u);
}

TEST_F(MemoryLinkTest, ACloseFrameThatNobodyAnswersHasADeadline)
{
    network.on_dial = [](MemoryServer &server, DialResult &) { server.on_close_frame = [](MemoryServer &) {}; };
    start();
    link->close(1000, "", Clock::now() + 1s);
    run();
    EXPECT_EQ(network.server().close_code(), 1000);
    EXPECT_EQ(user.ends, 0);
    clock.advance(io, 1s);
    EXPECT_EQ(user.ends, 1);
    EXPECT_EQ(user.last.cause, EndCause::close_timeout);
    EXPECT_TRUE(user.last.close_requested);
}

TEST_F(MemoryLinkTest, AServerCanBeSilentWhileItIsDialled)
{
    network.on_dial = [](MemoryServer &, DialResult &result) {
        result.fault = DialFault::deadline;
        result.failed_step = Step::upgrade;
    };
    std::optional<DialResult> out;
    link = network.factory()(io);
    DialOptions options;
    asio::co_spawn(io, link->dial(options),
                   [&out](std::exception_ptr, DialResult result) { out = std::move(result); });
    run();
    EXPECT_FALSE(out);
    clock.advance(io, 10s);
    ASSERT_TRUE(out);
    EXPECT_EQ(out->error.message, "connecting took longer than 10000 ms; it was in step upgrade");
}

TEST_F(MemoryLinkTest, AStuckPeerAcknowledgesNothing)
{
    network.on_dial = [](MemoryServer &server, DialResult &) { server.acknowledges = false; };
    user.outgoing = {"one"};
    start();
    EXPECT_EQ(link->traffic().bytes_written, 11u);
    EXPECT_EQ(link->bytes_acknowledged(), 0u);
    const auto heard = link->traffic().last_received;
    clock.advance(5s);
    network.server().trickle(100);
    EXPECT_EQ(link->traffic().last_received - heard, 5s);
    EXPECT_TRUE(user.messages.empty());
}

TEST_F(MemoryLinkTest, AfterAbortTheHandlerHearsNothing)
{
    start();
    network.server().send("one");
    link->abort();
    run();
    EXPECT_TRUE(user.messages.empty());
    EXPECT_EQ(user.ends, 0);
}

TEST_F(MemoryLinkTest, EachOperationCanFail)
{
    std::vector<MemoryNetwork::Operation> visited;
    for (uint64_t n = 1;; ++n) {
        MemoryNetwork fresh;
        fresh.fail_operation(n, EndCause::network);
        fresh.on_dial = [](MemoryServer &server, DialResult &) {
            server.on_message = [](MemoryServer &self, const std::string &) { self.send("answer"); };
        };
        std::optional<DialResult> out;
        link = fresh.factory()(io);
        DialOptions options;
        asio::co_spawn(io, link->dial(options),
                       [&out](std::exception_ptr, DialResult result) { out = std::move(result); });
        run();
        Recorder handler;
        if (out && !out->error) {
            handler.outgoing = {"question"};
            link->start(handler);
            run();
            link->ping();
            run();
            link->close(1000, "", Clock::now() + 1s);
            run();
            EXPECT_EQ(handler.ends, 1);
        }
        if (!fresh.failed_operation()) {
            break;
        }
        if (out && !out->error) {
            EXPECT_EQ(handler.last.cause, EndCause::network);
        } else {
            EXPECT_EQ(out->fault, DialFault::unreachable);
        }
        visited.push_back(*fresh.failed_operation());
    }
    using enum MemoryNetwork::Operation;
    EXPECT_EQ(visited, (std::vector<MemoryNetwork::Operation>{dial, write, read, ping, close}));
}

}  // namespace
}  // namespace gemlive::net
