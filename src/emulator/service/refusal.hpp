#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace gemlive::emulator {

// Why the service ends a connection.
struct Refusal {
    uint16_t code = 0;  // 0 = it does not
    std::string reason;

    explicit operator bool() const noexcept { return code != 0; }
};

inline Refusal invalid(std::string reason)
{
    return {1007, std::move(reason)};
}

}  // namespace gemlive::emulator
