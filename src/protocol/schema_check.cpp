#include "schema_check.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "json_writer.hpp"
#include "schema_references.hpp"

namespace gemlive::protocol {
namespace {

// What is said about one value in several schemas at once need not be whole in any of them.
enum class Wholeness : uint8_t {
    whole,
    one_of_several,  // what stands around it holds as well
    piece,
};

const OrderedJson *find(const OrderedJson &schema, std::string_view name)
{
    for (const auto &[key, value] : schema.items()) {
        if (find_keyword(key).name == name && !value.is_null()) {
            return &value;
        }
    }
    return nullptr;
}

bool says_more_elsewhere(const OrderedJson &schema)
{
    return find(schema, "$ref") || find(schema, "ref") || find(schema, "allOf") || find(schema, "anyOf") ||
           find(schema, "oneOf");
}

bool is_count(const OrderedJson &value)
{
    if (value.is_string()) {  // as Google's own libraries write 64 bits
        const auto &digits = value.get_ref<const std::string &>();
        return !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
    }
    return value.is_number() && value.get<double>() >= 0 && value.get<double>() == std::floor(value.get<double>());
}

bool holds(const OrderedJson &value, Holds kind)
{
    switch (kind) {
    case Holds::text:
        return value.is_string();
    case Holds::texts:
        return value.is_array() && std::all_of(value.begin(), value.end(), [](const auto &item) { return item.is_string(); });
    case Holds::flag:
        return value.is_boolean();
    case Holds::count:
        return is_count(value);
    case Holds::number:
        return value.is_number();
    case Holds::object:
        return value.is_object();
    case Holds::list:
        return value.is_array();
    case Holds::anything:
        break;
    }
    return true;
}

const char *name_of(Holds kind)
{
    switch (kind) {
    case Holds::text:
        return "a text";
    case Holds::texts:
        return "an array of texts";
    case Holds::flag:
        return "true or false";
    case Holds::count:
        return "a whole number";
    case Holds::number:
        return "a number";
    case Holds::object:
        return "an object";
    case Holds::list:
        return "an array";
    case Holds::anything:
        break;
    }
    return "a value";
}

class SchemaCheck {
public:
    // A function without arguments is possible, an object without members is not.
    explicit SchemaCheck(const OrderedJson &arguments) : arguments_(&arguments) {}

    Error error;

    bool visit(const OrderedJson &schema, const std::string &place, Wholeness wholeness)
    {
        if (!schema.is_object()) {
            return true;
        }
        Types types = 0;
        if (!check_kinds(schema, place) || !check_type(schema, place, types) ||
            !check_enum(schema, place, types, wholeness) || !check_object(schema, place, types, wholeness)) {
            return false;
        }
        for (const auto &[key, value] : schema.items()) {
            const Keyword &keyword = find_keyword(key);
            const Wholeness inner = wholeness_in(keyword.name, wholeness);
            if (!each_schema(keyword, value, place + step_to(key), [&](const OrderedJson &in, const std::string &at) {
                    return visit(in, at, inner);
                })) {
                return false;
            }
        }
        return true;
    }

private:
    static Wholeness wholeness_in(std::string_view keyword, Wholeness around)
    {
        if (keyword == "anyOf" || keyword == "oneOf") {
            return around == Wholeness::piece ? around : Wholeness::one_of_several;
        }
        constexpr std::string_view pieces[] = {"allOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"};
        return std::find(std::begin(pieces), std::end(pieces), keyword) == std::end(pieces) ? Wholeness::whole
                                                                                            : Wholeness::piece;
    }

    bool refuse(const std::string &place, const std::string &why)
    {
        error = invalid_argument(place + " " + why + ".");
        return false;
    }

    bool check_kinds(const OrderedJson &schema, const std::string &place)
    {
        for (const auto &[key, value] : schema.items()) {
            const Keyword &keyword = find_keyword(key);
            if (!value.is_null() && !holds(value, keyword.holds)) {
                return refuse(place + step_to(key), std::string("has to be ") + name_of(keyword.holds));
            }
        }
        return true;
    }

    bool check_type(const OrderedJson &schema, const std::string &place, Types &types)
    {
        const OrderedJson *const given = find(schema, "type");
        if (!given) {
            return true;
        }
        const OrderedJson names = given->is_array() ? *given : OrderedJson::array({*given});
        for (const OrderedJson &name : names) {
            const Types type = name.is_string() ? type_of(name.get_ref<const std::string &>()) : Types(0);
            if (type == 0) {
                return refuse(place + ".type", name.dump() + " is no type: use string, number, integer, boolean, array, "
                                                             "object or null");
            }
            types |= type;
        }
        if (find(schema, "nullable") && *find(schema, "nullable") == true) {
            types |= nulls;
        }
        return types != 0 || refuse(place + ".type", "names no type");
    }

    bool check_enum(const OrderedJson &schema, const std::string &place, Types types, Wholeness wholeness)
    {
        const OrderedJson *const values = find(schema, "enum");
        if (!values) {
            return true;
        }
        if (values->empty()) {
            return refuse(place + ".enum", "is empty: name at least one value, or leave it out");
        }
        if (types == 0) {
            const bool good = wholeness == Wholeness::piece || says_more_elsewhere(schema);
            return good || refuse(place + ".enum", "needs a type beside it: add \"type\": \"string\"");
        }
        for (size_t i = 0; i < values->size(); ++i) {
            if (!is_of((*values)[i], types)) {
                return refuse(place + ".enum" + step_to(i),
                              (*values)[i].dump() + " is not of the type that stands beside it");
            }
        }
        return true;
    }

    bool check_object(const OrderedJson &schema, const std::string &place, Types types, Wholeness wholeness)
    {
        const OrderedJson *const properties = find(schema, "properties");
        const bool is_object = (types & objects) || (types == 0 && properties);
        if (!is_object || wholeness == Wholeness::piece || says_more_elsewhere(schema)) {
            return true;
        }
        const OrderedJson *const open = find(schema, "additionalProperties");
        const bool takes_others = (open && *open != false) || find(schema, "patternProperties");
        if (properties && properties->empty() && !takes_others && &schema != arguments_) {
            return refuse(place + ".properties", "is empty, and the Live API takes no object without members: leave the "
                                                 "object out, or name its properties");
        }
        const OrderedJson *const required = find(schema, "required");
        if (!required || (wholeness == Wholeness::one_of_several && !properties)) {
            return true;
        }
        for (size_t i = 0; i < required->size(); ++i) {
            const auto &name = (*required)[i].get_ref<const std::string &>();
            if (!properties || !properties->contains(name)) {
                return refuse(place + ".required" + step_to(i),
                              "is \"" + name + "\", which is none of the properties: add it there, or leave it out here");
            }
        }
        return true;
    }

    const OrderedJson *const arguments_;
};

// A schema with a name of its own is one reference beside its definitions.
const OrderedJson &named_schema(const OrderedJson &root)
{
    const OrderedJson *at = &root;
    while (const OrderedJson *const reference = reference_of(*at)) {  // check_references has seen that it ends
        at = find_reference(root, reference->get_ref<const std::string &>());
        if (!at->is_object()) {
            return root;
        }
    }
    return *at;
}

}  // namespace

Error check_schema(const OrderedJson &root, const std::string &place)
{
    SchemaCheck check(named_schema(root));
    check.visit(root, place, Wholeness::whole);
    return std::move(check.error);
}

}  // namespace gemlive::protocol
