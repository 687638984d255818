#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.hpp"
#include "protocol/flavour.hpp"
#include "schema_keywords.hpp"

namespace gemlive::protocol {

// What a function's schema was given as.
enum class SchemaOf : uint8_t { arguments, answer };
enum class GivenAs : uint8_t { any_mix, json_schema };

// How a function's schema goes out.
struct ToolSchema {
    OrderedJson schema;                 // null: there is none
    bool is_json_schema = false;        // else the API's own Schema
    std::vector<std::string> left_out;  // sentences: remarks for which there is no place
};

// The API's own Schema where it can say everything, else real JSON Schema. `no_json_schema` is the sentence of a model
// that takes the first only; empty for all others. Refuses what neither can carry, and what the service is known to
// refuse; the error names the place, which begins with `place`.
Error make_tool_schema(const OrderedJson &given, GivenAs as, SchemaOf of, const std::string &place, Flavour flavour,
                       std::string_view no_json_schema, ToolSchema &out);

}  // namespace gemlive::protocol
