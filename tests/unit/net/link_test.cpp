#include "link_fixture.hpp"

namespace gemlive::net {
namespace {

TEST_P(LinkTest, TextAndBinaryAndFragmentsArriveWhole)
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
    EXPECT_FALSE(user.last.close_requested);
}

TEST_P(LinkTest, MessagesGoOutInPullOrderAsText)
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

TEST_P(LinkTest, WakeBringsWhatWasNotThereBefore)
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

TEST_P(LinkTest, MoreThan16MibInOneMessage)
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

TEST_P(LinkTest, PingsAreAnsweredAndPongsReported)
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
    EXPECT_TRUE(user.last.close_requested);
}

INSTANTIATE_TEST_SUITE_P(Wire, LinkTest, ::testing::Values(true, false),
                         [](const auto &info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace gemlive::net
