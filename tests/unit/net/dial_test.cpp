#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/secrets.hpp"
#include "net_fixture.hpp"

namespace gemlive::net {
namespace {

class DialTest : public NetTest {};

TEST_F(DialTest, TheUpgradeCarriesTheHeaders)
{
    test::HttpRequest seen;
    test::ScriptedServer server([&](test::ServerConnection &connection) {
        connection.handshake(certificates());
        seen = connection.accept_upgrade();
        connection.send_close(1000, "");
        connection.wait_for_hang_up();
    });
    DialOptions wanted = options(server.port());
    wanted.headers.push_back(Header{"x-goog-api-key", "a-key-of-someone"});
    Recorder user;
    talk(wanted, user);
    EXPECT_EQ(seen.target, "/ws/live");
    EXPECT_EQ(seen.headers["x-goog-api-key"], "a-key-of-someone");
    EXPECT_EQ(seen.headers["user-agent"], "gemlive/0.1");
    EXPECT_EQ(seen.headers["host"], "127.0.0.1:" + std::to_string(server.port()));
    EXPECT_EQ(seen.headers.count("sec-websocket-extensions"), 0u);
}

TEST_F(DialTest, ARefusalIsHandedOnAsItCameAndNotJudged)
{
    for (const int code : {200, 302, 400, 401, 403, 404, 429, 500, 503}) {
        const std::string body = R"({"error": {"code": 1, "message": "because of that", "status": "X"}})";
        test::ScriptedServer server([&](test::ServerConnection &connection) {
            connection.handshake(certificates());
            connection.read_request();
            connection.send_raw("HTTP/1.1 " + std::to_string(code) + " Why\r\nRetry-After: 17\r\nLocation: /over/there\r\n"
                                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
            connection.wait_for_hang_up();
        });
        const DialResult result = dial(options(server.port()));
        EXPECT_EQ(result.fault, DialFault::http) << dial_fault_name(result.fault);
        EXPECT_EQ(result.failed_step, Step::upgrade);
        EXPECT_EQ(result.error.status, Status::network);
        EXPECT_EQ(result.error.message, "the server answered HTTP " + std::to_string(code));
        EXPECT_EQ(result.http.status, code);
        EXPECT_EQ(result.http.retry_after, "17");
        EXPECT_EQ(result.http.location, "/over/there");
        EXPECT_EQ(result.http.body, body);
    }
}

TEST_F(DialTest, ARefusalsBodyIsCutAndNeedNotBeJson)
{
    const Secrets::Guard guard("the-secret-key");
    for (const std::string &body : {std::string("plain words, the-secret-key"), std::string(100000, 'x'),
                                    std::string(), std::string(R"([{"error": {"message": "in a list"}}])")}) {
        test::ScriptedServer server([&](test::ServerConnection &connection) {
            connection.handshake(certificates());
            connection.read_request();
            connection.respond(403, body);
            connection.wait_for_hang_up();
        });
        const DialResult result = dial(options(server.port()));
        EXPECT_EQ(result.http.status, 403);
        EXPECT_LE(result.http.body.size(), 4096u);
        EXPECT_EQ(result.http.body.find("the-secret-key"), std::string::npos);
        EXPECT_EQ(result.http.body.substr(0, 10), body.substr(0, 10));
    }
}

TEST_F(DialTest, AnAnswerThatIsNotHttpIsAProtocolError)
{
    test::ScriptedServer server([&](test::ServerConnection &connection) {
        connection.handshake(certificates());
        connection.read_request();
        connection.send_raw("what is this\r\n\r\n");
        connection.wait_for_hang_up();
    });
    const DialResult result = dial(options(server.port()));
    EXPECT_EQ(result.error.status, Status::protocol) << result.error.message;
    EXPECT_EQ(result.failed_step, Step::upgrade);
}

TEST_F(DialTest, AServerThatGoesInTheUpgradeIsTheNetworksFault)
{
    for (const bool hard : {false, true}) {
        test::ScriptedServer server([&](test::ServerConnection &connection) {
            connection.handshake(certificates());
            connection.read_request();
            if (hard) {
                connection.reset();
            } else {
                connection.hang_up();
            }
        });
        const DialResult result = dial(options(server.port()));
        EXPECT_EQ(result.error.status, Status::network) << result.error.message;
        EXPECT_EQ(result.failed_step, Step::upgrade);
        EXPECT_TRUE(result.reached_server);
    }
}

TEST_F(DialTest, AClosedPortIsANetworkError)
{
    uint16_t port = 0;
    {
        test::ScriptedServer gone([](test::ServerConnection &) {});
        port = gone.port();
    }
    const DialResult result = dial(options(port));
    EXPECT_EQ(result.error.status, Status::network) << result.error.message;
    EXPECT_EQ(result.failed_step, Step::tcp);
    EXPECT_FALSE(result.reached_server);
}

TEST_F(DialTest, PlaintextStaysOnTheMachineUnlessAllowed)
{
    DialOptions wanted = options(80, false);
    wanted.url.host = "example.com";
    DialResult result = dial(wanted);
    EXPECT_EQ(result.error.status, Status::invalid_argument);
    EXPECT_NE(result.error.message.find("allow_plaintext"), std::string::npos) << result.error.message;
    EXPECT_EQ(result.steps_ms[0], -1);

    DialOptions no_trust;
    no_trust.url.host = "example.com";
    EXPECT_EQ(dial(no_trust).error.status, Status::invalid_argument);

    DialOptions with_user = options(80);
    with_user.url.userinfo = "somebody";
    EXPECT_EQ(dial(with_user).error.status, Status::invalid_argument);
}

// A port whose queue of connections is full: TCP's handshake gets no answer.
class FullPort {
public:
    FullPort()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *any = reinterpret_cast<sockaddr *>(&address);
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(bind(listener_, any, size), 0);
        EXPECT_EQ(::listen(listener_, 0), 0);
        getsockname(listener_, any, &size);
        for (int &filler : fillers_) {
            filler = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            static_cast<void>(::connect(filler, any, size));
        }
        port = ntohs(address.sin_port);
    }
    ~FullPort()
    {
        for (const int filler : fillers_) {
            ::close(filler);
        }
        ::close(listener_);
    }

    uint16_t port = 0;

private:
    int listener_ = -1;
    int fillers_[4] = {};
};

TEST_F(DialTest, SilenceInTcpIsATimeoutOfThatStep)
{
    const FullPort full;
    const DialOptions wanted = options(full.port);
    start_dial(wanted);
    io.poll();
    advance(patience);
    run();
    ASSERT_TRUE(dialed);
    EXPECT_EQ(dialed->error.message, "connecting took longer than 60000 ms; it was in step tcp");
    EXPECT_EQ(dialed->failed_step, Step::tcp);
    EXPECT_FALSE(dialed->reached_server);
}

TEST_F(DialTest, AbortInTcpCancels)
{
    const FullPort full;
    const DialOptions wanted = options(full.port);
    start_dial(wanted);
    io.poll();
    link->abort();
    run();
    ASSERT_TRUE(dialed);
    EXPECT_EQ(dialed->error.status, Status::cancelled);
}

// The server goes silent in `step`, then `event` happens.
void be_silent(test::ServerConnection &connection, Step step, const std::function<void()> &event,
               const test::Certificates &certificates)
{
    if (step == Step::upgrade) {
        connection.handshake(certificates);
        connection.read_request();
    } else {
        connection.wait_for_bytes();  // the client's hello: TCP is behind it
    }
    event();
    connection.wait_for_hang_up();
}

TEST_F(DialTest, SilenceInTlsAndUpgradeIsATimeoutOfThatStep)
{
    for (const Step step : {Step::tls, Step::upgrade}) {
        test::ScriptedServer server([&](test::ServerConnection &connection) {
            be_silent(connection, step, [this] { advance(patience); }, certificates());
        });
        const DialResult result = dial(options(server.port()));
        EXPECT_EQ(result.error.status, Status::timeout);
        EXPECT_EQ(result.error.message,
                  std::string("connecting took longer than 60000 ms; it was in step ") + step_name(step));
        EXPECT_EQ(result.failed_step, step);
        EXPECT_TRUE(result.reached_server);
    }
}

TEST_F(DialTest, AbortInTlsAndUpgradeCancels)
{
    for (const Step step : {Step::tls, Step::upgrade}) {
        test::ScriptedServer server([&](test::ServerConnection &connection) {
            be_silent(connection, step, [this] { asio::post(io, [this] { link->abort(); }); }, certificates());
        });
        const DialResult result = dial(options(server.port()));
        EXPECT_EQ(result.error.status, Status::cancelled) << result.error.message;
        EXPECT_EQ(result.failed_step, step);
    }
}

TEST_F(DialTest, AbortBeforeTheDialCancels)
{
    link = Link::create(io);
    link->abort();
    const DialOptions wanted = options(1);
    asio::co_spawn(io, link->dial(wanted),
                   [this](std::exception_ptr, DialResult result) { dialed = std::move(result); });
    run();
    ASSERT_TRUE(dialed);
    EXPECT_EQ(dialed->error.status, Status::cancelled);
}

// A proxy is asked with CONNECT; behind its answer the script goes on as the server.
TEST_F(DialTest, AProxyIsAskedForATunnel)
{
    test::HttpRequest asked;
    test::ScriptedServer proxy([&](test::ServerConnection &connection) {
        asked = connection.read_request();
        connection.send_raw("HTTP/1.1 200 Connection established\r\n\r\n");
        connection.handshake(certificates());
        connection.accept_upgrade();
        connection.send_close(1000, "through");
        connection.wait_for_hang_up();
    });
    DialOptions wanted = options(443);
    wanted.url.host = "localhost";
    wanted.proxy.emplace();
    ASSERT_FALSE(Url::parse("http://user:p%40ss@127.0.0.1:" + std::to_string(proxy.port()), *wanted.proxy));
    Recorder user;
    talk(wanted, user);
    EXPECT_EQ(user.last.close_reason, "through");
    EXPECT_EQ(asked.method, "CONNECT");
    EXPECT_EQ(asked.target, "localhost:443");
    EXPECT_EQ(asked.headers["proxy-authorization"], "Basic dXNlcjpwQHNz");
    EXPECT_GE(dialed->steps_ms[static_cast<size_t>(Step::proxy)], 0);
}

TEST_F(DialTest, AProxyThatRefusesDidNotReachTheServer)
{
    for (const int code : {407, 502}) {
        test::ScriptedServer proxy([code](test::ServerConnection &connection) {
            connection.read_request();
            connection.respond(code, "no");
            connection.wait_for_hang_up();
        });
        DialOptions wanted = options(443);
        wanted.proxy.emplace();
        ASSERT_FALSE(Url::parse("http://127.0.0.1:" + std::to_string(proxy.port()), *wanted.proxy));
        const DialResult result = dial(wanted);
        EXPECT_EQ(result.fault, DialFault::proxy) << result.error.message;
        EXPECT_EQ(result.failed_step, Step::proxy);
        EXPECT_EQ(result.http.status, code);
        EXPECT_FALSE(result.reached_server);
    }
}

}  // namespace
}  // namespace gemlive::net
