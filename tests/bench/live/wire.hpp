#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

namespace gemlive::bench {

int64_t now_ns();

// A TLS WebSocket connection without anything around it: non-blocking, no allocation once its buffers have grown. The
// bench's server and its bare client are made of it, so that what a library adds can be told from what must be.
class Wire {
public:
    enum class Side { client, server };

    class Handler {
    public:
        virtual ~Handler() = default;
        virtual void on_open() = 0;                     // the upgrade is through
        virtual void on_message(std::string_view) = 0;  // valid during the call
    };

    // Owns both. `ssl` is made for the descriptor's side.
    Wire(int descriptor, SSL *ssl, Side side, Handler &handler);
    ~Wire();
    Wire(const Wire &) = delete;

    // Everything that can be done without waiting. False: the connection is over.
    bool progress();

    void send_text(std::string_view text) { send(0x81, text); }
    size_t unsent() const { return out_.size() - out_begin_; }
    bool is_open() const { return open_; }

private:
    void send(uint8_t first_byte, std::string_view payload);
    bool flush();
    bool read();
    bool take_upgrade();
    bool take_frames();

    const int descriptor_;
    SSL *const ssl_;
    const Side side_;
    Handler &handler_;
    bool secured_ = false;
    bool open_ = false;
    std::string in_;
    size_t in_begin_ = 0;
    std::string out_;
    size_t out_begin_ = 0;
};

}  // namespace gemlive::bench
