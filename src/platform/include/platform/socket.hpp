#pragma once

#include <cstddef>
#include <optional>
#include <system_error>

#include "platform/descriptor.hpp"

namespace gemlive::platform {

// A TCP socket that does not block and that no child inherits, not even one that is started at this moment.
Descriptor open_tcp_socket(bool ipv6, std::error_code &error) noexcept;

// Bytes given to the socket that the peer's TCP has not acknowledged yet; nothing where the system cannot tell.
std::optional<size_t> unacknowledged_bytes(int socket) noexcept;

// One try, without waiting and without a signal. `would_block`: nothing could be moved now, later it can.
struct Transfer {
    size_t bytes = 0;  // received: 0 without an error is the peer's end
    std::error_code error;
    bool would_block = false;
};
Transfer receive(int socket, void *data, size_t size) noexcept;
Transfer send(int socket, const void *data, size_t size) noexcept;

}  // namespace gemlive::platform
