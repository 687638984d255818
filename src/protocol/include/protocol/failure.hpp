#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.hpp"

// What becomes of a connection that failed, or of an attempt at one: facts go in, one table decides, and the
// sentence for people is made here and nowhere else.
namespace gemlive::protocol {

enum class RetryClass : uint8_t {
    retry,                 // the same again, with the resumption handle
    retry_longer,          // after a longer wait than usual
    retry_once,            // with a fresh handle; the same once more is fatal
    retry_without_handle,  // as a new session
    alter,                 // only after something was changed, see the advice
    fatal,                 // the same would fail again
};

const char *retry_class_name(RetryClass retry) noexcept;

enum class Phase : uint8_t {
    dial,   // before the WebSocket is open
    setup,  // before setupComplete
    running,
};

// What was seen where neither an HTTP status nor a close frame says it.
enum class Cause : uint8_t {
    none,
    not_allowed,             // refused here: a bad URL, plaintext beyond this machine
    no_credential,           // there is none, or its provider says no
    credential_unreachable,  // the provider's own service did not answer
    name_lookup,
    unreachable,     // no address took the connection
    proxy,           // the proxy did not answer
    certificate,     // not trusted, of another name, out of date
    tls,             // no handshake for another reason
    not_web_socket,  // an answer that is no HTTP, or an upgrade that is none
    timeout,         // the deadline of all steps together
    lost,            // TCP ended without a close frame
    silent,          // the link was given up: nothing came, or nothing was acknowledged
    too_big,         // a message over our own bound
    memory,          // there was none for a message
    internal,
};

// What is known of a failure. Views live as long as the call.
struct FailureFacts {
    Phase phase = Phase::dial;
    bool ever_connected = false;  // this session, before: what worked once is not misconfigured
    bool with_handle = false;     // the setup carried a resumption handle
    Cause cause = Cause::none;
    std::string_view detail;  // a sentence of the system, the proxy or the provider, without full stop

    int http_status = 0;           // of an answer that was not the upgrade
    bool from_proxy = false;       // the answer is the proxy's own
    std::string_view http_body;    // its beginning is enough
    std::string_view retry_after;  // the header
    int64_t unix_time_s = 0;       // now; a Retry-After may be a date

    int close_code = 0;  // 1006 without a close frame; codes that never are on the wire are welcome too
    std::string_view close_reason;
};

struct Verdict {
    RetryClass retry = RetryClass::retry;
    Status status = Status::network;
    const char *advice = "";                // what a person can do about it; may be empty
    std::optional<int64_t> retry_after_ms;  // the server's wish
    bool no_such_model = false;
    bool by_service = false;                // an HTTP answer in the form of the service's own errors
    std::string sentence;                   // what happened, with the advice, without secrets
};

Verdict judge(const FailureFacts &facts);

// The error object of the REST services, which the upgrade's answer carries too.
struct RestError {
    int64_t code = 0;
    std::string status;
    std::string message;
    std::optional<int64_t> retry_delay_ms;  // of google.rpc.RetryInfo
};

// Nothing if the body has another form.
std::optional<RestError> parse_rest_error(std::string_view body);

// Milliseconds of a Retry-After, which is seconds or a date; nothing if it is neither.
std::optional<int64_t> parse_retry_after(std::string_view header, int64_t unix_time_s) noexcept;

// The name of the field in `Invalid JSON payload received. Unknown name "x" at 'setup'`; empty for other reasons.
std::string_view refused_field(std::string_view reason) noexcept;

}  // namespace gemlive::protocol
