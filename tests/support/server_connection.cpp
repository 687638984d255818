#include <array>
#include <cctype>
#include <map>
#include <mutex>
#include <optional>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <sys/socket.h>

#include "support/scripted_server.hpp"

namespace gemlive::test {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// Plain or TLS as one type, blocking only.
class Stream {
public:
    using executor_type = tcp::socket::executor_type;

    Stream(asio::io_context &io, int socket) : socket_(io, tcp::v4(), socket) {}

    executor_type get_executor() { return socket_.get_executor(); }
    tcp::socket &socket() { return socket_; }
    std::optional<asio::ssl::stream<tcp::socket &>> &tls() { return tls_; }

    template <typename Buffers>
    size_t read_some(const Buffers &buffers, error_code &ec)
    {
        return tls_ ? tls_->read_some(buffers, ec) : socket_.read_some(buffers, ec);
    }

    template <typename Buffers>
    size_t write_some(const Buffers &buffers, error_code &ec)
    {
        return tls_ ? tls_->write_some(buffers, ec) : socket_.write_some(buffers, ec);
    }

    template <typename Buffers>
    size_t read_some(const Buffers &buffers)
    {
        error_code ec;
        const size_t size = read_some(buffers, ec);
        boost::asio::detail::throw_error(ec);
        return size;
    }

    template <typename Buffers>
    size_t write_some(const Buffers &buffers)
    {
        error_code ec;
        const size_t size = write_some(buffers, ec);
        boost::asio::detail::throw_error(ec);
        return size;
    }

private:
    tcp::socket socket_;
    std::optional<asio::ssl::stream<tcp::socket &>> tls_;
};

// One for all connections with the same certificate: a session's ticket is only good in the context that made it.
asio::ssl::context &context_for(const Certificates &certificates)
{
    static std::mutex mutex;
    static std::map<std::string, asio::ssl::context> contexts;
    std::lock_guard lock(mutex);
    const auto known = contexts.find(certificates.leaf_pem);
    if (known != contexts.end()) {
        return known->second;
    }
    asio::ssl::context context(asio::ssl::context::tls_server);
    context.use_certificate_chain(asio::buffer(certificates.leaf_pem));
    context.use_private_key(asio::buffer(certificates.key_pem), asio::ssl::context::pem);
    return contexts.emplace(certificates.leaf_pem, std::move(context)).first->second;
}

// The script decides when to hang up.
void teardown(beast::role_type, Stream &, error_code &ec)
{
    ec = {};
}

std::string frame(uint8_t opcode, bool last, std::string_view payload)
{
    std::string out(1, static_cast<char>(opcode | (last ? 0x80 : 0)));
    const uint64_t size = payload.size();
    if (size < 126) {
        out.push_back(static_cast<char>(size));
    } else {
        const int bytes = size < 65536 ? 2 : 8;
        out.push_back(static_cast<char>(bytes == 2 ? 126 : 127));
        for (int i = bytes - 1; i >= 0; --i) {
            out.push_back(static_cast<char>(size >> (8 * i)));
        }
    }
    out.append(payload);
    return out;
}

}  // namespace

struct ServerConnection::Parts {
    explicit Parts(int socket) : handle(socket), stream(Stream(io, socket)) {}

    std::mutex mutex;  // interrupt() comes from another thread
    int handle;
    asio::io_context io;
    websocket::stream<Stream, false> stream;
    http::request<http::string_body> request;
    std::string last_pong;

    Stream &lower() { return stream.next_layer(); }
};

// Without Nagle's delay: what a script sends is on its way before the script resets the connection.
ServerConnection::ServerConnection(int socket) : parts_(std::make_unique<Parts>(socket))
{
    parts_->lower().socket().set_option(tcp::no_delay(true));
}
ServerConnection::~ServerConnection() = default;

void ServerConnection::handshake(const Certificates &certificates)
{
    parts_->lower().tls().emplace(parts_->lower().socket(), context_for(certificates));
    parts_->lower().tls()->handshake(asio::ssl::stream_base::server);
}

bool ServerConnection::resumed() const
{
    return SSL_session_reused(parts_->lower().tls()->native_handle()) == 1;
}

HttpRequest ServerConnection::read_request()
{
    // The client waits for the answer, so the buffer holds nothing behind the request.
    beast::flat_buffer buffer;
    parts_->request = {};
    http::read(parts_->lower(), buffer, parts_->request);
    HttpRequest out;
    out.method = std::string(parts_->request.method_string());
    out.target = std::string(parts_->request.target());
    for (const auto &field : parts_->request) {
        std::string name(field.name_string());
        for (char &c : name) {
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        out.headers[name] = std::string(field.value());
    }
    out.body = parts_->request.body();
    return out;
}

void ServerConnection::accept()
{
    parts_->stream.control_callback([this](websocket::frame_type type, beast::string_view payload) {
        if (type == websocket::frame_type::pong) {
            parts_->last_pong = std::string(payload);
        }
    });
    parts_->stream.read_message_max(0);
    parts_->stream.accept(parts_->request);
}

void ServerConnection::respond(int status, std::string body, std::string content_type)
{
    http::response<http::string_body> response(static_cast<http::status>(status), 11);
    response.set(http::field::content_type, content_type);
    response.body() = std::move(body);
    response.prepare_payload();
    http::write(parts_->lower(), response);
}

HttpRequest ServerConnection::accept_upgrade()
{
    HttpRequest request = read_request();
    accept();
    return request;
}

void ServerConnection::send_text(const std::string &message)
{
    send_raw(frame(1, true, message));
}

void ServerConnection::send_together(const std::vector<std::string> &messages)
{
    std::string frames;
    for (const std::string &message : messages) {
        frames += frame(1, true, message);
    }
    send_raw(frames);
}

void ServerConnection::send_binary(const std::string &message)
{
    send_raw(frame(2, true, message));
}

void ServerConnection::send_fragments(const std::vector<std::string> &parts)
{
    for (size_t i = 0; i < parts.size(); ++i) {
        send_raw(frame(i == 0 ? 2 : 0, i + 1 == parts.size(), parts[i]));
    }
}

void ServerConnection::send_close(uint16_t code, const std::string &reason)
{
    std::string payload;
    if (code != 0) {
        payload.push_back(static_cast<char>(code >> 8));
        payload.push_back(static_cast<char>(code & 0xff));
        payload += reason;
    }
    send_raw(frame(8, true, payload));
}

void ServerConnection::send_ping(const std::string &payload)
{
    send_raw(frame(9, true, payload));
}

void ServerConnection::send_raw(std::string_view bytes)
{
    asio::write(parts_->lower(), asio::buffer(bytes.data(), bytes.size()));
}

std::optional<Message> ServerConnection::receive()
{
    beast::flat_buffer buffer;
    error_code ec;
    parts_->stream.read(buffer, ec);
    if (ec == websocket::error::closed) {
        return std::nullopt;
    }
    boost::asio::detail::throw_error(ec, "receive");
    return Message{beast::buffers_to_string(buffer.data()), parts_->stream.got_binary()};
}

uint16_t ServerConnection::client_close_code() const
{
    return parts_->stream.reason().code;
}

std::string ServerConnection::client_close_reason() const
{
    return std::string(parts_->stream.reason().reason.c_str());
}

std::string ServerConnection::last_pong() const
{
    return parts_->last_pong;
}

void ServerConnection::end_tls()
{
    error_code ignored;
    parts_->lower().tls()->shutdown(ignored);  // returns when the client has gone
}

void ServerConnection::send_below_tls(std::string_view bytes)
{
    asio::write(parts_->lower().socket(), asio::buffer(bytes.data(), bytes.size()));
}

void ServerConnection::reset()
{
    std::lock_guard lock(parts_->mutex);
    parts_->handle = -1;
    parts_->lower().socket().set_option(asio::socket_base::linger(true, 0));
    parts_->lower().socket().close();
}

void ServerConnection::hang_up()
{
    parts_->lower().socket().shutdown(tcp::socket::shutdown_send);
}

void ServerConnection::wait_for_hang_up()
{
    std::array<char, 16384> scratch;
    error_code ec;
    while (!ec) {
        parts_->lower().socket().read_some(asio::buffer(scratch), ec);
    }
}

void ServerConnection::wait_for_bytes()
{
    std::array<char, 16384> scratch;
    parts_->lower().socket().read_some(asio::buffer(scratch));
}

void ServerConnection::interrupt()
{
    std::lock_guard lock(parts_->mutex);
    if (parts_->handle >= 0) {
        ::shutdown(parts_->handle, SHUT_RDWR);
    }
}

}  // namespace gemlive::test
