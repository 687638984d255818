#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<Error> WebSocket::tls_handshake(TlsContext &context, const Url &url)
{
    Stream::Tls &tls = parts_->stream.next_layer().add_tls(context.native());
    if (!context.prepare(tls.native_handle(), url.host, url.port)) {
        co_return Error(Status::tls, "the host name cannot be used with TLS");
    }
    auto [ec] = co_await tls.async_handshake(asio::ssl::stream_base::client, as_result);
    if (!ec) {
        co_return Error();
    }
    const long verdict = SSL_get_verify_result(tls.native_handle());
    if (verdict != X509_V_OK) {
        const std::string text = X509_verify_cert_error_string(verdict);
        co_return Error(Status::tls, "its certificate was not accepted: " + text);
    }
    if (ec == asio::ssl::error::stream_truncated || ec == asio::error::eof) {
        co_return Error(Status::network, "the server hung up");
    }
    const Status status = ec.category() == asio::error::get_ssl_category() ? Status::tls : Status::network;
    co_return Error(status, ec.message());
}

}  // namespace gemlive::net
