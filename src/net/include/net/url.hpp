#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.hpp"

namespace gemlive::net {

struct Url {
    // Takes wss, ws, https and http; a port, an IPv6 literal in brackets, a path and a query may follow. `out` is
    // only written when the text is good.
    static Error parse(std::string_view text, Url &out);

    bool is_loopback() const;
    std::string authority() const;    // host and port, an IPv6 address in brackets
    std::string host_header() const;  // the same without a port that is the scheme's own

    bool tls = true;
    std::string host;      // lower case, without brackets
    uint16_t port = 443;
    std::string target;    // never empty, starts with a slash
    std::string userinfo;  // "user:password", still percent-encoded; only a proxy may have one
};

}  // namespace gemlive::net
