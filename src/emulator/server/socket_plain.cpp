#include "socket_connection.hpp"

namespace gemlive::emulator {

void serve_plain(asio::ip::tcp::socket socket, Hall &hall, int number)
{
    using Connection = SocketConnection<beast::tcp_stream>;
    const auto connection = std::make_shared<Connection>(hall, number, std::move(socket));
    connection->read_request();
}

}  // namespace gemlive::emulator
