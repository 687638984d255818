#include "protocol/tool_schema.hpp"

#include <algorithm>
#include <string>

#include "json_writer.hpp"
#include "member_name.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;

bool is_keyword(std::string_view key) noexcept
{
    constexpr std::string_view keywords[] = {
        "type", "format", "title", "description", "nullable", "enum", "items", "properties", "required",
        "propertyOrdering", "anyOf", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength",
        "minProperties", "maxProperties", "pattern", "default", "example", "additionalProperties", "defs", "ref"};
    return std::any_of(std::begin(keywords), std::end(keywords),
                       [&](std::string_view keyword) { return is_named(key, keyword); });
}

bool is_string_type(const json &schema)
{
    const auto type = schema.find("type");
    return type == schema.end() || *type == "STRING" || *type == "string";
}

// ["string", "null"] is JSON Schema's way to say nullable.
void fit_type(json &schema)
{
    const auto type = schema.find("type");
    if (type == schema.end() || !type->is_array()) {
        return;
    }
    json first;
    for (const json &name : *type) {
        if (name == "null" || name == "NULL") {
            schema["nullable"] = true;
        } else if (first.is_null()) {
            first = name;
        }
    }
    if (first.is_null()) {
        schema.erase("type");
    } else {
        schema["type"] = first;
    }
}

void fit_enum(json &schema)
{
    const auto constant = schema.find("const");
    if (constant != schema.end() && !schema.contains("enum")) {
        schema["enum"] = json::array({*constant});
    }
    const auto values = schema.find("enum");
    if (values == schema.end()) {
        return;
    }
    const bool only_strings =
        values->is_array() &&
        std::all_of(values->begin(), values->end(), [](const json &value) { return value.is_string(); });
    if (!only_strings || !is_string_type(schema)) {
        schema.erase("enum");
    }
}

void fit(json &schema)
{
    if (!schema.is_object()) {
        return;
    }
    fit_type(schema);
    fit_enum(schema);
    for (auto member = schema.begin(); member != schema.end();) {
        member = is_keyword(member.key()) ? std::next(member) : schema.erase(member);
    }
    for (auto &[key, member] : schema.items()) {
        if (key == "items") {
            fit(member);
        } else if (is_named(key, "anyOf") && member.is_array()) {
            std::for_each(member.begin(), member.end(), fit);
        } else if ((key == "properties" || key == "defs") && member.is_object()) {
            std::for_each(member.begin(), member.end(), fit);
        }
    }
}

}  // namespace

void fit_tool_schemas(json &tools)
{
    if (!tools.is_array() || check_depth(tools, "The list of tools")) {
        return;
    }
    for (json &tool : tools) {
        if (!tool.is_object()) {
            continue;
        }
        for (auto &[name, declarations] : tool.items()) {
            if (!is_named(name, "functionDeclarations") || !declarations.is_array()) {
                continue;
            }
            for (json &function : declarations) {
                if (!function.is_object()) {
                    continue;
                }
                for (const char *schema : {"parameters", "response"}) {
                    if (function.contains(schema)) {
                        fit(function[schema]);
                    }
                }
            }
        }
    }
}

}  // namespace gemlive::protocol
