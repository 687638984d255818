#include "json_schema.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::protocol {
namespace {

OrderedJson json_value(const Keyword &keyword, const OrderedJson &value)
{
    if (keyword.name == "type") {
        if (value.is_string()) {
            return lower_type(type_of(value.get_ref<const std::string &>()));
        }
        OrderedJson names = OrderedJson::array();
        for (const OrderedJson &name : value) {
            names.push_back(lower_type(type_of(name.get_ref<const std::string &>())));
        }
        return names;
    }
    if (keyword.holds == Holds::count && value.is_string()) {
        return std::stoll(value.get_ref<const std::string &>().substr(0, 18));
    }
    if (keyword.name == "ref") {
        const auto &text = value.get_ref<const std::string &>();
        return text.starts_with("#/defs/") ? "#/$" + text.substr(2) : text;
    }
    if (keyword.inside == Inside::nothing) {
        return value;
    }
    const bool is_map = keyword.inside == Inside::map || keyword.inside == Inside::definitions;
    if (value.is_array()) {
        OrderedJson list = OrderedJson::array();
        for (const OrderedJson &schema : value) {
            list.push_back(write_json_schema(schema));
        }
        return list;
    }
    if (!is_map || !value.is_object()) {
        return write_json_schema(value);
    }
    OrderedJson map = OrderedJson::object();
    for (const auto &[name, schema] : value.items()) {
        map[name] = write_json_schema(schema);
    }
    return map;
}

std::string json_name(const Keyword &keyword, const std::string &key)
{
    return keyword.name == "ref" ? "$ref" : keyword.name == "defs" ? "$defs" : keyword.name.empty() ? key
                                                                              : std::string(keyword.name);
}

OrderedJson with_null(OrderedJson schema)
{
    const OrderedJson null_schema = {{"type", "null"}};
    const auto type = schema.find("type");
    const auto any_of = schema.find("anyOf");
    // Each of these has to take a value, whatever stands beside it.
    const bool is_bound = schema.contains("$ref") || schema.contains("allOf") || schema.contains("oneOf") ||
                          schema.contains("const") || (type != schema.end() && any_of != schema.end());
    if (type != schema.end() && !is_bound) {
        if (type->is_string()) {
            *type = OrderedJson::array({*type});
        }
        if (std::find(type->begin(), type->end(), "null") == type->end()) {
            type->push_back("null");
        }
        const auto values = schema.find("enum");
        if (values != schema.end() && std::find(values->begin(), values->end(), OrderedJson()) == values->end()) {
            values->push_back(nullptr);
        }
        return schema;
    }
    if (any_of != schema.end() && !is_bound) {
        any_of->push_back(null_schema);
        return schema;
    }
    return {{"anyOf", OrderedJson::array({std::move(schema), null_schema})}};
}

}  // namespace

OrderedJson write_json_schema(const OrderedJson &schema)
{
    if (!schema.is_object()) {
        return schema;
    }
    OrderedJson out = OrderedJson::object();
    bool nullable = false;
    bool is_dump = false;  // of a library that writes out all that a schema could have: null is nothing there
    for (const auto &[key, value] : schema.items()) {
        is_dump = is_dump || (value.is_null() && !may_be_null(find_keyword(key).name));
    }
    const bool union_type = is_type_of_a_union(schema);
    for (const auto &[key, value] : schema.items()) {
        const Keyword &keyword = find_keyword(key);
        if (value.is_null() && (is_dump || !may_be_null(keyword.name))) {
            continue;
        }
        if (keyword.name == "type" && union_type) {
            continue;
        }
        if (keyword.name == "nullable") {
            nullable = value == true;
        } else if (keyword.name == "example") {
            out["examples"] = OrderedJson::array({value});
        } else {
            OrderedJson written = json_value(keyword, value);
            out[json_name(keyword, key)] = std::move(written);
        }
    }
    return nullable ? with_null(std::move(out)) : out;
}

}  // namespace gemlive::protocol
