#pragma once

#include <nlohmann/json.hpp>

#include "base/json_text.hpp"  // parse_json, which takes no text of brackets alone

namespace gemlive::emulator {

// Ordered, because the service writes its members in a fixed order and a client may come to rely on it.
using Json = nlohmann::ordered_json;

}  // namespace gemlive::emulator
