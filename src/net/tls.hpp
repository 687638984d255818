#pragma once

#include <memory>

#include "net/tls_context.hpp"
#include "transport.hpp"

namespace gemlive::net {

// OpenSSL on a socket that does not block: it reads from and writes to the transport itself, so that nothing is copied
// between them. Each call is one try.
class Tls {
public:
    Tls(TlsContext &context, Transport &transport);
    // We never wait for TLS's own farewell. OpenSSL would throw the session away for that, and a redial would need a
    // full handshake.
    ~Tls();
    Tls(const Tls &) = delete;
    Tls &operator=(const Tls &) = delete;

    ssl_st *native() const { return ssl_; }

    Attempt handshake();
    Attempt read(void *data, size_t size);
    // A try that was told to wait is made again with the same bytes, wherever they are then.
    Attempt write(const void *data, size_t size);

private:
    Attempt failed(int result);

    Transport &transport_;
    std::shared_ptr<ssl_ctx_st> context_;
    ssl_st *ssl_;
};

}  // namespace gemlive::net
