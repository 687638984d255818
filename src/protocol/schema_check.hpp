#pragma once

#include <string>

#include "base/status.hpp"
#include "schema_keywords.hpp"

namespace gemlive::protocol {

// What the service refuses in whatever form it is sent: a `required` without its property, an `enum` without a type
// or of another type than its values, a type that there is none of, an object or an enum without anything in it, a
// keyword of the wrong kind. The error begins with the place. check_references comes first.
Error check_schema(const OrderedJson &root, const std::string &place);

}  // namespace gemlive::protocol
