#include "transport.hpp"

#include <boost/asio/error.hpp>

#include "platform/socket.hpp"

namespace gemlive::net {
namespace {

error_code as_asio(const std::error_code &error)
{
    return error_code(error.value(), boost::system::system_category());
}

}  // namespace

Transport::Transport(TcpSocket socket) : socket_(std::move(socket)), last_received_(Clock::now()) {}

Attempt Transport::receive(void *data, size_t size)
{
    Attempt out;
    if (!socket_.is_open()) {
        out.error = asio::error::operation_aborted;
        return out;
    }
    if (drained_) {
        out.wait = Attempt::Wait::readable;
        return out;
    }
    const platform::Transfer moved = platform::receive(socket_.native_handle(), data, size);
    if (moved.would_block) {
        drained_ = true;
        out.wait = Attempt::Wait::readable;
        return out;
    }
    if (moved.error || moved.bytes == 0) {
        read_error_ = moved.error ? as_asio(moved.error) : error_code(asio::error::eof);
        out.error = read_error_;
        return out;
    }
    drained_ = moved.bytes < size;
    bytes_received_ += moved.bytes;
    last_received_ = Clock::now();
    out.bytes = moved.bytes;
    return out;
}

Attempt Transport::send(const void *data, size_t size)
{
    Attempt out;
    if (!socket_.is_open()) {
        out.error = asio::error::operation_aborted;
        return out;
    }
    if (!write_error_) {
        const platform::Transfer moved = platform::send(socket_.native_handle(), data, size);
        if (moved.would_block) {
            out.wait = Attempt::Wait::writable;
            return out;
        }
        if (!moved.error) {
            bytes_written_ += moved.bytes;
            out.bytes = moved.bytes;
            return out;
        }
        write_error_ = as_asio(moved.error);
    }
    out.bytes = size;  // the socket would never take it
    return out;
}

}  // namespace gemlive::net
