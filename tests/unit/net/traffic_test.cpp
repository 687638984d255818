// What a link knows of its connection's life: bytes, not messages.
#include <future>

#include "link_fixture.hpp"

namespace gemlive::net {
namespace {

class TrafficTest : public LinkTest {
protected:
    // Runs the I/O thread until `reached`, or fails.
    void run_until(const std::function<bool()> &reached)
    {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        io.restart();
        while (!reached()) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline);
            io.run_one_for(std::chrono::milliseconds(10));
        }
    }

    void connect(ScriptedServer &server)
    {
        const DialResult result = dial(options(server.port(), GetParam()));
        ASSERT_FALSE(result.error) << result.error.message;
        link->start(user);
    }

    Recorder user;
};

TEST_P(TrafficTest, ALargeMessageOnASlowLinkIsLifeBeforeItIsWhole)
{
    constexpr size_t size = 400'000;
    const std::string header("\x82\x7f\x00\x00\x00\x00\x00\x06\x1a\x80", 10);  // binary, 400,000 bytes
    std::array<std::promise<void>, 4> go_on;
    const auto server = serve([&](ServerConnection &connection) {
        connection.send_raw(header);
        for (std::promise<void> &part : go_on) {
            connection.send_raw(std::string(size / 4, 'x'));
            part.get_future().wait();
        }
        connection.wait_for_hang_up();
    });
    connect(*server);
    auto heard = link->traffic().last_received;
    for (size_t part = 1; part <= go_on.size(); ++part) {
        EXPECT_EQ(user.messages.size(), 0u);
        ahead_us += 1'000'000;
        run_until([&] { return link->traffic().bytes_received >= part * size / 4; });
        EXPECT_GE(link->traffic().last_received - heard, std::chrono::seconds(1));
        heard = link->traffic().last_received;
        go_on[part - 1].set_value();
    }
    run_until([&] { return user.messages.size() == 1; });
    EXPECT_EQ(user.messages[0], std::string(size, 'x'));
    link->abort();
    run();
}

TEST_P(TrafficTest, EachWrittenMessageHasThePlaceOfItsLastByte)
{
    user.outgoing = {std::string(5000, 'x'), "y", std::string(70'000, 'z')};
    talk_with(
        [](ServerConnection &connection) {
            for (int i = 0; i < 3; ++i) {
                connection.receive();
            }
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        },
        user);
    ASSERT_EQ(user.end_bytes.size(), 3u);
    EXPECT_GT(user.end_bytes[0], 5000u);  // the upgrade came before
    EXPECT_GT(user.end_bytes[1], user.end_bytes[0]);
    EXPECT_GT(user.end_bytes[2], user.end_bytes[1] + 70'000);
    EXPECT_LT(user.end_bytes[2], 5000u + 70'000u + 6000u);
    // The close frame that answers the server's is behind the last message.
    EXPECT_GE(user.last.bytes_written, user.end_bytes[2]);
    ASSERT_TRUE(user.last.bytes_acknowledged);
    EXPECT_LE(*user.last.bytes_acknowledged, user.last.bytes_written);
}

TEST_P(TrafficTest, WhatThePeersTcpHasAcknowledgedIsKnown)
{
    std::promise<void> gate;
    const auto server = serve([&](ServerConnection &connection) {
        connection.receive();
        connection.send_text("got it");
        gate.get_future().wait();
        connection.wait_for_hang_up();
    });
    user.outgoing = {std::string(5000, 'x')};
    connect(*server);
    run_until([&] { return user.messages.size() == 1; });
    ASSERT_EQ(user.end_bytes.size(), 1u);
    run_until([&] { return link->bytes_acknowledged() >= user.end_bytes[0]; });

    // A peer that stops reading: its buffers fill up, and then nothing more is acknowledged.
    user.endless = std::string(100'000, 'w');
    link->wake();
    run_until([&] {
        const auto known = link->bytes_acknowledged();
        return known && *known < link->traffic().bytes_written;
    });
    gate.set_value();
    link->abort();
    run();
    EXPECT_FALSE(link->bytes_acknowledged()) << "there is no connection any more";
}

TEST_P(TrafficTest, APongHasItsTime)
{
    const auto server = serve([](ServerConnection &connection) {
        while (connection.receive()) {
        }
    });
    connect(*server);
    EXPECT_FALSE(link->traffic().last_pong);
    link->ping();
    run_until([&] { return user.pongs == 1; });
    EXPECT_GE(*link->traffic().last_pong, link->traffic().last_received);
    EXPECT_LE(*link->traffic().last_pong, Clock::now());
    link->abort();
    run();
}

TEST_P(TrafficTest, AllMessagesOfOneReadAreHandledBeforeTheEndOfTheBatch)
{
    talk_with(
        [](ServerConnection &connection) {
            connection.send_together(std::vector<std::string>(10, "small"));
            connection.receive();
            connection.send_together(std::vector<std::string>(100, "flood"));
            connection.receive();
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        },
        [&]() -> Recorder & {
            user.batch_hook = [&] {
                if (user.messages.size() == 10 || user.messages.size() == 110) {
                    user.outgoing.push_back("on");
                    link->wake();
                }
            };
            return user;
        }());
    EXPECT_EQ(user.messages.size(), 110u);
    ASSERT_GE(user.batches.size(), 5u);
    EXPECT_EQ(user.batches.front(), 10u);
    EXPECT_EQ(user.batches[1], 42u) << "one that never ends is cut";
    EXPECT_EQ(user.batches.back(), 110u);
}

INSTANTIATE_TEST_SUITE_P(Wire, TrafficTest, ::testing::Values(true, false),
                         [](const auto &info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace gemlive::net
