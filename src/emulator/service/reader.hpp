#pragma once

#include <string_view>

#include "json.hpp"
#include "profile.hpp"
#include "refusal.hpp"

namespace gemlive::emulator {

// One client message, checked against the service's own message types and brought to lowerCamelCase. Content of
// applications (tool answers, JSON schemas, labels) keeps its keys. What is wrong comes back as the service says
// it.
Refusal read_client_message(std::string_view text, Flavour flavour, Json &message);

}  // namespace gemlive::emulator
