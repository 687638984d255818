#include "net/link.hpp"

#include "web_socket_link.hpp"

namespace gemlive::net {

std::shared_ptr<Link> Link::create(asio::io_context &io)
{
    return std::make_shared<WebSocketLink>(io);
}

const char *step_name(Step step) noexcept
{
    switch (step) {
    case Step::resolve: return "resolve";
    case Step::tcp: return "tcp";
    case Step::proxy: return "proxy";
    case Step::tls: return "tls";
    case Step::upgrade: return "upgrade";
    case Step::setup: return "setup";
    }
    return "unknown";
}

const char *dial_fault_name(DialFault fault) noexcept
{
    switch (fault) {
    case DialFault::none: return "none";
    case DialFault::options: return "options";
    case DialFault::name: return "name";
    case DialFault::unreachable: return "unreachable";
    case DialFault::plaintext: return "plaintext";
    case DialFault::proxy: return "proxy";
    case DialFault::certificate: return "certificate";
    case DialFault::tls: return "tls";
    case DialFault::lost: return "lost";
    case DialFault::http: return "http";
    case DialFault::not_http: return "not_http";
    case DialFault::deadline: return "deadline";
    case DialFault::cancelled: return "cancelled";
    }
    return "unknown";
}

const char *end_cause_name(EndCause cause) noexcept
{
    switch (cause) {
    case EndCause::close_frame: return "close_frame";
    case EndCause::hung_up: return "hung_up";
    case EndCause::reset: return "reset";
    case EndCause::network: return "network";
    case EndCause::tls: return "tls";
    case EndCause::protocol: return "protocol";
    case EndCause::too_big: return "too_big";
    case EndCause::close_timeout: return "close_timeout";
    case EndCause::liveness: return "liveness";
    case EndCause::deadline: return "deadline";
    case EndCause::memory: return "memory";
    case EndCause::internal: return "internal";
    }
    return "unknown";
}

Error step_timeout(Step step, int64_t total_ms)
{
    return Error(Status::timeout, "connecting took longer than " + std::to_string(total_ms) +
                                      " ms; it was in step " + step_name(step));
}

}  // namespace gemlive::net
