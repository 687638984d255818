// The server on a real socket: what happens before and at the upgrade.

#include "server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "identity.hpp"
#include "options.hpp"

namespace gemlive::emulator {
namespace {

constexpr const char *gemini_url = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
constexpr const char *vertex_url = "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";

class Running {
public:
    explicit Running(const std::string &scenario = "", int max_connections = 100)
        : server_(options(max_connections), scenario.empty() ? Scenario{} : parse_scenario(scenario)),
          thread_([this] { server_.run(); })
    {
    }
    ~Running()
    {
        server_.stop();
        thread_.join();
    }

    // A connected socket; the caller closes it.
    int connect() const
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(server_.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        return fd;
    }

    static void ask(int fd, const std::string &url, const std::string &headers)
    {
        const std::string request = "GET " + url +
                                    " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                                    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                                    headers + "\r\n";
        EXPECT_EQ(::send(fd, request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
    }

    // The answer's head and the rest of what came with it; "reset" if the peer cut the connection.
    static std::string answer(int fd)
    {
        std::string text;
        char block[4096];
        while (text.find("\r\n\r\n") == std::string::npos) {
            const ssize_t got = ::recv(fd, block, sizeof block, 0);
            if (got < 0)
                return errno == ECONNRESET ? "reset" : "error";
            if (got == 0)
                break;
            text.append(block, static_cast<size_t>(got));
        }
        return text;
    }

    std::string upgrade(const std::string &url, const std::string &headers) const
    {
        const int fd = connect();
        ask(fd, url, headers);
        std::string text = answer(fd);
        ::close(fd);
        return text;
    }

    // A REST call: all of its answer.
    std::string call(const std::string &method, const std::string &url, const std::string &headers,
                     const std::string &body) const
    {
        const int fd = connect();
        const std::string request = method + " " + url + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        EXPECT_EQ(::send(fd, request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
        std::string text;
        char block[4096];
        for (ssize_t got = 0; (got = ::recv(fd, block, sizeof block, 0)) > 0;)
            text.append(block, static_cast<size_t>(got));
        ::close(fd);
        return text;
    }

private:
    static ServerOptions options(int max_connections)
    {
        ServerOptions o;
        o.quiet = true;
        o.max_connections = max_connections;
        return o;
    }

    Server server_;
    std::thread thread_;
};

TEST(Server, UpgradesBothFlavours)
{
    const Running running;
    EXPECT_TRUE(running.upgrade(gemini_url, "x-goog-api-key: k\r\n").starts_with("HTTP/1.1 101"));
    EXPECT_TRUE(running.upgrade(vertex_url, "Authorization: Bearer t\r\n").starts_with("HTTP/1.1 101"));
}

TEST(Server, RefusesAsTheServiceDoes)
{
    const Running running;
    const std::string unauthenticated = running.upgrade(vertex_url, "");
    EXPECT_TRUE(unauthenticated.starts_with("HTTP/1.1 401"));
    EXPECT_NE(unauthenticated.find("application/json"), std::string::npos);
    EXPECT_TRUE(running.upgrade("/nothing", "").starts_with("HTTP/1.1 404"));
}

TEST(Server, ARuleRefusesTheUpgrade)
{
    const Running running(R"({"server": [
        {"on": "upgrade", "connection": 1, "do": [
            {"refuse": {"http_status": 429, "headers": {"Retry-After": "3"}}}]},
        {"on": "upgrade", "connection": 2, "do": ["reset"]}]})");
    const std::string refused = running.upgrade(gemini_url, "x-goog-api-key: k\r\n");
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 429"));
    EXPECT_NE(refused.find("Retry-After: 3"), std::string::npos);
    EXPECT_EQ(running.upgrade(gemini_url, "x-goog-api-key: k\r\n"), "reset");
    EXPECT_TRUE(running.upgrade(gemini_url, "x-goog-api-key: k\r\n").starts_with("HTTP/1.1 101"));
}

TEST(Server, MakesTokensWithoutCountingAConnection)
{
    const Running running(R"({"server": [{"on": "upgrade", "connection": 1, "do": [{"refuse": 503}]}]})");
    const std::string made = running.call("POST", "/v1beta/auth_tokens", "x-goog-api-key: k\r\n", R"({"uses": 3})");
    EXPECT_TRUE(made.starts_with("HTTP/1.1 200")) << made;
    EXPECT_NE(made.find("\"auth_tokens/"), std::string::npos) << made;
    EXPECT_TRUE(running.call("POST", "/v1/auth_tokens", "", "{}").starts_with("HTTP/1.1 403"));
    EXPECT_TRUE(running.call("GET", "/v1/auth_tokens", "x-goog-api-key: k\r\n", "").starts_with("HTTP/1.1 404"));
    EXPECT_TRUE(running.upgrade(gemini_url, "x-goog-api-key: k\r\n").starts_with("HTTP/1.1 503"));
}

TEST(Server, LimitsItsConnections)
{
    const Running running("", 1);
    const int first = running.connect();
    Running::ask(first, gemini_url, "x-goog-api-key: k\r\n");
    EXPECT_TRUE(Running::answer(first).starts_with("HTTP/1.1 101"));
    EXPECT_TRUE(running.upgrade(gemini_url, "x-goog-api-key: k\r\n").starts_with("HTTP/1.1 429"));
    ::close(first);
}

TEST(Identity, TheCaVouchesForTheLoopback)
{
    const Identity identity = make_identity();
    const auto read = [](const std::string &pem) {
        BIO *bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
        X509 *x = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
        BIO_free(bio);
        return x;
    };
    X509 *ca = read(identity.ca_pem);
    X509 *leaf = read(identity.certificate_pem);
    ASSERT_TRUE(ca != nullptr && leaf != nullptr);
    X509_STORE *store = X509_STORE_new();
    X509_STORE_add_cert(store, ca);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, leaf, nullptr);
    EXPECT_EQ(X509_verify_cert(context), 1) << X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
    EXPECT_EQ(X509_check_host(leaf, "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf, "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf, "::1", 0), 1);
    EXPECT_NE(X509_check_host(leaf, "example.com", 0, 0, nullptr), 1);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    X509_free(leaf);
    X509_free(ca);
}

TEST(Options, AreRead)
{
    const char *arguments[] = {"x", "--listen", "[::1]:8443",        "--tls", "--ca-out=ca.pem", "--speed",
                               "4", "--quiet",  "--max-connections", "7"};
    const Options options = parse_options(10, arguments);
    EXPECT_EQ(options.server.address, "::1");
    EXPECT_EQ(options.server.port, 8443);
    EXPECT_TRUE(options.server.tls);
    EXPECT_EQ(options.ca_out, "ca.pem");
    EXPECT_EQ(options.speed, 4);
    EXPECT_EQ(options.server.max_connections, 7);
}

TEST(Options, MistakesAreUsageErrors)
{
    const auto fails = [](std::vector<const char *> arguments) {
        arguments.insert(arguments.begin(), "x");
        EXPECT_THROW(parse_options(static_cast<int>(arguments.size()), arguments.data()), UsageError)
            << arguments[1];
    };
    fails({"--loud"});
    fails({"--listen"});
    fails({"--listen", "8443"});
    fails({"--listen", "127.0.0.1:99999"});
    fails({"--cert", "c.pem"});
    fails({"--tls=yes"});
    fails({"--ca-out", "x"});
    fails({"--model-profile", "7"});
    fails({"--speed", "0"});
    fails({"--replay"});
    fails({"--replay", "r.jsonl", "--scenario", "s.json"});
    fails({"--replay", "r.jsonl", "--model-profile", "3.8"});
    fails({"--replay", "r.jsonl", "--retired-models", "m"});
    fails({"--api-versions", ""});
    fails({"--api-versions", "v1beta,"});
}

}  // namespace
}  // namespace gemlive::emulator
