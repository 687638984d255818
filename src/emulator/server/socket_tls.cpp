#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "socket_connection.hpp"

namespace gemlive::emulator {

void serve_tls(asio::ip::tcp::socket socket, asio::ssl::context &tls, Hall &hall, int number)
{
    using Connection = SocketConnection<beast::ssl_stream<beast::tcp_stream>>;
    const auto connection = std::make_shared<Connection>(hall, number, std::move(socket), tls);
    connection->limit(std::chrono::seconds(20));
    connection->websocket_stream().next_layer().async_handshake(asio::ssl::stream_base::server,
                                                                [connection](Code error) {
                                                                    if (error)
                                                                        connection->log("TLS: " + error.message());
                                                                    else
                                                                        connection->read_request();
                                                                });
}

}  // namespace gemlive::emulator
