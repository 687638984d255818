#pragma once

#include "schema_keywords.hpp"

namespace gemlive::protocol {

// Real JSON Schema from whatever mix of it and of the API's Schema came: types in lower case, `nullable` as the type
// null. What is real JSON Schema stays as it is.
OrderedJson write_json_schema(const OrderedJson &schema);

}  // namespace gemlive::protocol
