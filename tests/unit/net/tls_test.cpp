#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "net/resolver.hpp"
#include "net_fixture.hpp"
#include "trust_store.hpp"

namespace gemlive::net {
namespace {

class TlsTest : public NetTest {
protected:
    DialResult dial_with(const test::Certificates &shown, const std::string &trusted, const std::string &host)
    {
        test::ScriptedServer server([&](test::ServerConnection &connection) {
            try {
                connection.handshake(shown);
            } catch (const std::exception &) {
                return;
            }
            connection.accept_upgrade();
            connection.wait_for_hang_up();
        });
        DialOptions wanted = options(server.port());
        wanted.url.host = host;
        wanted.tls = trust(trusted);
        DialResult result = dial(wanted);
        link.reset();
        return result;
    }
};

TEST_F(TlsTest, ATrustedServerIsReachedByNameAndByAddress)
{
    for (const char *host : {"localhost", "127.0.0.1"}) {
        const DialResult result = dial_with(certificates(), certificates().ca_pem, host);
        EXPECT_FALSE(result.error) << host << ": " << result.error.message;
        EXPECT_TRUE(result.reached_server);
        EXPECT_GE(result.steps_ms[static_cast<size_t>(Step::tls)], 0);
        EXPECT_EQ(result.steps_ms[static_cast<size_t>(Step::proxy)], -1);
        EXPECT_GE(result.steps_ms[static_cast<size_t>(Step::upgrade)], 0);
        EXPECT_EQ(result.steps_ms[static_cast<size_t>(Step::setup)], -1);
    }
}

TEST_F(TlsTest, AnotherAuthorityIsRefused)
{
    const DialResult result = dial_with(certificates(), test::Certificates::make().ca_pem, "localhost");
    EXPECT_EQ(result.error.status, Status::tls) << result.error.message;
    EXPECT_EQ(result.failed_step, Step::tls);
    EXPECT_TRUE(result.reached_server);
    EXPECT_NE(result.error.message.find("certificate"), std::string::npos) << result.error.message;
}

TEST_F(TlsTest, TheNameAndTheAddressHaveToBeInTheCertificate)
{
    test::Certificates::Names names;
    names.dns = {"example.com"};
    names.ip = {"192.0.2.7"};
    const test::Certificates other = test::Certificates::make(names);
    for (const char *host : {"localhost", "127.0.0.1"}) {
        const DialResult result = dial_with(other, other.ca_pem, host);
        EXPECT_EQ(result.error.status, Status::tls) << host;
        EXPECT_NE(result.error.message.find("mismatch"), std::string::npos) << result.error.message;
    }
}

TEST_F(TlsTest, ACertificateWithTheNameInItsSubjectOnlyIsRefused)
{
    test::Certificates::Names names;
    names.common = "localhost";
    names.dns.clear();
    names.ip.clear();
    const test::Certificates old_style = test::Certificates::make(names);
    EXPECT_EQ(dial_with(old_style, old_style.ca_pem, "localhost").fault, DialFault::certificate);
    names.common = "127.0.0.1";
    const test::Certificates address = test::Certificates::make(names);
    EXPECT_EQ(dial_with(address, address.ca_pem, "127.0.0.1").fault, DialFault::certificate);
}

TEST_F(TlsTest, AWildcardStandsForOneWholeLabel)
{
    replace_lookup_function([](const std::string &) {
        Addresses out;
        out.list.push_back(asio::ip::make_address("127.0.0.1"));
        return out;
    });
    test::Certificates::Names names;
    names.dns = {"*.example.com", "ai*.example.org"};
    const test::Certificates wild = test::Certificates::make(names);
    const std::pair<const char *, DialFault> cases[] = {
        {"live.example.com", DialFault::none},
        {"a.live.example.com", DialFault::certificate},
        {"example.com", DialFault::certificate},
        {"aix.example.org", DialFault::certificate},
    };
    for (const auto &[host, fault] : cases) {
        const DialResult result = dial_with(wild, wild.ca_pem, host);
        EXPECT_EQ(result.fault, fault) << host << ": " << result.error.message;
    }
    replace_lookup_function(nullptr);
}

TEST_F(TlsTest, AnAddressHasToBeInTheCertificateAsAnAddress)
{
    test::Certificates::Names names;
    names.dns = {"127.0.0.1"};
    names.ip.clear();
    const test::Certificates as_name = test::Certificates::make(names);
    EXPECT_EQ(dial_with(as_name, as_name.ca_pem, "127.0.0.1").fault, DialFault::certificate);
}

TEST_F(TlsTest, AnExpiredCertificateIsRefused)
{
    test::Certificates::Names names;
    names.expired = true;
    const test::Certificates old = test::Certificates::make(names);
    const DialResult result = dial_with(old, old.ca_pem, "localhost");
    EXPECT_EQ(result.error.status, Status::tls);
    EXPECT_NE(result.error.message.find("expired"), std::string::npos) << result.error.message;
}

TEST_F(TlsTest, AServerWithoutTlsIsATlsError)
{
    test::ScriptedServer server([](test::ServerConnection &connection) {
        connection.send_raw("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.wait_for_hang_up();
    });
    const DialResult result = dial(options(server.port()));
    EXPECT_EQ(result.error.status, Status::tls) << result.error.message;
    EXPECT_EQ(result.failed_step, Step::tls);
}

TEST_F(TlsTest, AConnectionThatBreaksInTheHandshakeIsTheNetworksFault)
{
    test::ScriptedServer server([](test::ServerConnection &connection) { connection.hang_up(); });
    const DialResult result = dial(options(server.port()));
    EXPECT_EQ(result.error.status, Status::network) << result.error.message;
    EXPECT_EQ(result.failed_step, Step::tls);
}

TEST_F(TlsTest, ASecondConnectionResumesTheSessionOfTheFirst)
{
    std::atomic<int> resumed{0};
    test::ScriptedServer server([&](test::ServerConnection &connection) {
        connection.handshake(certificates());
        resumed += connection.resumed() ? 1 : 0;
        connection.accept_upgrade();
        connection.send_close(1000, "");
        connection.wait_for_hang_up();
    });
    DialOptions wanted = options(server.port());
    for (int i = 0; i < 2; ++i) {
        Recorder user;
        talk(wanted, user);
        EXPECT_EQ(user.last.close_code, 1000);
    }
    EXPECT_EQ(server.connections(), 2u);
    EXPECT_EQ(resumed, 1);
}

TEST_F(TlsTest, WhatCannotBeTrustedIsNamed)
{
    Error error;
    TrustOptions missing;
    missing.ca_file = "/no/such/file.pem";
    EXPECT_EQ(TlsContext::create(missing, error), nullptr);
    EXPECT_EQ(error.status, Status::tls);
    EXPECT_NE(error.message.find("/no/such/file.pem"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("No such file"), std::string::npos) << error.message;

    TrustOptions no_folder;
    no_folder.ca_dir = "/no/such/folder";
    EXPECT_EQ(TlsContext::create(no_folder, error), nullptr);
    EXPECT_NE(error.message.find("/no/such/folder"), std::string::npos) << error.message;

    TrustOptions no_text;
    no_text.ca_pem = "not a certificate";
    EXPECT_EQ(TlsContext::create(no_text, error), nullptr);
    EXPECT_NE(error.message.find("ca_pem"), std::string::npos) << error.message;
}

// A file of authorities that SSL_CERT_FILE names.
class SystemRoots {
public:
    explicit SystemRoots(const std::string &pem)
    {
        write(pem);
        setenv("SSL_CERT_FILE", path_.c_str(), 1);
    }
    ~SystemRoots()
    {
        if (before_) {
            setenv("SSL_CERT_FILE", before_->c_str(), 1);
        } else {
            unsetenv("SSL_CERT_FILE");
        }
        std::filesystem::remove(path_);
    }
    void write(const std::string &pem) { std::ofstream(path_) << pem; }

private:
    const std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("gemlive-ca-" + std::to_string(getpid()) + ".pem");
    const std::optional<std::string> before_ =
        getenv("SSL_CERT_FILE") ? std::optional<std::string>(getenv("SSL_CERT_FILE")) : std::nullopt;
};

std::shared_ptr<TlsContext> trust_system()
{
    Error error;
    auto context = TlsContext::create(TrustOptions(), error);
    EXPECT_TRUE(context) << error.message;
    return context;
}

TEST_F(TlsTest, SystemRootsFollowTheEnvironmentAndTheFile)
{
    const test::Certificates other = test::Certificates::make();
    test::ScriptedServer server([&](test::ServerConnection &connection) {
        try {
            connection.handshake(certificates());
        } catch (const std::exception &) {
            return;
        }
        connection.accept_upgrade();
        connection.wait_for_hang_up();
    });
    DialOptions wanted = options(server.port());
    SystemRoots roots(other.ca_pem);
    wanted.tls = trust_system();
    EXPECT_EQ(dial(wanted).fault, DialFault::certificate);
    roots.write(certificates().ca_pem + other.ca_pem);
    wanted.tls = trust_system();
    const DialResult result = dial(wanted);
    EXPECT_FALSE(result.error) << result.error.message;
    link.reset();
}

TEST_F(TlsTest, TrustIsReadOnceAndShared)
{
    const SystemRoots roots(certificates().ca_pem);
    trust_system();
    const TrustCounters before = trust_counters();
    for (int i = 0; i < 10; ++i) {
        trust_system();
    }
    EXPECT_EQ(trust_counters().read, before.read);
    EXPECT_EQ(trust_counters().shared, before.shared + 10);
}

TEST_F(TlsTest, AContextAfterTheFirstTakesLessThanTwoMilliseconds)
{
    trust_system();  // of this machine: some 140 authorities
    auto best = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 20; ++i) {
        const auto began = std::chrono::steady_clock::now();
        trust_system();
        best = std::min(best, std::chrono::steady_clock::now() - began);
    }
    EXPECT_LT(best, std::chrono::milliseconds(2));
}

TEST_F(TlsTest, AFolderServesForAFileWhenItHasEachOfItsCertificatesByHash)
{
    const std::string folder = testing::TempDir() + "gemlive-roots-" + std::to_string(::getpid());
    std::filesystem::create_directory(folder);
    const auto put = [&](const std::string &name, const std::string &text) { std::ofstream(folder + "/" + name) << text; };
    const std::string one = certificates().ca_pem;
    const std::string other = test::Certificates::make().ca_pem;
    const std::string file = folder + "/bundle.pem";
    put("bundle.pem", one + other);
    put("5ed36f99.0", one);
    put("0123abc.0", other);
    put("5ed36f9g.0", other);
    put("0123abcd.pem", other);
    EXPECT_FALSE(folder_serves_for(folder, file));
    EXPECT_FALSE(folder_serves_for("", file));
    EXPECT_FALSE(folder_serves_for(folder, ""));
    put("5ed36f99.1", other);
    EXPECT_TRUE(folder_serves_for(folder, file));
    EXPECT_FALSE(folder_serves_for(folder, folder + "/missing.pem"));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gemlive::net
