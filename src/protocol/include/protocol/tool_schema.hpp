#pragma once

#include <nlohmann/json.hpp>

namespace gemlive::protocol {

// Makes the `parameters` and `response` schemas of all function declarations fit the service's restricted form,
// which closes the socket on any other JSON Schema keyword: those are dropped, `const` becomes an `enum` of one, an
// `enum` of anything but strings goes, and a list of types becomes one type that may be null. What is in
// `parametersJsonSchema` is real JSON Schema and stays. `tools` is an array of Tool; other shapes are left to
// check_tools.
void fit_tool_schemas(nlohmann::json &tools);

}  // namespace gemlive::protocol
