#include "base/secrets.hpp"
#include "link_fixture.hpp"

namespace gemlive::net {
namespace {

class LinkEndTest : public LinkTest {};

TEST_P(LinkEndTest, OverTheLimitIsClosedWith1009AndAnErrorThatNamesTheOption)
{
    for (const bool in_fragments : {false, true}) {
        limit = 100000;
        uint16_t code = 0;
        Recorder user;
        talk_with(
            [&](ServerConnection &connection) {
                connection.send_binary(std::string(limit, 'x'));
                if (in_fragments) {
                    connection.send_fragments({std::string(60000, 'a'), std::string(60000, 'b')});
                } else {
                    connection.send_binary(std::string(limit + 1, 'x'));
                }
                connection.receive();
                code = connection.client_close_code();
            },
            user);
        EXPECT_EQ(user.messages.size(), 1u);
        EXPECT_EQ(user.last.error.status, Status::protocol);
        EXPECT_NE(user.last.error.message.find("100000"), std::string::npos) << user.last.error.message;
        EXPECT_NE(user.last.error.message.find("max_message_bytes"), std::string::npos);
        EXPECT_EQ(code, 1009);
    }
}

TEST_P(LinkEndTest, TheServersCodeAndReasonArriveWhateverGoesBefore)
{
    const std::pair<uint16_t, std::string> cases[] = {
        {1000, ""}, {1007, "Request contains an invalid argument."}, {1008, "policy \xc3\xa4"},
        {1011, std::string(123, 'r')}, {4000, "own"}};
    for (const auto &[code, reason] : cases) {
        Recorder user;
        talk_with(
            [&, code = code, reason = reason](ServerConnection &connection) {
                connection.send_binary(noise(50000));
                connection.send_text("x");
                connection.send_close(code, reason);
                connection.wait_for_hang_up();
            },
            user);
        EXPECT_EQ(user.messages.size(), 2u);
        EXPECT_EQ(user.last.close_code, code);
        EXPECT_EQ(user.last.close_reason, reason);
        EXPECT_FALSE(user.last.error);
    }
}

TEST_P(LinkEndTest, ACloseFrameWithoutACodeIs1005)
{
    Recorder user;
    talk_with(
        [](ServerConnection &connection) {
            connection.send_close(0, "");
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_EQ(user.last.close_code, 1005);
    EXPECT_FALSE(user.last.error);
}

TEST_P(LinkEndTest, ACloseFrameIsFoundBehindAResetWhileWeWrite)
{
    for (int round = 0; round < 5; ++round) {
        Recorder user;
        user.endless = std::string(60000, 'w');
        talk_with(
            [](ServerConnection &connection) {
                connection.receive();
                connection.send_text("almost");
                connection.send_close(1008, "the reason that must not get lost");
                connection.reset();  // with unread data of ours, so our next writes fail
            },
            user);
        EXPECT_EQ(user.last.close_code, 1008);
        EXPECT_EQ(user.last.close_reason, "the reason that must not get lost");
        EXPECT_EQ(user.messages.size(), 1u);
        EXPECT_GT(user.written, 0u);
    }
}

TEST_P(LinkEndTest, ACloseFrameIsHeardAlthoughOurOwnWriteIsStuck)
{
    Recorder user;
    user.endless = std::string(60000, 'w');
    talk_with(
        [this](ServerConnection &connection) {
            // Nothing is read here, so TCP's window fills up.
            connection.send_close(1011, "busy");
            advance(std::chrono::seconds(5));
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_EQ(user.last.close_code, 1011);
    EXPECT_EQ(user.last.close_reason, "busy");
}

// How a script ends the connection, and what has to be told then.
struct Ending {
    const char *what;
    std::function<void(ServerConnection &)> act;
    EndCause cause;
    const char *words;
};

TEST_P(LinkEndTest, EveryLostConnectionSaysWhy)
{
    const bool tls = GetParam();
    std::vector<Ending> endings{
        {"reset", [](ServerConnection &connection) { connection.reset(); }, EndCause::reset, "reset while reading"},
        {"TCP ended",
         [](ServerConnection &connection) {
             connection.hang_up();
             connection.wait_for_hang_up();
         },
         EndCause::hung_up, tls ? "without an end of TLS" : "ended TCP without a close frame"},
        {"reserved bits",
         [](ServerConnection &connection) {
             connection.send_raw(std::string("\xff\x00", 2));
             connection.receive();
         },
         EndCause::protocol, "broke the WebSocket protocol"},
        {"over the limit",
         [this](ServerConnection &connection) {
             connection.send_binary(std::string(limit + 1, 'x'));
             connection.receive();
         },
         EndCause::too_big, "max_message_bytes"},
    };
    if (tls) {
        endings.push_back({"TLS ended",
                           [](ServerConnection &connection) { connection.end_tls(); },
                           EndCause::hung_up, "ended TLS without a close frame"});
        endings.push_back({"no record of TLS",
                           [](ServerConnection &connection) {
                               connection.send_below_tls("this is no record of TLS");
                               connection.wait_for_hang_up();
                           },
                           EndCause::tls, "TLS broke off"});
    }
    limit = 100'000;
    for (const Ending &ending : endings) {
        Recorder user;
        user.outgoing = {"hello"};
        talk_with(
            [&](ServerConnection &connection) {
                connection.receive();
                ending.act(connection);
            },
            user);
        EXPECT_EQ(user.last.cause, ending.cause) << ending.what << ": " << end_cause_name(user.last.cause);
        EXPECT_NE(user.last.error.message.find(ending.words), std::string::npos)
            << ending.what << ": " << user.last.error.message;
        EXPECT_EQ(user.last.close_code, 1006) << ending.what;
        EXPECT_EQ(user.last.close_reason, "") << ending.what;
        EXPECT_FALSE(user.last.close_requested);
    }
}

TEST_P(LinkEndTest, FailEndsWithTheCauseThatItIsGiven)
{
    Recorder user;
    user.message_hook = [&] { link->fail(EndCause::liveness, Error(Status::timeout, "no sign of life for 10 s")); };
    talk_with(
        [](ServerConnection &connection) {
            connection.send_text("go");
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_EQ(user.last.cause, EndCause::liveness);
    EXPECT_EQ(user.last.error.status, Status::timeout);
    EXPECT_EQ(user.last.error.message, "no sign of life for 10 s");
}

TEST_P(LinkEndTest, AnExceptionOfTheHandlerEndsThisLinkAndNoMore)
{
    Recorder user;
    user.message_hook = [] { throw std::runtime_error("a mistake in a rule"); };
    talk_with(
        [](ServerConnection &connection) {
            connection.send_text("go");
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_EQ(user.last.cause, EndCause::internal);
    EXPECT_EQ(user.last.error.status, Status::internal);
    EXPECT_EQ(user.last.error.message, "a mistake in a rule");
}

TEST_P(LinkEndTest, ABrokenFrameIsAProtocolError)
{
    Recorder user;
    uint16_t code = 0;
    talk_with(
        [&](ServerConnection &connection) {
            connection.send_raw(std::string("\xff\x00", 2));  // reserved bits
            connection.receive();
            code = connection.client_close_code();
        },
        user);
    EXPECT_EQ(user.last.error.status, Status::protocol) << user.last.error.message;
    EXPECT_EQ(code, 1002);
}

TEST_P(LinkEndTest, CloseWaitsForTheServersAnswer)
{
    Recorder user;
    user.outgoing = {"before"};
    user.message_hook = [&] { link->close(1000, "bye", Clock::now() + patience); };
    std::vector<std::string> seen;
    uint16_t code = 0;
    std::string reason;
    talk_with(
        [&](ServerConnection &connection) {
            connection.send_text("go");
            while (const auto message = connection.receive()) {
                seen.push_back(message->data);
            }
            code = connection.client_close_code();
            reason = connection.client_close_reason();
        },
        user);
    EXPECT_EQ(seen, std::vector<std::string>{"before"});
    EXPECT_EQ(code, 1000);
    EXPECT_EQ(reason, "bye");
    EXPECT_TRUE(user.last.close_requested);
    EXPECT_EQ(user.last.close_code, 1000);
    EXPECT_FALSE(user.last.error) << user.last.error.message;
}

TEST_P(LinkEndTest, CloseDoesNotWaitForEver)
{
    Recorder user;
    user.message_hook = [&] { link->close(1001, std::string(500, 'r'), Clock::now() + patience); };
    talk_with(
        [&](ServerConnection &connection) {
            connection.send_text("go");
            connection.wait_for_bytes();  // the close frame, which nobody answers
            advance(patience + patience);
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_TRUE(user.last.close_requested);
    EXPECT_EQ(user.last.close_code, 1006);
    EXPECT_EQ(user.last.cause, EndCause::close_timeout);
    EXPECT_EQ(user.last.error.status, Status::timeout) << user.last.error.message;
}

TEST_P(LinkEndTest, AfterAbortTheUserHearsNothing)
{
    Recorder user;
    user.endless = std::string(1000, 'x');
    user.message_hook = [&] { link->abort(); };
    const auto server = serve([](ServerConnection &connection) {
        connection.send_text("one");
        connection.send_text("two");
        connection.wait_for_hang_up();
    });
    talk(options(server->port(), GetParam()), user);
    EXPECT_EQ(user.messages.size(), 1u);
    EXPECT_EQ(user.ends, 0);
    EXPECT_EQ(link.use_count(), 1);
}

TEST_P(LinkEndTest, AnIoContextMayGoWithTheLinkInIt)
{
    Recorder user;
    const auto server = serve([](ServerConnection &connection) { connection.wait_for_hang_up(); });
    std::weak_ptr<Link> watched;
    {
        asio::io_context short_lived;
        auto own = Link::create(short_lived);
        watched = own;
        const DialOptions wanted = options(server->port(), GetParam());
        asio::co_spawn(short_lived, own->dial(wanted), [&](std::exception_ptr, DialResult result) {
            EXPECT_FALSE(result.error);
            own->start(user);
            own->ping();
            own.reset();
            asio::post(short_lived, [&] { short_lived.stop(); });
        });
        short_lived.run();
        EXPECT_FALSE(watched.expired());
    }
    EXPECT_TRUE(watched.expired());
    EXPECT_EQ(user.ends, 0);
}

TEST_P(LinkEndTest, ASecretInTheServersReasonDoesNotGetOut)
{
    const Secrets::Guard guard("my-secret-key");
    Recorder user;
    talk_with(
        [](ServerConnection &connection) {
            connection.send_close(1008, "bad key my-secret-key");
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_EQ(user.last.close_reason, "bad key [secret]");
}

INSTANTIATE_TEST_SUITE_P(Wire, LinkEndTest, ::testing::Values(true, false),
                         [](const auto &info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace gemlive::net
