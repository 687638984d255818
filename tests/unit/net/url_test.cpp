#include "net/url.hpp"

#include <gtest/gtest.h>

namespace gemlive::net {
namespace {

Url parsed(const std::string &text)
{
    Url url;
    const Error error = Url::parse(text, url);
    EXPECT_FALSE(error) << text << ": " << error.message;
    return url;
}

TEST(UrlTest, TakesApartWhatItIsGiven)
{
    const Url url = parsed("wss://Example.COM:8443/base/ws?x=1&y=%20#part");
    EXPECT_TRUE(url.tls);
    EXPECT_EQ(url.host, "example.com");
    EXPECT_EQ(url.port, 8443);
    EXPECT_EQ(url.target, "/base/ws?x=1&y=%20");
    EXPECT_EQ(url.host_header(), "example.com:8443");
}

TEST(UrlTest, FillsInPortsAndPaths)
{
    EXPECT_EQ(parsed("wss://a").port, 443);
    EXPECT_EQ(parsed("https://a").port, 443);
    EXPECT_EQ(parsed("ws://a").port, 80);
    EXPECT_EQ(parsed("HTTP://a").port, 80);
    EXPECT_FALSE(parsed("http://a").tls);
    EXPECT_EQ(parsed("wss://a").target, "/");
    EXPECT_EQ(parsed("wss://a?key=1").target, "/?key=1");
    EXPECT_EQ(parsed("wss://a:443/").host_header(), "a");
    EXPECT_EQ(parsed("ws://a:443/").host_header(), "a:443");
}

TEST(UrlTest, KnowsIpv6)
{
    const Url url = parsed("ws://[::1]:9000/x");
    EXPECT_EQ(url.host, "::1");
    EXPECT_EQ(url.port, 9000);
    EXPECT_EQ(url.host_header(), "[::1]:9000");
    EXPECT_EQ(parsed("wss://[2001:db8::1]").host_header(), "[2001:db8::1]");
}

TEST(UrlTest, KeepsTheUserOfAProxy)
{
    const Url url = parsed("http://us%40er:pa@ss@proxy:3128");
    EXPECT_EQ(url.userinfo, "us%40er:pa@ss");
    EXPECT_EQ(url.host, "proxy");
    EXPECT_EQ(url.port, 3128);
}

TEST(UrlTest, TellsLoopbackFromTheWorld)
{
    for (const char *text : {"ws://localhost", "ws://a.localhost", "ws://127.0.0.1", "ws://127.9.9.9",
                             "ws://[::1]", "ws://[::ffff:127.0.0.1]"}) {
        EXPECT_TRUE(parsed(text).is_loopback()) << text;
    }
    for (const char *text : {"ws://localhost.example.com", "ws://128.0.0.1", "ws://[::2]", "ws://10.0.0.1"}) {
        EXPECT_FALSE(parsed(text).is_loopback()) << text;
    }
}

TEST(UrlTest, SaysWhatIsWrongAndLeavesTheResultAlone)
{
    const std::pair<const char *, const char *> cases[] = {
        {"", "scheme"}, {"example.com", "scheme"}, {"ftp://a", "\"ftp\""}, {"wss://", "no host"},
        {"wss://:80", "no host"}, {"wss:///path", "no host"}, {"wss://a:0", "port"}, {"wss://a:65536", "port"},
        {"wss://a:", "port"}, {"wss://a:8x", "port"}, {"wss://a:80:90", "port"}, {"wss://[::1", "']'"},
        {"wss://[nothing]", "IPv6"}, {"wss://[::1]80", "IPv6"}, {"wss://a b", "host name"},
        {"wss://\xc3\xa4", "host name"}, {"wss://a/b c", "path"}, {"wss://a/b\r\nX: y", "path"},
    };
    for (const auto &[text, word] : cases) {
        Url url;
        url.host = "untouched";
        const Error error = Url::parse(text, url);
        EXPECT_EQ(error.status, Status::invalid_argument) << text;
        EXPECT_NE(error.message.find(word), std::string::npos) << text << ": " << error.message;
        EXPECT_EQ(url.host, "untouched") << text;
    }
}

}  // namespace
}  // namespace gemlive::net
