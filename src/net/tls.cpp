#include "tls.hpp"

#include <new>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace gemlive::net {
namespace {

// OpenSSL's way to the transport. What the transport says beyond "wait" it remembers itself.
Transport &transport_of(BIO *bio)
{
    return *static_cast<Transport *>(BIO_get_data(bio));
}

int receive(BIO *bio, char *data, size_t size, size_t *moved)
{
    const Attempt attempt = transport_of(bio).receive(data, size);
    BIO_clear_retry_flags(bio);
    if (attempt.wait != Attempt::Wait::none) {
        BIO_set_retry_read(bio);
    }
    if (attempt.error == asio::error::eof) {
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    }
    *moved = attempt.bytes;
    return attempt.bytes > 0;
}

int send(BIO *bio, const char *data, size_t size, size_t *moved)
{
    const Attempt attempt = transport_of(bio).send(data, size);
    BIO_clear_retry_flags(bio);
    if (attempt.wait != Attempt::Wait::none) {
        BIO_set_retry_write(bio);
    }
    *moved = attempt.bytes;
    return attempt.bytes > 0;
}

long control(BIO *bio, int command, long, void *)
{
    switch (command) {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_EOF: return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    default: return 0;
    }
}

BIO_METHOD *make_method()
{
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "gemlive transport");
    if (method != nullptr) {
        BIO_meth_set_read_ex(method, receive);
        BIO_meth_set_write_ex(method, send);
        BIO_meth_set_ctrl(method, control);
    }
    return method;
}

// What some call before ours left behind, the application's own too, would be taken for the reason of a failure.
void forget_old_errors()
{
    if (ERR_peek_error() != 0) {
        ERR_clear_error();
    }
}

}  // namespace

Tls::Tls(TlsContext &context, Transport &transport)
    : transport_(transport), context_(context.native()), ssl_(SSL_new(context_.get()))
{
    static const BIO_METHOD *const method = make_method();
    BIO *bio = ssl_ != nullptr && method != nullptr ? BIO_new(method) : nullptr;
    if (bio == nullptr) {
        SSL_free(ssl_);
        throw std::bad_alloc();
    }
    BIO_set_data(bio, &transport_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_connect_state(ssl_);
}

Tls::~Tls()
{
    SSL_set_shutdown(ssl_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl_);
}

Attempt Tls::handshake()
{
    forget_old_errors();
    const int result = SSL_do_handshake(ssl_);
    return result == 1 ? Attempt() : failed(result);
}

Attempt Tls::read(void *data, size_t size)
{
    Attempt out;
    forget_old_errors();
    const int result = SSL_read_ex(ssl_, data, size, &out.bytes);
    return result == 1 ? out : failed(result);
}

Attempt Tls::write(const void *data, size_t size)
{
    Attempt out;
    forget_old_errors();
    const int result = SSL_write_ex(ssl_, data, size, &out.bytes);
    return result == 1 ? out : failed(result);
}

// asio::error::eof: the server said that nothing more comes; stream_truncated: it went without a word.
Attempt Tls::failed(int result)
{
    Attempt out;
    switch (SSL_get_error(ssl_, result)) {
    case SSL_ERROR_WANT_READ: out.wait = Attempt::Wait::readable; break;
    case SSL_ERROR_WANT_WRITE: out.wait = Attempt::Wait::writable; break;
    case SSL_ERROR_ZERO_RETURN: out.error = asio::error::eof; break;
    case SSL_ERROR_SYSCALL:
        out.error = transport_.read_error() ? transport_.read_error() : error_code(asio::error::operation_aborted);
        break;
    default: {
        const unsigned long code = ERR_get_error();
        out.error = error_code(static_cast<int>(code), asio::error::get_ssl_category());
        if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
            out.error = asio::ssl::error::stream_truncated;
        }
    }
    }
    ERR_clear_error();
    return out;
}

}  // namespace gemlive::net
