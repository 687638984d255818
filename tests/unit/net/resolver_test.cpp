#include "net/resolver.hpp"

#include <future>

#include "net_fixture.hpp"
#include "platform/thread.hpp"

namespace gemlive::net {
namespace {

std::promise<void> *release = nullptr;
std::promise<void> *entered = nullptr;

Addresses blocked(const std::string &)
{
    if (entered) {
        std::exchange(entered, nullptr)->set_value();
    }
    release->get_future().wait();
    Addresses out;
    out.list.push_back(asio::ip::make_address("127.0.0.1"));
    return out;
}

Addresses two_addresses(const std::string &)
{
    Addresses out;
    out.list.push_back(asio::ip::make_address("::1"));  // nobody listens there
    out.list.push_back(asio::ip::make_address("127.0.0.1"));
    return out;
}

Addresses the_world(const std::string &)
{
    Addresses out;
    out.list.push_back(asio::ip::make_address("192.0.2.1"));
    return out;
}

Addresses no_such_name(const std::string &host)
{
    return Addresses{Error(Status::network, "the name \"" + host + "\" could not be resolved"), {}};
}

class ResolverTest : public NetTest {
protected:
    void TearDown() override
    {
        replace_lookup_function(nullptr);
        NetTest::TearDown();
    }

    void look_up(Lookup &lookup, std::optional<Addresses> &out)
    {
        asio::co_spawn(io, lookup.run(),
                       [&out](std::exception_ptr, Addresses result) { out = std::move(result); });
    }
};

TEST_F(ResolverTest, FindsLocalhost)
{
    Lookup lookup(io, "localhost");
    std::optional<Addresses> found;
    look_up(lookup, found);
    run();
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->error) << found->error.message;
    ASSERT_FALSE(found->list.empty());
    EXPECT_TRUE(found->list.front().is_loopback());
}

TEST_F(ResolverTest, SharesARunningLookupAndLetsOneOfTwoGo)
{
    std::promise<void> gate;
    release = &gate;
    replace_lookup_function(blocked);
    const ResolverCounters before = resolver_counters();
    std::optional<Addresses> first;
    std::optional<Addresses> second;
    Lookup stays(io, "shared.test");
    {
        Lookup goes(io, "shared.test");
        look_up(stays, first);
        look_up(goes, second);
        io.poll();
        goes.cancel();
        io.poll();
        ASSERT_TRUE(second);
        EXPECT_EQ(second->error.status, Status::cancelled);
        EXPECT_FALSE(first);
    }
    gate.set_value();
    run();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->list.size(), 1u);
    EXPECT_EQ(resolver_counters().started, before.started + 1);
    EXPECT_EQ(resolver_counters().shared, before.shared + 1);
    EXPECT_EQ(resolver_counters().abandoned, before.abandoned + 1);
}

TEST_F(ResolverTest, ItsThreadsCountAsTheLibrarysUntilTheyAreGone)
{
    ASSERT_TRUE(platform::wait_until_threads_ended(patience));
    std::promise<void> gate;
    std::promise<void> inside;
    release = &gate;
    entered = &inside;
    replace_lookup_function(blocked);
    Lookup lookup(io, "slow.test");
    std::optional<Addresses> found;
    look_up(lookup, found);
    io.poll();
    inside.get_future().wait();
    lookup.cancel();
    run();
    EXPECT_EQ(found->error.status, Status::cancelled);
    EXPECT_FALSE(platform::wait_until_threads_ended(std::chrono::milliseconds(0)));
    gate.set_value();
    EXPECT_TRUE(platform::wait_until_threads_ended(patience));
}

TEST_F(ResolverTest, OutlivesAnIoContextThatDidNotWait)
{
    std::promise<void> gate;
    release = &gate;
    replace_lookup_function(blocked);
    {
        asio::io_context short_lived;
        auto dialing = Link::create(short_lived);
        DialOptions wanted;
        wanted.url.host = "slow.test";
        wanted.tls = trust(certificates().ca_pem);
        asio::co_spawn(short_lived, dialing->dial(wanted), [](std::exception_ptr, DialResult) { FAIL(); });
        short_lived.poll();
    }
    gate.set_value();
}

TEST_F(ResolverTest, ADeadResolverIsATimeoutThatNamesTheStep)
{
    std::promise<void> gate;
    release = &gate;
    replace_lookup_function(blocked);
    DialOptions wanted = options(1);
    wanted.url.host = "slow.test";
    start_dial(wanted);
    io.poll();
    advance(patience);
    run();
    ASSERT_TRUE(dialed);
    EXPECT_EQ(dialed->error.status, Status::timeout);
    EXPECT_EQ(dialed->error.message, "connecting took longer than 60000 ms; it was in step resolve");
    EXPECT_FALSE(dialed->reached_server);
    gate.set_value();
}

TEST_F(ResolverTest, AnUnknownNameIsANetworkErrorOfItsStep)
{
    replace_lookup_function(no_such_name);
    DialOptions wanted = options(1);
    wanted.url.host = "nowhere.test";
    const DialResult result = dial(wanted);
    EXPECT_EQ(result.error.status, Status::network);
    EXPECT_EQ(result.failed_step, Step::resolve);
    EXPECT_FALSE(result.reached_server);
    EXPECT_GE(result.steps_ms[0], 0);
    EXPECT_EQ(result.steps_ms[1], -1);
}

TEST_F(ResolverTest, TriesTheNextAddressWhenOneRefuses)
{
    replace_lookup_function(two_addresses);
    test::ScriptedServer server(certificates(), [](test::ServerConnection &connection) {
        connection.send_close(1000, "hello");
        connection.wait_for_hang_up();
    });
    DialOptions wanted = options(server.port());
    wanted.url.host = "localhost";
    Recorder user;
    talk(wanted, user);
    EXPECT_EQ(user.last.close_reason, "hello");
}

TEST_F(ResolverTest, PlaintextDoesNotFollowANameOutOfTheMachine)
{
    replace_lookup_function(the_world);
    DialOptions wanted = options(9, false);
    wanted.url.host = "localhost";
    const DialResult result = dial(wanted);
    EXPECT_EQ(result.error.status, Status::invalid_argument);
    EXPECT_EQ(result.failed_step, Step::resolve);
}

}  // namespace
}  // namespace gemlive::net
