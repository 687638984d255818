#include "tool_schema.hpp"

#include <utility>

#include "json_schema.hpp"
#include "json_writer.hpp"
#include "schema_check.hpp"
#include "schema_references.hpp"
#include "schema_writer.hpp"

namespace gemlive::protocol {
namespace {

// Arguments have names. What leads elsewhere is looked at where it is written.
Error check_arguments(const OrderedJson &schema, const std::string &place)
{
    const auto type = schema.find("type");
    if (type == schema.end() || !type->is_string() || type_of(type->get_ref<const std::string &>()) == objects) {
        return {};
    }
    return invalid_argument(place + ".type has to be object: a function's arguments have names.");
}

}  // namespace

Error make_tool_schema(const OrderedJson &given, GivenAs as, SchemaOf of, const std::string &place, Flavour flavour,
                       std::string_view no_json_schema, ToolSchema &out)
{
    if (!given.is_object()) {
        return invalid_argument(place + " has to be an object: a schema.");
    }
    const bool as_it_is = as == GivenAs::json_schema && no_json_schema.empty();
    if (Error error = check_references(given, place, as_it_is ? Walked::all : Walked::used)) {
        return error;
    }
    if (as_it_is) {
        out.schema = given;
        out.is_json_schema = true;
        return {};
    }
    if (Error error = check_schema(given, place)) {
        return error;
    }
    if (of == SchemaOf::arguments) {
        if (Error error = check_arguments(given, place)) {
            return error;
        }
    }
    if (given.empty()) {
        return {};
    }
    WrittenSchema written = write_schema(given, place, flavour);
    const bool says_all = written.unsaid.empty() && (written.remarks.empty() || !no_json_schema.empty());
    if (!says_all && no_json_schema.empty()) {
        if (Error error = check_references(given, place, Walked::all)) {  // the service follows what nothing leads to as well
            return error;
        }
        out.schema = write_json_schema(given);
        out.is_json_schema = true;
        return {};
    }
    if (!says_all) {
        return {Status::unsupported, written.unsaid + ". " + std::string(no_json_schema)};
    }
    for (const std::string &remark : written.remarks) {
        out.left_out.push_back(remark + " is left out: " + std::string(no_json_schema));
    }
    out.schema = std::move(written.schema);
    return {};
}

}  // namespace gemlive::protocol
