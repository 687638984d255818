#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace gemlive::platform {

struct Address {
    bool ipv6 = false;
    std::array<uint8_t, 16> bytes{};  // in the network's order; IPv4 has the first four
    uint32_t scope = 0;               // of an IPv6 address that is good on one interface only
};

// Asks the system's resolver, however long that takes: nothing can interrupt it. In its own order. If the list is
// empty, `why` says why.
std::vector<Address> look_up_name(const std::string &host, std::string &why);

}  // namespace gemlive::platform
