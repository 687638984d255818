#include "settings/tools.hpp"

#include "json_member.hpp"
#include "protocol/tool_schema.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;

// A list of function declarations is taken for one Tool.
json as_tools(const json &given)
{
    json tools = json::array();
    json functions = json::array();
    for (const json &tool : given) {
        (tool.is_object() && tool.contains("name") ? functions : tools).push_back(tool);
    }
    if (!functions.empty()) {
        tools.push_back({{"functionDeclarations", functions}});
    }
    return tools;
}

std::string default_behavior(const Options &options, const protocol::Capabilities &can)
{
    const std::string wanted = options.text("tool_behavior");
    if (!wanted.empty() || can.tool_behavior == protocol::ToolBehavior::unspecified) {
        return wanted;
    }
    return can.tool_behavior == protocol::ToolBehavior::blocking ? "BLOCKING" : "NON_BLOCKING";
}

}  // namespace

json make_tools(const Options &options, const protocol::Capabilities &can)
{
    if (!options.is_set("tools")) {
        return json::array();
    }
    json tools = as_tools(options.get("tools"));
    protocol::fit_tool_schemas(tools);
    const std::string behavior = default_behavior(options, can);
    if (behavior.empty()) {
        return tools;
    }
    for (json &tool : tools) {
        if (!tool.is_object() || !tool.contains("functionDeclarations")) {
            continue;
        }
        for (json &function : tool["functionDeclarations"]) {
            if (function.is_object() && !function.contains("behavior")) {
                function["behavior"] = behavior;
            }
        }
    }
    return tools;
}

std::string behavior_of(const json &tools, const std::string &function)
{
    for (const json &tool : tools) {
        const json *const declarations = member(tool, "functionDeclarations", "function_declarations");
        if (!declarations || !declarations->is_array()) {
            continue;
        }
        for (const json &declared : *declarations) {
            if (declared.is_object() && declared.value("name", json()) == function) {
                const json behavior = declared.value("behavior", json());
                return behavior.is_string() ? behavior.get<std::string>() : "";
            }
        }
    }
    return "";
}

}  // namespace gemlive::settings
