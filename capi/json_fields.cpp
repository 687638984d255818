#include "json_fields.hpp"

#include <algorithm>

#include "base/json_text.hpp"

namespace gemlive::capi {

JsonFields::JsonFields(const char *json)
{
    if (!json) {
        error_ = {Status::invalid_argument, "json is NULL"};
        return;
    }
    error_ = parse_json(json, "json", object_);
    if (!error_ && !object_.is_object()) {
        error_ = {Status::invalid_argument, "json is not one JSON object"};
    }
}

const nlohmann::json *JsonFields::find(const char *name)
{
    known_.emplace_back(name);
    if (!object_.is_object()) {
        return nullptr;
    }
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void JsonFields::refuse(const char *name, const char *type)
{
    if (!error_) {
        error_ = {Status::invalid_argument, std::string(name) + " has to be " + type};
    }
}

std::optional<std::string> JsonFields::text(const char *name)
{
    const nlohmann::json *const value = find(name);
    if (value && value->is_string()) {
        return value->get<std::string>();
    }
    if (value) {
        refuse(name, "a text");
    }
    return std::nullopt;
}

std::optional<bool> JsonFields::boolean(const char *name)
{
    const nlohmann::json *const value = find(name);
    if (value && value->is_boolean()) {
        return value->get<bool>();
    }
    if (value) {
        refuse(name, "true or false");
    }
    return std::nullopt;
}

std::optional<int64_t> JsonFields::integer(const char *name)
{
    const nlohmann::json *const value = find(name);
    if (value && value->is_number_integer()) {
        return value->get<int64_t>();
    }
    if (value) {
        refuse(name, "an integer");
    }
    return std::nullopt;
}

std::optional<nlohmann::json> JsonFields::any(const char *name)
{
    known_.emplace_back(name);
    if (!object_.is_object() || !object_.contains(name)) {
        return std::nullopt;
    }
    return object_[name];
}

Error JsonFields::finish()
{
    if (error_) {
        return error_;
    }
    for (const auto &[name, value] : object_.items()) {
        if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
            std::string allowed;
            for (const std::string &field : known_) {
                allowed += (allowed.empty() ? "" : ", ") + field;
            }
            return {Status::invalid_argument, "there is no field \"" + name + "\"; allowed are: " + allowed};
        }
    }
    return {};
}

}  // namespace gemlive::capi
