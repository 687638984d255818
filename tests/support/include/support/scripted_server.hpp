#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/certificates.hpp"

namespace gemlive::test {

struct HttpRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

struct Message {
    std::string data;
    bool binary = false;
};

// One connection as its script sees it. Every call blocks, and throws when the connection is gone or the server
// stops.
class ServerConnection {
public:
    explicit ServerConnection(int socket);
    ~ServerConnection();
    ServerConnection(const ServerConnection &) = delete;
    ServerConnection &operator=(const ServerConnection &) = delete;

    void handshake(const Certificates &certificates);  // TLS; without it the connection stays plain
    bool resumed() const;                              // the TLS handshake was an abbreviated one

    HttpRequest read_request();
    void accept();  // answers the request that was read with the upgrade
    void respond(int status, std::string body, std::string content_type = "application/json");
    HttpRequest accept_upgrade();  // read_request and accept

    void send_text(const std::string &message);
    void send_together(const std::vector<std::string> &messages);  // in one write
    void send_binary(const std::string &message);
    void send_fragments(const std::vector<std::string> &parts);  // of one binary message
    void send_close(uint16_t code, const std::string &reason);   // the frame only; 0: one without a code
    void send_ping(const std::string &payload);
    void send_raw(std::string_view bytes);                       // into TLS, if there is one

    std::optional<Message> receive();  // nothing: the client sent a close frame
    uint16_t client_close_code() const;
    std::string client_close_reason() const;
    std::string last_pong() const;

    void end_tls();                                // its close_notify, not TCP's end; until the client goes
    void send_below_tls(std::string_view bytes);   // past TLS, into TCP
    void reset();              // TCP RST
    void hang_up();            // TCP FIN
    void wait_for_bytes();     // the client sent something, which is lost
    void wait_for_hang_up();   // reads and discards until the client is gone, or the server stops

private:
    friend class ScriptedServer;
    void interrupt();

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Listens on 127.0.0.1; each connection runs the script on a thread of its own. The destructor ends all of them.
class ScriptedServer {
public:
    using Script = std::function<void(ServerConnection &)>;

    // TCP only: the script does the TLS handshake itself, or not.
    explicit ScriptedServer(Script script);
    // The TLS handshake and the upgrade come before the script.
    ScriptedServer(Certificates certificates, Script script);
    ~ScriptedServer();

    uint16_t port() const;
    size_t connections() const;              // accepted so far
    std::vector<std::string> failures() const;  // of scripts that threw while the server was not stopping

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gemlive::test
