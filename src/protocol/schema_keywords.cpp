#include "schema_keywords.hpp"

#include <algorithm>
#include <iterator>

#include "member_name.hpp"

namespace gemlive::protocol {
namespace {

constexpr Keyword keywords[] = {
    {"type", Said::by_others},
    {"format", Said::as_it_is, Holds::text},
    {"title", Said::as_it_is, Holds::text},
    {"description", Said::as_it_is, Holds::text},
    {"nullable", Said::as_it_is, Holds::flag},
    {"default", Said::as_it_is},
    {"example", Said::as_it_is},
    {"examples", Said::by_others},
    {"enum", Said::by_others, Holds::list},
    {"const", Said::by_others},

    {"properties", Said::as_it_is, Holds::object, objects, Inside::map},
    {"required", Said::as_it_is, Holds::texts, objects},
    {"propertyOrdering", Said::as_it_is, Holds::texts, objects},
    {"minProperties", Said::as_it_is, Holds::count, objects},
    {"maxProperties", Said::as_it_is, Holds::count, objects},
    {"additionalProperties", Said::by_others, Holds::anything, objects, Inside::schema},
    {"patternProperties", Said::restriction, Holds::object, objects, Inside::map},
    {"unevaluatedProperties", Said::restriction, Holds::anything, objects, Inside::schema},
    {"propertyNames", Said::restriction, Holds::anything, objects, Inside::schema},
    {"dependentSchemas", Said::restriction, Holds::object, objects, Inside::map},
    {"dependentRequired", Said::restriction, Holds::object, objects},
    {"dependencies", Said::restriction, Holds::object, objects, Inside::map},

    {"items", Said::as_it_is, Holds::anything, arrays, Inside::schema},
    {"minItems", Said::as_it_is, Holds::count, arrays},
    {"maxItems", Said::as_it_is, Holds::count, arrays},
    {"prefixItems", Said::restriction, Holds::list, arrays, Inside::list},
    {"additionalItems", Said::restriction, Holds::anything, arrays, Inside::schema},
    {"unevaluatedItems", Said::restriction, Holds::anything, arrays, Inside::schema},
    {"contains", Said::restriction, Holds::anything, arrays, Inside::schema},
    {"minContains", Said::restriction, Holds::count, arrays},
    {"maxContains", Said::restriction, Holds::count, arrays},
    {"uniqueItems", Said::restriction, Holds::flag, arrays},

    {"minLength", Said::as_it_is, Holds::count, strings},
    {"maxLength", Said::as_it_is, Holds::count, strings},
    {"pattern", Said::as_it_is, Holds::text, strings},
    {"contentEncoding", Said::remark, Holds::text, strings},
    {"contentMediaType", Said::remark, Holds::text, strings},
    {"contentSchema", Said::remark, Holds::anything, strings, Inside::schema},

    {"minimum", Said::as_it_is, Holds::number, numbers | integers},
    {"maximum", Said::as_it_is, Holds::number, numbers | integers},
    {"exclusiveMinimum", Said::by_others, Holds::anything, numbers | integers},
    {"exclusiveMaximum", Said::by_others, Holds::anything, numbers | integers},
    {"multipleOf", Said::restriction, Holds::number, numbers | integers},

    {"anyOf", Said::by_others, Holds::list, all_types, Inside::list},
    {"oneOf", Said::by_others, Holds::list, all_types, Inside::list},
    {"allOf", Said::by_others, Holds::list, all_types, Inside::list},
    {"not", Said::restriction, Holds::anything, all_types, Inside::schema},
    {"if", Said::restriction, Holds::anything, all_types, Inside::schema},
    {"then", Said::restriction, Holds::anything, all_types, Inside::schema},
    {"else", Said::restriction, Holds::anything, all_types, Inside::schema},

    {"$ref", Said::by_others, Holds::text},
    {"ref", Said::by_others, Holds::text},
    {"$dynamicRef", Said::restriction, Holds::text},
    {"$defs", Said::needless, Holds::object, all_types, Inside::definitions},
    {"defs", Said::needless, Holds::object, all_types, Inside::definitions},
    {"definitions", Said::needless, Holds::object, all_types, Inside::definitions},
    {"$schema", Said::needless},
    {"$id", Said::needless},
    {"$anchor", Said::needless},
    {"$dynamicAnchor", Said::needless},
    {"$vocabulary", Said::needless},
    {"$comment", Said::needless},
};

struct TypeName {
    Types type;
    std::string_view lower;
};

constexpr TypeName type_names[] = {{strings, "string"}, {numbers, "number"}, {integers, "integer"},
                                   {booleans, "boolean"}, {arrays, "array"}, {objects, "object"}, {nulls, "null"}};

std::string in_case(std::string_view text, char first, char last, int shift)
{
    std::string result(text);
    for (char &c : result) {
        c = static_cast<char>(c >= first && c <= last ? c + shift : c);
    }
    return result;
}

}  // namespace

const Keyword &find_keyword(std::string_view key) noexcept
{
    static constexpr Keyword unknown = {"", Said::remark};
    const auto found = std::find_if(std::begin(keywords), std::end(keywords),
                                    [&](const Keyword &keyword) { return is_named(key, keyword.name); });
    return found == std::end(keywords) ? unknown : *found;
}

Types type_of(std::string_view name) noexcept
{
    const std::string lower = in_case(name, 'A', 'Z', 'a' - 'A');
    const auto found = std::find_if(std::begin(type_names), std::end(type_names),
                                    [&](const TypeName &entry) { return entry.lower == lower; });
    return found == std::end(type_names) ? Types(0) : found->type;
}

std::string lower_type(Types type)
{
    const auto found = std::find_if(std::begin(type_names), std::end(type_names),
                                    [&](const TypeName &entry) { return entry.type == type; });
    return std::string(found->lower);
}

std::string upper_type(Types type)
{
    return in_case(lower_type(type), 'a', 'z', 'A' - 'a');
}

bool is_of(const OrderedJson &value, Types types) noexcept
{
    switch (value.type()) {
    case OrderedJson::value_t::string:
        return types & strings;
    case OrderedJson::value_t::boolean:
        return types & booleans;
    case OrderedJson::value_t::array:
        return types & arrays;
    case OrderedJson::value_t::object:
        return types & objects;
    case OrderedJson::value_t::null:
        return types & nulls;
    default:
        return types & (numbers | integers);
    }
}

bool may_be_null(std::string_view keyword) noexcept
{
    return keyword == "default" || keyword == "const" || keyword == "example";
}

const OrderedJson *said(const OrderedJson &schema, std::string_view name)
{
    for (const auto &[key, value] : schema.items()) {
        if (find_keyword(key).name == name && !value.is_null()) {
            return &value;
        }
    }
    return nullptr;
}

namespace {

Types single_type(const OrderedJson &schema)
{
    const OrderedJson *const type = schema.is_object() ? said(schema, "type") : nullptr;
    return type && type->is_string() ? type_of(type->get_ref<const std::string &>()) : Types(0);
}

}  // namespace

bool is_type_of_a_union(const OrderedJson &schema)
{
    const OrderedJson *const any_of = said(schema, "anyOf");
    return any_of && any_of->is_array() && !said(schema, "properties") && single_type(schema) == objects &&
           std::any_of(any_of->begin(), any_of->end(), [](const OrderedJson &branch) {
               const Types type = single_type(branch);
               return type != 0 && type != objects && type != nulls;
           });
}

std::string step_to(std::string_view name)
{
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c == '_' || c == '$' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    });
    return plain ? "." + std::string(name) : "[\"" + std::string(name) + "\"]";
}

std::string step_to(size_t index)
{
    return "[" + std::to_string(index) + "]";
}

}  // namespace gemlive::protocol
