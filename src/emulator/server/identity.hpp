#pragma once

#include <string>

namespace gemlive::emulator {

struct Identity {
    std::string ca_pem;
    std::string certificate_pem;
    std::string key_pem;
};

// A throw-away CA and a certificate of it for localhost, 127.0.0.1 and ::1, valid for some days. Throws
// std::runtime_error.
Identity make_identity();

}  // namespace gemlive::emulator
