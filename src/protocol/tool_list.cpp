#include "protocol/tool_list.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "json_writer.hpp"
#include "member_name.hpp"
#include "tool_schema.hpp"

namespace gemlive::protocol {
namespace {

enum class Part : uint8_t {
    text,         // goes out as it is
    behavior,
    parameters,   // a schema of any kind
    json_schema,  // real JSON Schema
    response,
    response_json_schema,
    mark,         // says what kind of tool it is
    left_out,     // the producer's own
    unknown,
};

struct DeclarationMember {
    std::string_view name;
    Part part;
};

// Of Google, of MCP (inputSchema), of OpenAI (type, strict) and of Anthropic (input_schema).
constexpr DeclarationMember declaration_members[] = {
    {"name", Part::text},
    {"description", Part::text},
    {"behavior", Part::behavior},
    {"parameters", Part::parameters},
    {"inputSchema", Part::parameters},
    {"parametersJsonSchema", Part::json_schema},
    {"response", Part::response},
    {"outputSchema", Part::response},
    {"responseJsonSchema", Part::response_json_schema},
    {"type", Part::mark},
    {"strict", Part::left_out},
    {"title", Part::left_out},
    {"annotations", Part::left_out},
    {"icons", Part::left_out},
    {"execution", Part::left_out},
    {"_meta", Part::left_out},
    {"meta", Part::left_out},
    {"cacheControl", Part::left_out},
    {"deferLoading", Part::left_out},
};

constexpr std::string_view tool_kinds[] = {
    "googleSearch", "codeExecution",       "urlContext",       "googleSearchRetrieval", "googleMaps", "computerUse",
    "fileSearch",   "mcpServers",          "retrieval",        "enterpriseWebSearch",   "parallelAiSearch",
    "exaAiSearch",  "functionDeclarations"};

std::string_view tool_kind_of(std::string_view key) noexcept
{
    const auto found = std::find_if(std::begin(tool_kinds), std::end(tool_kinds),
                                    [&](std::string_view kind) { return is_named(key, kind); });
    return found == std::end(tool_kinds) ? std::string_view() : *found;
}

Part part_of(std::string_view key) noexcept
{
    const auto found = std::find_if(std::begin(declaration_members), std::end(declaration_members),
                                    [&](const DeclarationMember &member) { return is_named(key, member.name); });
    return found == std::end(declaration_members) ? Part::unknown : found->part;
}

// UNSPECIFIED, BLOCKING or NON_BLOCKING, in any case; "" if it is none of them.
std::string behavior_named(const OrderedJson &value)
{
    if (!value.is_string()) {
        return "";
    }
    std::string name = value.get<std::string>();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
    return name == "UNSPECIFIED" || name == "BLOCKING" || name == "NON_BLOCKING" ? name : "";
}

class Maker {
public:
    Maker(Flavour flavour, const Capabilities &capabilities, std::string_view behavior)
        : flavour_(flavour), no_json_schema_(capabilities.refusal("json_schema")), behavior_(behavior)
    {
    }

    Error tool(const OrderedJson &given, const std::string &place)
    {
        if (!given.is_object()) {
            return invalid_argument(place + " has to be an object: a tool or a function declaration.");
        }
        for (const auto &[key, value] : given.items()) {
            if (!tool_kind_of(key).empty()) {
                return tool_of_the_api(given, place);
            }
        }
        const OrderedJson *const inner = function_of(given);
        if (!inner) {
            return invalid_argument(place + " is neither a function declaration nor a tool that the Live API has" +
                                    (given.empty() ? "." : ": it has \"" + given.begin().key() + "\"."));
        }
        if (inner == &given) {
            return declaration(given, place, functions_);
        }
        for (const auto &[key, value] : given.items()) {
            if (key != "type" && key != "function" && !value.is_null() && value != false) {
                leave_out(place + step_to(key));
            }
        }
        return declaration(*inner, place + ".function", functions_);
    }

    OrderedJson take_wire()
    {
        if (!functions_.empty()) {
            wire_.push_back({{"functionDeclarations", std::move(functions_)}});
        }
        return std::move(wire_);
    }

    std::vector<std::string> left_out;

private:
    // OpenAI's form has the function inside; null if it is none.
    static const OrderedJson *function_of(const OrderedJson &given)
    {
        const auto inner = given.find("function");
        if (inner != given.end() && inner->is_object()) {
            return &*inner;
        }
        const auto type = given.find("type");
        const bool other_kind = type != given.end() && *type != "function" && *type != "custom";
        return given.contains("name") && !other_kind ? &given : nullptr;
    }

    void leave_out(const std::string &place)
    {
        left_out.push_back(place + " is left out: the Live API has no such member.");
    }

    Error tool_of_the_api(const OrderedJson &given, const std::string &place)
    {
        OrderedJson tool = OrderedJson::object();
        for (const auto &[key, value] : given.items()) {
            const std::string kind(tool_kind_of(key));
            const std::string at = place + step_to(key);
            if (value.is_null()) {
                continue;
            }
            if (kind.empty()) {
                return invalid_argument(at + " is no tool that the Live API has.");
            }
            if (kind != "functionDeclarations") {
                tool[kind] = value;
                continue;
            }
            if (!value.is_array()) {
                return invalid_argument(at + " has to be an array.");
            }
            OrderedJson declarations = OrderedJson::array();
            for (size_t i = 0; i < value.size(); ++i) {
                if (Error error = declaration(value[i], at + step_to(i), declarations)) {
                    return error;
                }
            }
            tool[kind] = std::move(declarations);
        }
        if (!tool.empty()) {
            wire_.push_back(std::move(tool));
        }
        return {};
    }

    Error declaration(const OrderedJson &given, const std::string &place, OrderedJson &declarations)
    {
        if (!given.is_object()) {
            return invalid_argument(place + " has to be an object: a function declaration.");
        }
        OrderedJson made = OrderedJson::object();
        for (const auto &[key, value] : given.items()) {
            if (!value.is_null()) {
                if (Error error = member(key, value, place + step_to(key), made)) {
                    return error;
                }
            }
        }
        if (!made.contains("behavior") && !behavior_.empty()) {
            made["behavior"] = behavior_;
        }
        declarations.push_back(std::move(made));
        return {};
    }

    Error member(const std::string &key, const OrderedJson &value, const std::string &place, OrderedJson &made)
    {
        switch (part_of(key)) {
        case Part::text:
            if (!value.is_string()) {
                return invalid_argument(place + " has to be a text.");
            }
            made[key] = value;
            return {};
        case Part::behavior: {
            const std::string behavior = behavior_named(value);
            if (behavior.empty()) {
                return invalid_argument(place + " is " + value.dump() + "; allowed is BLOCKING or NON_BLOCKING.");
            }
            made["behavior"] = behavior;
            return {};
        }
        case Part::parameters:
            return schema(value, GivenAs::any_mix, SchemaOf::arguments, place, made);
        case Part::json_schema:
            return schema(value, GivenAs::json_schema, SchemaOf::arguments, place, made);
        case Part::response:
            return schema(value, GivenAs::any_mix, SchemaOf::answer, place, made);
        case Part::response_json_schema:
            return schema(value, GivenAs::json_schema, SchemaOf::answer, place, made);
        case Part::mark:
            return {};
        case Part::left_out:
            if (value != false) {
                leave_out(place);
            }
            return {};
        case Part::unknown:
            break;
        }
        return invalid_argument(place + " is no member of a function declaration.");
    }

    Error schema(const OrderedJson &given, GivenAs as, SchemaOf of, const std::string &place, OrderedJson &made)
    {
        const std::string own = of == SchemaOf::arguments ? "parameters" : "response";
        const std::string json = own + "JsonSchema";
        if (made.contains(own) || made.contains(json)) {
            return invalid_argument(place + " is a second schema: give parameters or parametersJsonSchema, and one of "
                                            "them.");
        }
        ToolSchema out;
        if (Error error = make_tool_schema(given, as, of, place, flavour_, no_json_schema_, out)) {
            return error;
        }
        std::move(out.left_out.begin(), out.left_out.end(), std::back_inserter(left_out));
        if (!out.schema.is_null()) {
            made[out.is_json_schema ? json : own] = std::move(out.schema);
        }
        return {};
    }

    const Flavour flavour_;
    const std::string no_json_schema_;
    const std::string behavior_;
    OrderedJson wire_ = OrderedJson::array();
    OrderedJson functions_ = OrderedJson::array();  // those that came without a tool around them: one tool, the last
};

}  // namespace

Error ToolList::make(const OrderedJson &given, Flavour flavour, const Capabilities &capabilities,
                     std::string_view behavior, ToolList &out)
{
    if (!given.is_array()) {
        return invalid_argument("The tools must be an array.");
    }
    Maker maker(flavour, capabilities, behavior);
    for (size_t i = 0; i < given.size(); ++i) {
        if (Error error = maker.tool(given[i], "tools" + step_to(i))) {
            return error;
        }
    }
    ToolList list;
    list.wire_ = maker.take_wire();
    if (Error error = capabilities.check_tools(flavour, nlohmann::json(list.wire_))) {
        return error;
    }
    list.given_ = given;
    list.left_out_ = std::move(maker.left_out);
    list.remember_functions();
    out = std::move(list);
    return {};
}

ToolList ToolList::raw(OrderedJson tools)
{
    ToolList list;
    list.given_ = tools;
    list.wire_ = std::move(tools);
    list.remember_functions();
    return list;
}

void ToolList::remember_functions()
{
    for (const OrderedJson &tool : wire_) {
        if (!tool.is_object()) {
            continue;
        }
        for (const auto &[key, declarations] : tool.items()) {
            if (!is_named(key, "functionDeclarations") || !declarations.is_array()) {
                continue;
            }
            for (const OrderedJson &function : declarations) {
                const auto name = function.is_object() ? function.find("name") : function.end();
                if (!function.is_object() || name == function.end() || !name->is_string()) {
                    continue;
                }
                const auto behavior = function.find("behavior");
                const std::string named = behavior == function.end() ? "" : behavior_named(*behavior);
                functions_.push_back({name->get<std::string>(), named.empty() ? "UNSPECIFIED" : named});
            }
        }
    }
}

const std::string *ToolList::behavior_of(std::string_view function) const noexcept
{
    const auto found = std::find_if(functions_.begin(), functions_.end(),
                                    [&](const Function &declared) { return declared.name == function; });
    return found == functions_.end() ? nullptr : &found->behavior;
}

}  // namespace gemlive::protocol
