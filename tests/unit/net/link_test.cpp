#include "base/secrets.hpp"
#include "net_fixture.hpp"

namespace gemlive::net {
namespace {

using test::ScriptedServer;
using test::ServerConnection;

// Every case runs over TLS and over plain TCP.
class LinkTest : public NetTest, public ::testing::WithParamInterface<bool> {
protected:
    using Script = ScriptedServer::Script;

    std::unique_ptr<ScriptedServer> serve(Script script)
    {
        if (GetParam()) {
            return std::make_unique<ScriptedServer>(certificates(), std::move(script));
        }
        return std::make_unique<ScriptedServer>([script = std::move(script)](ServerConnection &connection) {
            connection.accept_upgrade();
            script(connection);
        });
    }

    // One connection from start to end; the server is stopped before this returns.
    void talk_with(Script script, Recorder &user)
    {
        const auto server = serve(std::move(script));
        DialOptions wanted = options(server->port(), GetParam());
        wanted.max_message_bytes = limit;
        talk(wanted, user);
        EXPECT_EQ(user.ends, 1);
        failures = server->failures();
    }

    size_t limit = 32u << 20;
    std::vector<std::string> failures;
};

std::string noise(size_t size)
{
    std::string out(size, '\0');
    uint32_t state = 12345;
    for (char &c : out) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return out;
}

TEST_P(LinkTest, text_and_binary_and_fragments_arrive_whole)
{
    const std::string medium = noise(13000);
    const std::string odd = noise(70001);
    Recorder user;
    talk_with(
        [&](ServerConnection &connection) {
            connection.send_text("{\"a\": \"\xc3\xa4\"}");
            connection.send_binary(medium);
            connection.send_fragments({"one ", "", "two ", medium, ""});
            connection.send_binary("");
            connection.send_binary(odd);
            connection.send_binary(noise(1536));
            connection.send_close(1000, "done");
            connection.wait_for_hang_up();
        },
        user);
    ASSERT_EQ(user.messages.size(), 6u);
    EXPECT_EQ(user.messages[0], "{\"a\": \"\xc3\xa4\"}");
    EXPECT_EQ(user.messages[1], medium);
    EXPECT_EQ(user.messages[2], "one two " + medium);
    EXPECT_EQ(user.messages[3], "");
    EXPECT_EQ(user.messages[4], odd);
    EXPECT_EQ(user.messages[5], noise(1536));
    EXPECT_EQ(user.binary, std::vector<bool>({false, true, true, true, true, true}));
    EXPECT_EQ(user.last.close_code, 1000);
    EXPECT_EQ(user.last.close_reason, "done");
    EXPECT_FALSE(user.last.error) << user.last.error.message;
    EXPECT_FALSE(user.last.asked);
}

TEST_P(LinkTest, messages_go_out_in_pull_order_as_text)
{
    const std::string big = std::string(300000, 'v');
    Recorder user;
    user.outgoing = {"first", std::string(2200, 'a'), "", big, "last"};
    std::vector<std::string> seen;
    bool binary = false;
    talk_with(
        [&](ServerConnection &connection) {
            for (int i = 0; i < 5; ++i) {
                const auto message = connection.receive();
                seen.push_back(message->data);
                binary = binary || message->binary;
            }
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_EQ(seen, (std::vector<std::string>{"first", std::string(2200, 'a'), "", big, "last"}));
    EXPECT_FALSE(binary);
    ASSERT_EQ(user.calls.size(), 10u);
    EXPECT_EQ(user.calls[0], "pull first");
    EXPECT_EQ(user.calls[1], "written 5");
    EXPECT_EQ(user.calls[2], "pull aaaaaaaaaaaaaaaaaaaa");
    EXPECT_EQ(user.calls[9], "written 4");
    EXPECT_EQ(user.written, 5 + 2200 + big.size() + 4);
}

TEST_P(LinkTest, wake_brings_what_was_not_there_before)
{
    Recorder user;
    user.message_hook = [&] {
        user.outgoing.push_back("answer to " + user.messages.back());
        link->wake();
    };
    std::vector<std::string> answers;
    talk_with(
        [&](ServerConnection &connection) {
            for (int i = 0; i < 20; ++i) {
                connection.send_text(std::to_string(i));
                answers.push_back(connection.receive()->data);
            }
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        },
        user);
    ASSERT_EQ(answers.size(), 20u);
    EXPECT_EQ(answers[19], "answer to 19");
}

TEST_P(LinkTest, more_than_16_mib_in_one_message)
{
    const std::string huge = noise((16u << 20) + 4321);
    Recorder user;
    talk_with(
        [&](ServerConnection &connection) {
            connection.send_binary(huge);
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        },
        user);
    ASSERT_EQ(user.messages.size(), 1u);
    EXPECT_TRUE(user.messages[0] == huge);
}

TEST_P(LinkTest, over_the_limit_is_closed_with_1009_and_an_error_that_names_the_option)
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

TEST_P(LinkTest, the_servers_code_and_reason_arrive_whatever_goes_before)
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

TEST_P(LinkTest, a_close_frame_without_a_code_is_1005)
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

TEST_P(LinkTest, a_close_frame_is_found_behind_a_reset_while_we_write)
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

TEST_P(LinkTest, a_close_frame_is_heard_although_our_own_write_is_stuck)
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

TEST_P(LinkTest, a_connection_that_just_breaks_is_1006_and_a_network_error)
{
    for (const bool hard : {false, true}) {
        Recorder user;
        user.outgoing = {"hello"};
        talk_with(
            [&](ServerConnection &connection) {
                connection.receive();
                if (hard) {
                    connection.reset();
                } else {
                    connection.hang_up();
                    connection.wait_for_hang_up();
                }
            },
            user);
        EXPECT_EQ(user.last.close_code, 1006);
        EXPECT_EQ(user.last.close_reason, "");
        EXPECT_EQ(user.last.error.status, Status::network) << user.last.error.message;
        EXPECT_FALSE(user.last.asked);
    }
}

TEST_P(LinkTest, a_broken_frame_is_a_protocol_error)
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

TEST_P(LinkTest, close_waits_for_the_servers_answer)
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
    EXPECT_TRUE(user.last.asked);
    EXPECT_EQ(user.last.close_code, 1000);
    EXPECT_FALSE(user.last.error) << user.last.error.message;
}

TEST_P(LinkTest, close_does_not_wait_for_ever)
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
    EXPECT_TRUE(user.last.asked);
    EXPECT_EQ(user.last.close_code, 1006);
    EXPECT_EQ(user.last.error.status, Status::timeout) << user.last.error.message;
}

TEST_P(LinkTest, pings_are_answered_and_pongs_reported)
{
    Recorder user;
    std::string payload;
    user.pong_hook = [&] { link->close(1000, "", Clock::now() + patience); };
    user.message_hook = [&] {
        link->ping();
        link->ping();  // one at a time
    };
    talk_with(
        [&](ServerConnection &connection) {
            connection.send_ping("are you there");
            connection.send_text("now you");
            while (connection.receive()) {
            }
            payload = connection.last_pong();
        },
        user);
    EXPECT_EQ(payload, "are you there");
    EXPECT_EQ(user.pongs, 1);
    EXPECT_TRUE(user.last.asked);
}

TEST_P(LinkTest, after_abort_the_user_hears_nothing)
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

TEST_P(LinkTest, an_io_context_may_go_with_the_link_in_it)
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

TEST_P(LinkTest, what_was_written_and_not_acknowledged_is_known_at_the_end)
{
    Recorder user;
    user.outgoing = {std::string(5000, 'x')};
    size_t written = 0;
    user.message_hook = [&] { written = link->bytes_written(); };
    talk_with(
        [&](ServerConnection &connection) {
            connection.receive();
            connection.send_text("got it");
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        },
        user);
    EXPECT_GE(written, 5000u);
    EXPECT_LT(written, 9000u);
    ASSERT_TRUE(user.last.unacknowledged);
    EXPECT_LT(*user.last.unacknowledged, 5000u);
}

TEST_P(LinkTest, a_secret_in_the_servers_reason_does_not_get_out)
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

INSTANTIATE_TEST_SUITE_P(Wire, LinkTest, ::testing::Values(true, false),
                         [](const auto &info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace gemlive::net
