#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"

namespace gemlive::capi {

// The fields of a NAME_json call: one object, known fields only, each of its type. The first error is kept.
class JsonFields {
public:
    explicit JsonFields(const char *json);

    std::optional<std::string> text(const char *name);
    std::optional<bool> boolean(const char *name);
    std::optional<int64_t> integer(const char *name);
    std::optional<nlohmann::json> any(const char *name);

    // Call it after all fields were asked for: what is left is unknown.
    Error finish();

private:
    const nlohmann::json *find(const char *name);
    void refuse(const char *name, const char *type);

    nlohmann::json object_;
    std::vector<std::string> known_;
    Error error_;
};

}  // namespace gemlive::capi
