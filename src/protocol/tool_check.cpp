#include <set>
#include <string>

#include "json_writer.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;

constexpr size_t longest_name = 64;  // of the two limits that Google states, the one that is safe

bool is_function_name(const std::string &name) noexcept
{
    constexpr const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.:-";
    return !name.empty() && name.size() <= longest_name && name.find_first_not_of(letters) == std::string::npos &&
           std::string_view("0123456789.:-").find(name.front()) == std::string_view::npos;
}

Error check_function(const json &function, std::set<std::string> &names)
{
    const auto name = function.is_object() ? function.find("name") : function.end();
    if (!function.is_object() || name == function.end() || !name->is_string()) {
        return invalid_argument("Each function declaration needs a \"name\".");
    }
    if (!is_function_name(*name)) {
        return invalid_argument("The function name \"" + name->get<std::string>() +
                                "\" is not possible: use up to 64 letters, digits, \"_\", \".\", \":\" and "
                                "\"-\", a letter or \"_\" first.");
    }
    if (!names.insert(*name).second) {
        return invalid_argument("The function " + name->get<std::string>() + " is declared twice.");
    }
    const bool has_json_schema = function.contains("parametersJsonSchema") ||
                                 function.contains("parameters_json_schema");
    if (function.contains("parameters") && has_json_schema) {
        return invalid_argument("The function " + name->get<std::string>() +
                                " has both parameters and parametersJsonSchema: give one of them.");
    }
    return {};
}

Error check_functions(const json &tool, std::set<std::string> &names)
{
    for (const char *key : {"functionDeclarations", "function_declarations"}) {
        const auto declarations = tool.find(key);
        if (declarations == tool.end()) {
            continue;
        }
        if (!declarations->is_array()) {
            return invalid_argument("functionDeclarations must be an array.");
        }
        for (const json &function : *declarations) {
            if (Error error = check_function(function, names)) {
                return error;
            }
        }
    }
    return {};
}

}  // namespace

Error check_tools(Flavour flavour, const json &tools)
{
    struct Only {
        const char *camel;
        const char *snake;
        Flavour flavour;
    };
    constexpr Only only[] = {
        {"fileSearch", "file_search", Flavour::gemini},
        {"mcpServers", "mcp_servers", Flavour::gemini},
        {"retrieval", "retrieval", Flavour::vertex},
        {"enterpriseWebSearch", "enterprise_web_search", Flavour::vertex},
        {"parallelAiSearch", "parallel_ai_search", Flavour::vertex},
        {"exaAiSearch", "exa_ai_search", Flavour::vertex},
    };
    if (!tools.is_array()) {
        return invalid_argument("The tools must be an array.");
    }
    std::set<std::string> names;
    for (const json &tool : tools) {
        if (!tool.is_object()) {
            return invalid_argument("Each tool must be an object.");
        }
        if (Error error = check_functions(tool, names)) {
            return error;
        }
        for (const Only &member : only) {
            if (member.flavour != flavour && (tool.contains(member.camel) || tool.contains(member.snake))) {
                return {Status::unsupported, std::string("The tool ") + member.camel + " exists on " +
                                                 (flavour == Flavour::gemini ? "Vertex AI" : "the Gemini API") +
                                                 " only: leave it out."};
            }
        }
    }
    return {};
}

}  // namespace gemlive::protocol
