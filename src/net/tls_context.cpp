#include "net/tls_context.hpp"

#include <list>
#include <mutex>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "transport.hpp"
#include "trust_store.hpp"

namespace gemlive::net {
namespace {

struct SessionDeleter {
    void operator()(SSL_SESSION *session) const { SSL_SESSION_free(session); }
};
using SessionPtr = std::unique_ptr<SSL_SESSION, SessionDeleter>;

// The newest session of each of the last few servers; the oldest server goes first. A program talks to one or two.
class SessionCache {
public:
    void put(const std::string &server, SessionPtr session)
    {
        std::lock_guard lock(mutex_);
        entries_.remove_if([&](const Entry &entry) { return entry.server == server; });
        entries_.push_back({server, std::move(session)});
        if (entries_.size() > max_servers) {
            entries_.pop_front();
        }
    }

    // TLS 1.3 tickets are for one use, but servers hand out a fresh one with every connection, and one that was
    // used twice costs a full handshake at worst.
    void offer(const std::string &server, SSL *connection)
    {
        std::lock_guard lock(mutex_);
        for (const Entry &entry : entries_) {
            if (entry.server == server) {
                SSL_set_session(connection, entry.session.get());
            }
        }
    }

private:
    static constexpr size_t max_servers = 8;
    struct Entry {
        std::string server;
        SessionPtr session;
    };
    std::mutex mutex_;
    std::list<Entry> entries_;
};

// Hangs on each SSL object, which may outlive the TlsContext.
struct ConnectionData {
    std::shared_ptr<SessionCache> cache;
    std::string server;
};

void free_connection_data(void *, void *data, CRYPTO_EX_DATA *, int, long, void *)
{
    delete static_cast<ConnectionData *>(data);
}

int connection_data_index()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_connection_data);
    return index;
}

int keep_session(SSL *connection, SSL_SESSION *session)
{
    auto *data = static_cast<ConnectionData *>(SSL_get_ex_data(connection, connection_data_index()));
    if (data == nullptr) {
        return 0;
    }
    data->cache->put(data->server, SessionPtr(session));
    return 1;  // the reference is ours now
}

// The first use of OpenSSL decides whether it cleans up when the process ends, and this is ours: its clean-up would take
// away what an I/O thread that still runs then needs.
std::shared_ptr<SSL_CTX> new_context()
{
    OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
    return {SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
}

}  // namespace

struct TlsContext::Impl {
    std::shared_ptr<SSL_CTX> context = new_context();
    std::shared_ptr<SessionCache> sessions = std::make_shared<SessionCache>();
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::~TlsContext() = default;

std::shared_ptr<TlsContext> TlsContext::create(const TrustOptions &options, Error &error)
{
    auto impl = std::make_unique<Impl>();
    SSL_CTX *const context = impl->context.get();
    if (context == nullptr) {
        error = Error(Status::out_of_memory, "no memory for TLS");
        return nullptr;
    }
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
    // Without something to read or to write a connection holds no buffer: that is 21 KB of each session.
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);  // a record's header and body in one system call
    SSL_CTX_set_max_send_fragment(context, max_write_bytes);  // its write buffer is made for it
    StorePtr store = trust_store(options, error);
    if (!store) {
        return nullptr;
    }
    SSL_CTX_set_cert_store(context, store.release());
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(impl)));
}

std::shared_ptr<ssl_ctx_st> TlsContext::native() const
{
    return impl_->context;
}

bool TlsContext::prepare(ssl_st *connection, const std::string &host, uint16_t port)
{
    boost::system::error_code not_an_address;
    boost::asio::ip::make_address(host, not_an_address);
    bool good = true;
    if (not_an_address) {
        // Since RFC 6125 a name counts in subjectAltName only, and since RFC 9525 the subject's CN not even without one.
        SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        good = SSL_set_tlsext_host_name(connection, host.c_str()) == 1 &&
               SSL_set1_host(connection, host.c_str()) == 1;
    } else {
        good = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1;
    }
    if (!good) {
        return false;
    }
    const std::string server = host + ":" + std::to_string(port);
    impl_->sessions->offer(server, connection);
    auto data = std::make_unique<ConnectionData>(ConnectionData{impl_->sessions, server});
    if (SSL_set_ex_data(connection, connection_data_index(), data.get()) == 1) {
        data.release();
    }
    return true;
}

}  // namespace gemlive::net
