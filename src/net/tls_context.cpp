#include "net/tls_context.hpp"

#include <list>
#include <mutex>
#include <system_error>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "platform/trust.hpp"

namespace gemlive::net {
namespace {

namespace ssl = boost::asio::ssl;

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
        if (entries_.size() > most_servers) {
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
    static constexpr size_t most_servers = 8;
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

std::string reason_of_last_error()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (ERR_SYSTEM_ERROR(code)) {
        return std::generic_category().message(ERR_GET_REASON(code));
    }
    const char *text = code == 0 ? nullptr : ERR_reason_error_string(code);
    return text == nullptr ? "no reason given" : text;
}

// A statically linked OpenSSL looks where its builder's machine had its roots. SSL_CERT_FILE and SSL_CERT_DIR are
// read by OpenSSL itself.
void trust_system_roots(SSL_CTX *context)
{
    SSL_CTX_set_default_verify_paths(context);
    if (getenv(X509_get_default_cert_file_env()) != nullptr ||
        getenv(X509_get_default_cert_dir_env()) != nullptr ||
        platform::is_readable_file(X509_get_default_cert_file()) ||
        platform::is_readable_folder(X509_get_default_cert_dir())) {
        return;
    }
    for (const std::string &file : platform::trust_files()) {
        if (platform::is_readable_file(file) && SSL_CTX_load_verify_file(context, file.c_str()) == 1) {
            return;
        }
    }
    for (const std::string &folder : platform::trust_folders()) {
        if (platform::is_readable_folder(folder)) {
            SSL_CTX_load_verify_dir(context, folder.c_str());
            return;
        }
    }
}

Error trust_named(SSL_CTX *context, const TrustOptions &options)
{
    if (!options.ca_file.empty() && SSL_CTX_load_verify_file(context, options.ca_file.c_str()) != 1) {
        return Error(Status::tls, "ca_file \"" + options.ca_file +
                                      "\" cannot be used: " + reason_of_last_error());
    }
    // OpenSSL would only notice a missing folder at the first handshake.
    if (!options.ca_dir.empty() && (!platform::is_readable_folder(options.ca_dir) ||
                                    SSL_CTX_load_verify_dir(context, options.ca_dir.c_str()) != 1)) {
        return Error(Status::tls, "ca_dir \"" + options.ca_dir + "\" cannot be read");
    }
    if (!options.ca_pem.empty()) {
        const std::unique_ptr<BIO, int (*)(BIO *)> text(
            BIO_new_mem_buf(options.ca_pem.data(), static_cast<int>(options.ca_pem.size())), BIO_free);
        X509_STORE *store = SSL_CTX_get_cert_store(context);
        int count = 0;
        while (X509 *certificate = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
            X509_STORE_add_cert(store, certificate);
            X509_free(certificate);
            ++count;
        }
        ERR_clear_error();
        if (count == 0) {
            return Error(Status::tls, "ca_pem has no certificate in it");
        }
    }
    return {};
}

}  // namespace

struct TlsContext::Impl {
    ssl::context context{ssl::context::tls_client};
    std::shared_ptr<SessionCache> sessions = std::make_shared<SessionCache>();
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::~TlsContext() = default;

std::shared_ptr<TlsContext> TlsContext::create(const TrustOptions &options, Error &error)
{
    auto impl = std::make_unique<Impl>();
    SSL_CTX *const context = impl->context.native_handle();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
    ERR_clear_error();
    if (options.ca_file.empty() && options.ca_dir.empty() && options.ca_pem.empty()) {
        trust_system_roots(context);
        ERR_clear_error();
    } else {
        error = trust_named(context, options);
        if (error) {
            return nullptr;
        }
    }
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(impl)));
}

boost::asio::ssl::context &TlsContext::native()
{
    return impl_->context;
}

bool TlsContext::prepare(ssl_st *connection, const std::string &host, uint16_t port)
{
    boost::system::error_code not_an_address;
    boost::asio::ip::make_address(host, not_an_address);
    bool good = true;
    if (not_an_address) {
        SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
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
