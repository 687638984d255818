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

Error step_timeout(Step step, int64_t total_ms)
{
    return Error(Status::timeout, "connecting took longer than " + std::to_string(total_ms) +
                                      " ms; it was in step " + step_name(step));
}

}  // namespace gemlive::net
