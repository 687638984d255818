#include "platform/name_lookup.hpp"

#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace gemlive::platform {
namespace {

std::vector<Address> ask(const std::string &host, int flags, std::string &why)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo *found = nullptr;
    const int code = getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (code != 0) {
        why = gai_strerror(code);
        return {};
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo *)> owner(found, freeaddrinfo);
    std::vector<Address> out;
    for (const addrinfo *entry = found; entry != nullptr; entry = entry->ai_next) {
        Address address;
        if (entry->ai_family == AF_INET6) {
            sockaddr_in6 from{};
            std::memcpy(&from, entry->ai_addr, sizeof from);
            address.ipv6 = true;
            address.scope = from.sin6_scope_id;
            std::memcpy(address.bytes.data(), &from.sin6_addr, sizeof from.sin6_addr);
        } else if (entry->ai_family == AF_INET) {
            sockaddr_in from{};
            std::memcpy(&from, entry->ai_addr, sizeof from);
            std::memcpy(address.bytes.data(), &from.sin_addr, sizeof from.sin_addr);
        } else {
            continue;
        }
        out.push_back(address);
    }
    if (out.empty()) {
        why = "it has no address";
    }
    return out;
}

}  // namespace

// A machine without a network has no address but loopback's, and AI_ADDRCONFIG would then hide even localhost.
std::vector<Address> look_up_name(const std::string &host, std::string &why)
{
    std::vector<Address> out = ask(host, AI_ADDRCONFIG, why);
    return out.empty() ? ask(host, 0, why) : out;
}

}  // namespace gemlive::platform
