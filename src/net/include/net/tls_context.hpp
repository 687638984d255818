#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.hpp"

struct ssl_st;      // OpenSSL's SSL
struct ssl_ctx_st;  // and SSL_CTX

namespace gemlive::net {

// Whom to trust. With all three empty the system's roots (and SSL_CERT_FILE, SSL_CERT_DIR); otherwise the named
// ones only.
struct TrustOptions {
    std::string ca_file;
    std::string ca_dir;
    std::string ca_pem;  // certificates as text, one or many
};

// TLS 1.2 or newer; the server's certificate and name are always verified. Thread-safe once made. Cheap to make but for
// the first with its trust: those that trust the same share what was read.
class TlsContext {
public:
    // Nothing and `error` set if what the options name cannot be used.
    static std::shared_ptr<TlsContext> create(const TrustOptions &options, Error &error);
    ~TlsContext();

    std::shared_ptr<ssl_ctx_st> native() const;

    // Before the handshake: the name to send and to verify, and the last session with that server, so that a
    // redial needs no full handshake.
    bool prepare(ssl_st *ssl, const std::string &host, uint16_t port);

private:
    struct Impl;
    explicit TlsContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gemlive::net
