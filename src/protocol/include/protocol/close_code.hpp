#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.hpp"

namespace gemlive::protocol {

enum class RetryClass : uint8_t {
    retry,                 // the same again, with the resumption handle
    retry_longer,          // after a longer wait than usual
    retry_without_handle,  // as a new session
    alter,                 // only after something was changed, see the advice
    fatal,                 // the same would fail again
};

const char *retry_class_name(RetryClass retry) noexcept;

enum class Phase : uint8_t {
    setup,    // before setupComplete
    running,
};

struct Verdict {
    RetryClass retry = RetryClass::retry;
    Status status = Status::network;
    const char *advice = "";  // what a person can do about it; may be empty
};

// `with_handle`: the setup of this connection carried a resumption handle. Codes that never are on the wire (1005,
// 1006, 1015) are welcome too.
Verdict classify_close(Phase phase, int code, std::string_view reason, bool with_handle) noexcept;

// The answer to the upgrade request. `detail` is the message of its body, if it had one.
Verdict classify_http(int http_status, std::string_view detail) noexcept;

// The error object of the REST services, which the upgrade's answer carries too.
struct RestError {
    int64_t code = 0;
    std::string status;
    std::string message;
    std::optional<int64_t> retry_delay_ms;
};

// Nothing if the body has another form.
std::optional<RestError> parse_rest_error(std::string_view body);

// The name of the field in `Invalid JSON payload received. Unknown name "x" at 'setup'`; empty for other reasons.
std::string_view refused_field(std::string_view reason) noexcept;

}  // namespace gemlive::protocol
