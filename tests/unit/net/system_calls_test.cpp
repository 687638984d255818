// In steady state a message costs the system calls that it needs, and no look at the network beside them.
#include "link_fixture.hpp"
#include "support/counted_system_calls.hpp"

#ifndef GEMLIVE_SANITIZED
namespace gemlive::net {
namespace {

constexpr size_t warm_up = 20;
constexpr size_t counted = 100;
constexpr size_t total = warm_up + counted + 1;

// Answers each message with one of a packet of speech. Counts from one message to a later one.
class Answerer final : public LinkHandler {
public:
    explicit Answerer(std::shared_ptr<Link> &link) : link_(link) {}

    bool next_message(std::string &out) override
    {
        if (!std::exchange(to_answer_, false)) {
            return false;
        }
        out.assign(2200, 'a');
        return true;
    }
    void on_message(char *, size_t, size_t, bool) override
    {
        ++messages;
        test::count_system_calls(messages >= warm_up && messages < warm_up + counted);
        to_answer_ = true;
        link_->wake();
    }
    void on_end(const LinkEnd &) override { test::count_system_calls(false); }

    size_t messages = 0;

private:
    std::shared_ptr<Link> &link_;
    bool to_answer_ = false;
};

class SystemCallsTest : public LinkTest {
protected:
    test::SystemCalls calls_of(size_t message_bytes)
    {
        const auto server = serve([&](ServerConnection &connection) {
            for (size_t i = 0; i < total; ++i) {
                connection.send_binary(std::string(message_bytes, 'v'));
                connection.receive();
            }
            connection.send_close(1000, "");
            connection.wait_for_hang_up();
        });
        const DialResult result = dial(options(server->port(), GetParam()));
        EXPECT_FALSE(result.error) << result.error.message;
        Answerer answerer(link);
        link->start(answerer);
        run();
        EXPECT_EQ(answerer.messages, total);
        return test::take_counted_system_calls();
    }
};

TEST_P(SystemCallsTest, AMessageAndItsAnswerAreOneWaitOneReceiveAndOneSend)
{
    const test::SystemCalls calls = calls_of(GetParam() ? 13'000 : 1'000);  // a record of TLS is received in one piece
    EXPECT_EQ(calls.waits, counted);
    EXPECT_EQ(calls.changes_of_what_is_waited_for, counted);  // Asio's, to be told of the next
    EXPECT_EQ(calls.receives, counted);
    EXPECT_EQ(calls.sends, counted);
    EXPECT_EQ(calls.timers, 0u);
}

INSTANTIATE_TEST_SUITE_P(Wire, SystemCallsTest, ::testing::Values(true, false),
                         [](const auto &info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace gemlive::net
#endif
