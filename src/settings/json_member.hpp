#pragma once

#include <nlohmann/json.hpp>

namespace gemlive::settings {

// A member in either of the two spellings that the service takes; nullptr when there is none.
inline const nlohmann::json *member(const nlohmann::json &object, const char *camel, const char *snake)
{
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(object.contains(camel) ? camel : snake);
    return found == object.end() ? nullptr : &*found;
}

}  // namespace gemlive::settings
