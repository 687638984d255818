#pragma once

#include <string>

#include "json.hpp"
#include "refusal.hpp"

namespace gemlive::emulator {

// What the service refuses of a Schema whose members all have their types: `schema` is as the reader hands it on, and
// what is inside it was looked at already.
Refusal check_schema(const Json &schema, const std::string &path);

// Of real JSON Schema: no object, a reference that leads nowhere, and one that comes back.
Refusal check_json_schema(const Json &schema, const std::string &path);

}  // namespace gemlive::emulator
