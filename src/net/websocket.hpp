#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect_race.hpp"
#include "net/link.hpp"

namespace gemlive::net {

using boost::system::error_code;

struct UpgradeReply {
    error_code error;
    bool lost = false;      // the connection broke
    bool declined = false;  // a whole HTTP answer came, but not the one that was wanted
    int http_status = 0;
    std::string body;
};

struct Chunk {
    error_code error;
    bool fault = false;    // the server broke the protocol; it was told so in a close frame
    bool too_big = false;  // the fault is a message over the limit
    size_t size = 0;
    size_t expected = 0;   // at least so much more belongs to the message; 0 when it is whole
    bool binary = false;
};

struct PeerClose {
    uint16_t code = 1005;
    std::string reason;
};

// Beast behind a header that does not show it: each operation is compiled in a file of its own. One read, one
// write, one ping and one close may run at the same time. The object has to outlive its operations.
class WebSocket {
public:
    struct Events {
        std::function<void()> on_pong;
        std::function<void()> on_peer_close;  // the frame was read; what follows may still take a while
    };

    explicit WebSocket(TcpSocket socket);
    ~WebSocket();

    asio::awaitable<UpgradeReply> connect_through_proxy(std::string authority, std::string userinfo);
    // Status::network if the connection broke, Status::tls if the two sides or the certificate did not fit.
    asio::awaitable<Error> tls_handshake(TlsContext &context, const Url &url);
    asio::awaitable<UpgradeReply> upgrade(const Url &url, const std::vector<Header> &headers);

    void open(size_t max_message_bytes, Events events);
    asio::awaitable<Chunk> read_some(char *data, size_t size);
    asio::awaitable<error_code> write_text(const std::string &message);
    asio::awaitable<error_code> ping();
    asio::awaitable<error_code> close(uint16_t code, std::string reason);
    asio::awaitable<void> drain();  // waits until the peer hangs up or hang_up()

    bool is_open() const;
    std::optional<PeerClose> peer_close() const;
    error_code write_error() const;
    size_t bytes_written() const;
    std::optional<size_t> bytes_unacknowledged() const;
    void shutdown_send();
    void hang_up();  // every running operation ends with an error

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gemlive::net
