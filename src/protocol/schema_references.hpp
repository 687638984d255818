#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.hpp"
#include "schema_keywords.hpp"

namespace gemlive::protocol {

// What "$ref" of a schema leads to, "#/$defs/Name" within `root`; null if that is nothing.
const OrderedJson *find_reference(const OrderedJson &root, std::string_view reference);

// The reference that a schema is, in either spelling; null if it is none.
const OrderedJson *reference_of(const OrderedJson &schema);

// The definitions that references lead to, or the unused ones too.
enum class Walked : uint8_t { used, all };

// Refuses references that lead nowhere, and those that come back to where they began, at any depth. `place` is where
// `root` is, for the sentence.
Error check_references(const OrderedJson &root, const std::string &place, Walked walked);

}  // namespace gemlive::protocol
