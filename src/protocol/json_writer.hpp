#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/status.hpp"

namespace gemlive::protocol {

Error invalid_argument(std::string message);

// Copying and writing JSON recurses: what is nested too deeply for the service would exhaust the stack here first.
// `around` is how many levels the message has around `value`.
Error check_depth(const nlohmann::json &value, std::string_view what, int around = 0);
Error check_depth(const nlohmann::ordered_json &value, std::string_view what, int around = 0);

// Appends compact JSON text. Refuses strings that are not UTF-8, which the service would close the socket on.
Error append_json(const nlohmann::json &value, std::string &out);
Error append_json(const nlohmann::ordered_json &value, std::string &out);
Error append_json_string(std::string_view text, std::string &out);

}  // namespace gemlive::protocol
