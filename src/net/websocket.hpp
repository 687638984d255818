#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect_race.hpp"
#include "net/link.hpp"

namespace gemlive::net {

struct HttpRequest;

struct UpgradeReply {
    error_code error;
    bool lost = false;      // the connection broke
    bool declined = false;  // a whole HTTP answer came, but not the one that was wanted
    HttpAnswer http;
};

struct TlsReply {
    DialFault fault = DialFault::none;
    Error error;
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

// What a WebSocket tells while it is open. Never within a call of a WebSocket's method, but for on_read_waits.
class WebSocketEvents {
public:
    virtual void on_chunk(const Chunk &chunk) = 0;  // the end of read()
    virtual void on_sent(error_code error) = 0;     // the end of write()
    virtual void on_read_waits() = 0;               // all that had arrived was given out
    virtual void on_pong_frame() = 0;
    virtual void on_close_frame() = 0;  // it was read; what follows may still take a while

protected:
    ~WebSocketEvents() = default;
};

// Beast behind a header that does not show it: each operation is compiled in a file of its own. One read, one
// write, one ping and one close may run at the same time. close_socket() ends all of them with an error; the object
// has to outlive that.
class WebSocket {
public:
    explicit WebSocket(TcpSocket socket);
    ~WebSocket();

    // While dialing, one after the other.
    asio::awaitable<UpgradeReply> connect_through_proxy(std::string authority, std::string userinfo);
    asio::awaitable<TlsReply> tls_handshake(TlsContext &context, const Url &url);
    asio::awaitable<UpgradeReply> upgrade(const Url &url, const std::vector<Header> &headers);
    asio::awaitable<UpgradeReply> exchange(const Url &url, const HttpRequest &request);  // instead of that

    // Then for every message, so without an allocation: their operations use the same memory again. `owner` keeps
    // everything alive until the call of `events` that ends them.
    void open(size_t max_message_bytes, WebSocketEvents &events);
    void read(char *data, size_t size, std::shared_ptr<void> owner);
    void write(const std::string &message, std::shared_ptr<void> owner);

    // And rarely.
    asio::awaitable<void> ping();
    asio::awaitable<error_code> close(uint16_t code, std::string reason);
    asio::awaitable<void> discard_input();  // until the peer ends TCP or close_socket()
    void shutdown_send();
    void close_socket();

    bool is_open() const;
    bool has_tls() const;
    std::optional<PeerClose> peer_close() const;
    error_code write_error() const;
    Traffic traffic() const;
    std::optional<uint64_t> bytes_acknowledged() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gemlive::net
