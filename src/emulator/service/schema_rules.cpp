#include "schema_rules.hpp"

#include <set>

namespace gemlive::emulator {
namespace {

Refusal refuse(const std::string &path, const std::string &why)
{
    return invalid("* BidiGenerateContentRequest." + path + ": " + why);
}

// A function may have no arguments, and official clients then send an object without properties.
bool is_outermost(const std::string &path)
{
    return path.ends_with(".parameters") || path.ends_with(".response");
}

Refusal check_object(const Json &schema, const std::string &path)
{
    const Json properties = schema.value("properties", Json::object());
    const bool takes_others = schema.contains("additionalProperties") && schema["additionalProperties"] != false;
    const bool is_union = schema.contains("anyOf");  // an official client gives it the type OBJECT
    if (schema.value("type", "") == "OBJECT" && properties.empty() && !takes_others && !is_union && !is_outermost(path))
        return refuse(path + ".properties", "should be non-empty for OBJECT type");
    const Json required = schema.value("required", Json::array());
    for (size_t i = 0; i < required.size(); ++i) {
        if (!properties.contains(required[i].get<std::string>()))
            return refuse(path + ".required[" + std::to_string(i) + "]", "property is not defined");
    }
    return {};
}

// Walks references only along their way: those below are found when their own place is walked.
class References {
public:
    explicit References(const Json &root) : root_(root) {}

    bool good(const Json &value)
    {
        if (value.is_array()) {
            for (const Json &item : value) {
                if (!good(item))
                    return false;
            }
        }
        if (!value.is_object() || done_.contains(&value))
            return true;
        if (!open_.insert(&value).second || open_.size() > most_open)
            return false;
        for (const auto &[key, item] : value.items()) {
            const bool data = key == "default" || key == "const" || key == "enum" || key == "examples";
            const bool fine = key == "$ref" && item.is_string() ? leads_on(item.get<std::string>())
                                                                : data || good(item);
            if (!fine)
                return false;
        }
        open_.erase(&value);
        done_.insert(&value);
        return true;
    }

private:
    static constexpr size_t most_open = 300;

    bool leads_on(const std::string &reference)
    {
        if (!reference.starts_with('#'))
            return false;
        try {
            const Json::json_pointer pointer(reference.substr(1));
            return root_.contains(pointer) && good(root_.at(pointer));
        } catch (const Json::exception &) {
            return false;
        }
    }

    const Json &root_;
    std::set<const Json *> open_;
    std::set<const Json *> done_;
};

}  // namespace

Refusal check_schema(const Json &schema, const std::string &path)
{
    if (schema.contains("enum") && schema.value("type", "") != "STRING")
        return refuse(path + ".enum", "only allowed for STRING type");
    if (schema.value("type", "") == "ARRAY" && !schema.contains("items"))
        return refuse(path + ".items", "missing field.");
    return check_object(schema, path);
}

Refusal check_json_schema(const Json &schema, const std::string &path)
{
    if (!schema.is_object())
        return refuse(path, "must be a JSON Schema of an object");
    return References(schema).good(schema) ? Refusal{} : invalid("Request contains an invalid argument.");
}

}  // namespace gemlive::emulator
