#pragma once

#include <string>
#include <vector>

#include "protocol/flavour.hpp"
#include "schema_keywords.hpp"

namespace gemlive::protocol {

// A schema in the form of the API's own Schema.
struct WrittenSchema {
    OrderedJson schema;                // null: an object without members
    std::string unsaid;                // the place of what that form cannot say, and why; empty if it says all
    std::vector<std::string> remarks;  // the places of remarks that it cannot say
};

// References are inlined, null becomes `nullable`, a constant an `enum`, and the order of the properties is told.
// `root` was checked: its references end.
WrittenSchema write_schema(const OrderedJson &root, const std::string &place, Flavour flavour);

}  // namespace gemlive::protocol
