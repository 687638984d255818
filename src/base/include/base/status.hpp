#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace gemlive {

// The statuses of the C API, with the same values (capi/status.cpp asserts that).
enum class Status : int32_t {
    ok = 0,
    invalid_argument = -1,
    invalid_handle = -2,
    invalid_state = -3,
    too_small = -4,
    would_block = -5,
    timeout = -6,
    closed = -7,
    cancelled = -8,
    would_deadlock = -9,
    network = -10,
    tls = -11,
    auth = -12,
    quota = -13,
    protocol = -14,
    unsupported = -15,
    out_of_memory = -16,
    internal = -17,
};

// The constant's name in C, such as "GEMLIVE_ERROR_TIMEOUT". Never null.
const char *status_name(Status status) noexcept;

// What to do (status) and what happened (message, one sentence for a person).
struct Error {
    Error() = default;
    Error(Status status, std::string message) : status(status), message(std::move(message)) {}

    explicit operator bool() const noexcept { return status != Status::ok; }

    Status status = Status::ok;
    std::string message;
};

}  // namespace gemlive
