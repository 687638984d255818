#include <boost/asio/ssl/error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<TlsReply> WebSocket::tls_handshake(TlsContext &context, const Url &url)
{
    TlsReply reply;
    reply.fault = DialFault::tls;
    Stream &stream = parts_->stream.next_layer();
    const Tls &tls = stream.add_tls(context);
    if (!context.prepare(tls.native(), url.host, url.port)) {
        reply.error = Error(Status::tls, "the host name cannot be used with TLS");
        co_return reply;
    }
    auto [ec, none] = co_await stream.async_tls_handshake(as_result);
    static_cast<void>(none);
    const long verdict = SSL_get_verify_result(tls.native());
    if (!ec) {
        reply.fault = DialFault::none;
    } else if (verdict != X509_V_OK) {
        reply.fault = DialFault::certificate;
        reply.error =
            Error(Status::tls, std::string("its certificate was not accepted: ") + X509_verify_cert_error_string(verdict));
    } else if (ec == asio::ssl::error::stream_truncated || ec == asio::error::eof) {
        reply.fault = DialFault::lost;
        reply.error = Error(Status::network, "the server hung up");
    } else if (ec.category() == asio::error::get_ssl_category()) {
        reply.error = Error(Status::tls, ec.message());
    } else {
        reply.fault = DialFault::lost;
        reply.error = Error(Status::network, ec.message());
    }
    co_return reply;
}

}  // namespace gemlive::net
