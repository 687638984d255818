#include "wire.hpp"

#include <cstring>
#include <ctime>

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <unistd.h>

namespace gemlive::bench {
namespace {

constexpr size_t read_size = 64 * 1024;
constexpr const char *upgrade = "GET /bench HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

std::string accept_of(std::string_view key)
{
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char hash[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char *>(text.data()), text.size(), hash);
    char encoded[64];
    EVP_EncodeBlock(reinterpret_cast<unsigned char *>(encoded), hash, sizeof hash);
    return encoded;
}

std::string header_of(std::string_view request, std::string_view name)
{
    const size_t at = request.find(name);
    const size_t begin = request.find_first_not_of(": ", at + name.size());
    return std::string(request.substr(begin, request.find("\r\n", begin) - begin));
}

}  // namespace

int64_t now_ns()
{
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

Wire::Wire(int descriptor, SSL *ssl, Side side, Handler &handler)
    : descriptor_(descriptor), ssl_(ssl), side_(side), handler_(handler)
{
    SSL_set_fd(ssl_, descriptor_);
    SSL_set_mode(ssl_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

Wire::~Wire()
{
    SSL_free(ssl_);
    ::close(descriptor_);
}

bool Wire::progress()
{
    if (!secured_) {
        const int done = side_ == Side::client ? SSL_connect(ssl_) : SSL_accept(ssl_);
        if (done != 1) {
            const int error = SSL_get_error(ssl_, done);
            return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
        }
        secured_ = true;
        if (side_ == Side::client) {
            out_ += upgrade;
        }
    }
    return flush() && read();
}

bool Wire::flush()
{
    while (out_begin_ < out_.size()) {
        size_t written = 0;
        if (SSL_write_ex(ssl_, out_.data() + out_begin_, out_.size() - out_begin_, &written) != 1) {
            const int error = SSL_get_error(ssl_, 0);
            return error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ;
        }
        out_begin_ += written;
    }
    out_.clear();
    out_begin_ = 0;
    return true;
}

bool Wire::read()
{
    for (;;) {
        const size_t held = in_.size();
        in_.resize(held + read_size);
        size_t got = 0;
        const bool any = SSL_read_ex(ssl_, in_.data() + held, read_size, &got) == 1;
        in_.resize(held + got);
        if (!any) {
            const int error = SSL_get_error(ssl_, 0);
            return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
        }
        if ((!open_ && !take_upgrade()) || (open_ && !take_frames())) {
            return false;
        }
    }
}

bool Wire::take_upgrade()
{
    const size_t end = in_.find("\r\n\r\n");
    if (end == std::string::npos) {
        return true;
    }
    if (side_ == Side::server) {
        out_ += "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
                accept_of(header_of(in_, "Sec-WebSocket-Key")) + "\r\n\r\n";
    } else if (in_.compare(0, 12, "HTTP/1.1 101") != 0) {
        return false;
    }
    in_begin_ = end + 4;
    open_ = true;
    handler_.on_open();
    return flush();
}

bool Wire::take_frames()
{
    for (;;) {
        const size_t left = in_.size() - in_begin_;
        auto *const frame = reinterpret_cast<unsigned char *>(in_.data()) + in_begin_;
        if (left < 2) {
            break;
        }
        size_t header = 2;
        uint64_t size = frame[1] & 0x7F;
        if (size >= 126) {
            const size_t bytes = size == 126 ? 2 : 8;
            header += bytes;
            if (left < header) {
                break;
            }
            size = 0;
            for (size_t i = 0; i < bytes; ++i) {
                size = size << 8 | frame[2 + i];
            }
        }
        const unsigned char *const mask = frame[1] & 0x80 ? frame + header : nullptr;
        header += mask ? 4 : 0;
        if (left < header + size) {
            break;
        }
        unsigned char *const payload = frame + header;
        if (mask) {
            uint64_t wide;
            const unsigned char twice[8] = {mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3]};
            std::memcpy(&wide, twice, sizeof wide);
            uint64_t i = 0;
            for (uint64_t part; i + 8 <= size; i += 8) {
                std::memcpy(&part, payload + i, 8);
                part ^= wide;
                std::memcpy(payload + i, &part, 8);
            }
            for (; i < size; ++i) {
                payload[i] ^= mask[i % 4];
            }
        }
        const int opcode = frame[0] & 0x0F;
        const std::string_view text(reinterpret_cast<char *>(payload), size);
        in_begin_ += header + size;
        if (opcode == 8) {
            return false;
        }
        if (opcode == 9) {
            send(0x8A, text);
        } else if (opcode == 1 || opcode == 2) {
            handler_.on_message(text);
        }
    }
    if (in_begin_ == in_.size()) {
        in_.clear();
        in_begin_ = 0;
    } else if (in_begin_ > read_size) {
        in_.erase(0, in_begin_);
        in_begin_ = 0;
    }
    return true;
}

void Wire::send(uint8_t first_byte, std::string_view payload)
{
    const uint8_t masked = side_ == Side::client ? 0x80 : 0;
    out_ += static_cast<char>(first_byte);
    const auto big_endian = [this](uint64_t value, int bytes) {
        for (int i = bytes - 1; i >= 0; --i) {
            out_ += static_cast<char>(value >> (8 * i));
        }
    };
    if (payload.size() < 126) {
        out_ += static_cast<char>(masked | payload.size());
    } else if (payload.size() < 65536) {
        out_ += static_cast<char>(masked | 126);
        big_endian(payload.size(), 2);
    } else {
        out_ += static_cast<char>(masked | 127);
        big_endian(payload.size(), 8);
    }
    if (masked) {
        out_.append(4, '\0');  // a mask of zeros: the same work for TLS, and the masking itself is not what is measured
    }
    out_ += payload;
    flush();
}

}  // namespace gemlive::bench
