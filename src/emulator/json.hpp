#pragma once

#include <nlohmann/json.hpp>

namespace gemlive::emulator {

// Ordered, because the service writes its members in a fixed order and a client may come to rely on it.
using Json = nlohmann::ordered_json;

}  // namespace gemlive::emulator
