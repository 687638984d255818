#pragma once

#include <cstddef>
#include <cstdint>

#include "base/clock.hpp"
#include "connect_race.hpp"

namespace gemlive::net {

using boost::system::error_code;

// What is written in one go: a piece of Beast's write buffer, and a frame's header.
inline constexpr size_t write_buffer_bytes = 4096;
inline constexpr size_t max_write_bytes = write_buffer_bytes + 64;

// One try at moving bytes, without waiting.
struct Attempt {
    enum class Wait : uint8_t { none, readable, writable };

    error_code error;
    size_t bytes = 0;
    Wait wait = Wait::none;  // nothing was moved; try again when the socket is so
};

// TCP below TLS. It counts, and it keeps write errors to itself: a server that closes with a reason and then resets
// makes our writes fail while its close frame still waits to be read, and the layers above would never read again
// after a failed write. Whoever writes asks write_error() afterwards.
class Transport {
public:
    explicit Transport(TcpSocket socket);

    TcpSocket &socket() { return socket_; }
    const TcpSocket &socket() const { return socket_; }

    Attempt receive(void *data, size_t size);
    Attempt send(const void *data, size_t size);
    void on_readable() { drained_ = false; }  // the wait that receive() asked for is over

    uint64_t bytes_received() const { return bytes_received_; }
    uint64_t bytes_written() const { return bytes_written_; }
    Clock::time_point last_received() const { return last_received_; }
    error_code read_error() const { return read_error_; }
    error_code write_error() const { return write_error_; }

private:
    TcpSocket socket_;
    uint64_t bytes_received_ = 0;
    uint64_t bytes_written_ = 0;
    Clock::time_point last_received_;
    bool drained_ = false;  // the last receive took all there was: another would only be told to wait
    error_code read_error_;
    error_code write_error_;
};

}  // namespace gemlive::net
