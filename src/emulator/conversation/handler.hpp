#pragma once

#include <string_view>

namespace gemlive::emulator {

// What answers on one connection.
class Handler {
public:
    virtual ~Handler() = default;
    virtual void start() = 0;  // the upgrade is done
    virtual void receive(std::string_view text, bool binary) = 0;
    virtual void lost() = 0;  // the connection is gone
};

}  // namespace gemlive::emulator
