#include "schema_writer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <utility>

#include "schema_references.hpp"

namespace gemlive::protocol {
namespace {

struct Member {
    const Keyword *keyword;
    const OrderedJson *value;
    std::string place;

    bool is(std::string_view name) const noexcept { return keyword->name == name; }
};

// All that is said about one value, from wherever references and unions of one lead.
struct Flat {
    std::vector<Member> members;
    bool nullable = false;

    const Member *find(std::string_view name) const noexcept
    {
        const auto found =
            std::find_if(members.begin(), members.end(), [&](const Member &member) { return member.is(name); });
        return found == members.end() ? nullptr : &*found;
    }
};

// Says about the value's meaning what stands outside of a union just as well; the outer one of two counts.
bool is_label(std::string_view keyword) noexcept
{
    return keyword == "title" || keyword == "description" || keyword == "default" || keyword == "example" ||
           keyword == "examples";
}

bool is_null_schema(const OrderedJson &schema)
{
    if (!schema.is_object()) {
        return false;
    }
    const auto type = schema.find("type");
    const auto constant = schema.find("const");
    return (type != schema.end() && type->is_string() && type_of(type->get_ref<const std::string &>()) == nulls) ||
           (type == schema.end() && constant != schema.end() && constant->is_null());
}

class SchemaWriter {
public:
    SchemaWriter(const OrderedJson &root, Flavour flavour) : root_(root), flavour_(flavour) {}

    OrderedJson write(const OrderedJson &schema, const std::string &place)
    {
        OrderedJson out = OrderedJson::object();
        if (!schema.is_object()) {
            unsaid(place, "is no object");
            return out;
        }
        if (++written_ > most_written || ++depth_ > most_depth) {
            unsaid(place, "is too large once its references are inlined");
            return out;
        }
        Flat flat;
        flatten(schema, place, flat);
        if (result.unsaid.empty()) {
            write_flat(flat, place, out);
        }
        --depth_;
        return out;
    }

    WrittenSchema result;

private:
    static constexpr int most_written = 4000;  // a short text of references to references can make more
    static constexpr int most_flattened = 5 * most_written;
    static constexpr int most_depth = 40;      // each is two levels of JSON

    void unsaid(const std::string &place, const std::string &why)
    {
        if (result.unsaid.empty()) {
            result.unsaid = place + " " + why;
        }
    }

    void add(Flat &flat, Member member)
    {
        const Member *const other = member.keyword->name.empty() ? nullptr : flat.find(member.keyword->name);
        if (!other) {
            flat.members.push_back(std::move(member));
        } else if (!is_label(member.keyword->name) && *other->value != *member.value) {
            unsaid(member.place, "says the same thing twice");
        }
    }

    // What stands beside a reference comes before what the reference leads to.
    void flatten(const OrderedJson &schema, const std::string &place, Flat &flat)
    {
        if (!result.unsaid.empty()) {
            return;
        }
        if (!schema.is_object()) {
            unsaid(place, "is no object");
            return;
        }
        if (++flattened_ > most_flattened) {
            unsaid(place, "is too large once its references are inlined");
            return;
        }
        std::vector<std::pair<const OrderedJson *, std::string>> further;
        for (const auto &[key, value] : schema.items()) {
            const Keyword &keyword = find_keyword(key);
            const std::string at = place + step_to(key);
            if (keyword.said == Said::needless || (value.is_null() && !may_be_null(keyword.name)) ||
                (keyword.name == "type" && is_type_of_a_union(schema))) {
                continue;
            }
            if (keyword.name == "$ref" || keyword.name == "ref") {
                further.emplace_back(find_reference(root_, value.get_ref<const std::string &>()), place);
            } else if (keyword.name == "allOf") {
                if (value.size() == 1) {
                    further.emplace_back(&value[0], at + step_to(size_t(0)));
                } else {
                    unsaid(at, "is more than one schema");
                }
            } else if (keyword.name == "anyOf" || keyword.name == "oneOf") {
                flatten_union(schema, {&keyword, &value, at}, flat, further);
            } else if (keyword.name == "nullable") {
                flat.nullable = flat.nullable || value == true;
            } else {
                add(flat, {&keyword, &value, at});
            }
        }
        for (const auto &[more, at] : further) {
            flatten(*more, at, flat);
        }
    }

    void flatten_union(const OrderedJson &schema, const Member &member, Flat &flat,
                       std::vector<std::pair<const OrderedJson *, std::string>> &further)
    {
        size_t kept = 0;
        size_t last = 0;
        for (size_t i = 0; i < member.value->size(); ++i) {
            if (!is_null_schema((*member.value)[i])) {
                ++kept;
                last = i;
            }
        }
        if (kept < member.value->size()) {
            flat.nullable = true;
            if ((said(schema, "type") && !is_type_of_a_union(schema)) || said(schema, "enum") || said(schema, "const")) {
                unsaid(member.place, "takes null, and something beside it does not");
            }
        }
        if (kept == 1) {
            further.emplace_back(&(*member.value)[last], member.place + step_to(last));
        } else if (kept == 0 || member.is("oneOf")) {
            unsaid(member.place, "has no place in the API's Schema");
        } else {
            add(flat, member);
        }
    }

    void write_flat(Flat &flat, const std::string &place, OrderedJson &out)
    {
        Types types = types_of(flat);
        const Member *const constant = flat.find("const");
        if (constant && constant->value->is_string() && types == 0) {
            types = strings;
        }
        if (constant && constant->value->is_null() && types == 0) {
            types = nulls;
        }
        if ((types & nulls) && types != nulls) {
            flat.nullable = true;
            types &= static_cast<Types>(~nulls);
        }
        if ((types & numbers) && (types & integers)) {
            types &= static_cast<Types>(~integers);  // whole numbers are numbers
        }
        if (const Member *const any_of = flat.find("anyOf")) {
            write_any_of(flat, *any_of, out);
        } else if (types == 0 && flat.find("properties") && depth_ == 1) {
            write_typed(flat.members, objects, place, out);  // a function's arguments are an object
        } else if (types == 0) {
            unsaid(place, "has no type");
        } else if (std::has_single_bit(types)) {
            write_typed(flat.members, types, place, out);
        } else {
            write_types(flat, types, place, out);
        }
        if (flat.nullable) {
            out["nullable"] = true;
        }
        if (flavour_ == Flavour::vertex && out.contains("anyOf")) {
            say_in_each_branch(out);
        }
    }

    // Vertex AI takes nothing beside anyOf: what is said of the whole holds for each of its schemas.
    static void say_in_each_branch(OrderedJson &out)
    {
        OrderedJson branches = std::move(out["anyOf"]);
        out.erase("anyOf");
        for (OrderedJson &branch : branches) {
            if (branch.contains("anyOf")) {
                continue;  // said in its own branches already, and nothing may stand beside it
            }
            const Types type = type_of(branch.value("type", std::string()));
            for (const auto &[name, value] : out.items()) {
                const bool is_value = name == "default" || name == "example";
                if (!branch.contains(name) && (!is_value || is_of(value, type))) {
                    branch[name] = value;
                }
            }
        }
        out = OrderedJson::object();
        out["anyOf"] = std::move(branches);
    }

    static Types types_of(const Flat &flat)
    {
        const Member *const type = flat.find("type");
        if (!type) {
            return 0;
        }
        if (type->value->is_string()) {
            return type_of(type->value->get_ref<const std::string &>());
        }
        Types types = 0;
        for (const OrderedJson &name : *type->value) {
            types |= type_of(name.get_ref<const std::string &>());
        }
        return types;
    }

    void write_label(const Member &member, OrderedJson &out)
    {
        if (member.is("examples")) {
            if (member.value->is_array() && member.value->size() == 1) {
                out["example"] = (*member.value)[0];
            } else {
                result.remarks.push_back(member.place);
            }
        } else if (!member.value->is_null()) {  // null as a default is none
            out[std::string(member.keyword->name)] = *member.value;
        }
    }

    void write_any_of(const Flat &flat, const Member &any_of, OrderedJson &out)
    {
        for (const Member &member : flat.members) {
            if (is_label(member.keyword->name)) {
                write_label(member, out);
            } else if (member.keyword->said == Said::remark) {
                result.remarks.push_back(member.place);
            } else if (&member != &any_of) {
                unsaid(member.place, "stands beside anyOf");
            }
        }
        OrderedJson &branches = out["anyOf"] = OrderedJson::array();
        for (size_t i = 0; i < any_of.value->size(); ++i) {
            if (!is_null_schema((*any_of.value)[i])) {
                branches.push_back(write((*any_of.value)[i], any_of.place + step_to(i)));
            }
        }
    }

    // A list of types is a union of one schema for each, with what is said of values of that type.
    void write_types(const Flat &flat, Types types, const std::string &place, OrderedJson &out)
    {
        for (const Member &member : flat.members) {
            if (is_label(member.keyword->name)) {
                write_label(member, out);
            } else if (member.keyword->said == Said::remark) {
                result.remarks.push_back(member.place);
            } else if (!member.is("type") && (member.keyword->about == all_types || !(member.keyword->about & types))) {
                unsaid(member.place, "stands beside several types");
            }
        }
        OrderedJson &branches = out["anyOf"] = OrderedJson::array();
        for (const Types type : {strings, numbers, integers, booleans, arrays, objects}) {
            if (!(types & type)) {
                continue;
            }
            std::vector<Member> members;
            std::copy_if(flat.members.begin(), flat.members.end(), std::back_inserter(members), [&](const Member &member) {
                return member.keyword->about != all_types && (member.keyword->about & type);
            });
            OrderedJson branch = OrderedJson::object();
            write_typed(members, type, place, branch);
            branches.push_back(std::move(branch));
        }
    }

    void write_typed(const std::vector<Member> &members, Types type, const std::string &place, OrderedJson &out)
    {
        out["type"] = upper_type(type);
        const Member *properties = nullptr;
        const Member *open = nullptr;
        for (const Member &member : members) {
            properties = member.is("properties") ? &member : properties;
            open = member.is("additionalProperties") ? &member : open;
            write_member(member, type, out);
        }
        if (type == arrays && !out.contains("items")) {
            unsaid(place, "is an array of anything");
        }
        if (type != objects) {
            return;
        }
        if (!properties || properties->value->empty()) {
            const bool closed = !open || *open->value == false;
            if (closed && depth_ == 1) {
                no_members_ = true;
            } else {
                unsaid(place, "is an object without named members");
            }
        } else if (properties->value->size() > 1 && !out.contains("propertyOrdering")) {
            OrderedJson &order = out["propertyOrdering"] = OrderedJson::array();
            for (const auto &[name, schema] : properties->value->items()) {
                order.push_back(name);
            }
        }
        if (out.contains("required") && !has_all_required(out)) {
            unsaid(place, "requires what is none of its properties");
        }
    }

    static bool has_all_required(const OrderedJson &out)
    {
        return std::all_of(out["required"].begin(), out["required"].end(), [&](const OrderedJson &name) {
            return out.contains("properties") && out["properties"].contains(name.get_ref<const std::string &>());
        });
    }

    void write_member(const Member &member, Types type, OrderedJson &out)
    {
        const std::string name(member.keyword->name);
        const OrderedJson &value = *member.value;
        if (is_label(name)) {
            write_label(member, out);
        } else if (name == "enum" || name == "const") {
            write_enum(member, type, out);
        } else if (name == "properties") {
            OrderedJson &properties = out[name] = OrderedJson::object();
            for (const auto &[key, schema] : value.items()) {
                OrderedJson written = write(schema, member.place + step_to(key));
                properties[key] = std::move(written);
            }
        } else if (name == "items") {
            out[name] = write(value, member.place);
        } else if (name == "additionalProperties") {
            write_additional(member, out);
        } else if (name == "exclusiveMinimum" || name == "exclusiveMaximum") {
            write_exclusive(member, type, out);
        } else if (name == "required" && value.empty()) {
            return;
        } else if (member.keyword->said == Said::as_it_is) {
            if (out.contains(name)) {
                unsaid(member.place, "says the same thing twice");
            }
            out[name] = value;
        } else if (member.keyword->said == Said::remark) {
            result.remarks.push_back(member.place);
        } else if (member.keyword->said == Said::restriction) {
            unsaid(member.place, "has no place in the API's Schema");
        }
    }

    // The service takes an enum of texts only.
    void write_enum(const Member &member, Types type, OrderedJson &out)
    {
        if (type == nulls) {
            return;
        }
        const OrderedJson given = member.is("const") ? OrderedJson::array({*member.value}) : *member.value;
        OrderedJson values = OrderedJson::array();
        std::copy_if(given.begin(), given.end(), std::back_inserter(values),
                     [](const OrderedJson &value) { return !value.is_null(); });
        const bool texts = type == strings && !values.empty() &&
                           std::all_of(values.begin(), values.end(),
                                       [](const auto &value) { return value.is_string() && value != ""; });
        if (!texts) {
            unsaid(member.place, "has values that are no texts, or an empty one");
        } else if (!out.contains("enum") || member.is("const")) {
            out["enum"] = std::move(values);
        }
    }

    void write_additional(const Member &member, OrderedJson &out)
    {
        const OrderedJson &value = *member.value;
        if (flavour_ == Flavour::gemini) {
            if (value != false) {
                unsaid(member.place, "has no place in the API's Schema");
            }
            return;  // no other properties is what the API's Schema means anyway
        }
        out["additionalProperties"] = value.is_object() && !value.empty() ? write(value, member.place) : value;
    }

    // For whole numbers the next one is the limit.
    void write_exclusive(const Member &member, Types type, OrderedJson &out)
    {
        constexpr int64_t far = int64_t(1) << 53;
        const bool least = member.is("exclusiveMinimum");
        const char *const name = least ? "minimum" : "maximum";
        const OrderedJson &value = *member.value;
        const bool whole = type == integers && value.is_number_integer() && std::abs(value.get<double>()) < double(far);
        if (!whole || out.contains(name)) {
            unsaid(member.place, "has no place in the API's Schema");
            return;
        }
        out[name] = value.get<int64_t>() + (least ? 1 : -1);
    }

public:
    bool no_members() const noexcept { return no_members_; }

private:
    const OrderedJson &root_;
    const Flavour flavour_;
    int written_ = 0;
    int flattened_ = 0;
    int depth_ = 0;
    bool no_members_ = false;
};

}  // namespace

WrittenSchema write_schema(const OrderedJson &root, const std::string &place, Flavour flavour)
{
    SchemaWriter writer(root, flavour);
    OrderedJson schema = writer.write(root, place);
    if (!writer.no_members()) {
        writer.result.schema = std::move(schema);
    }
    return std::move(writer.result);
}

}  // namespace gemlive::protocol
