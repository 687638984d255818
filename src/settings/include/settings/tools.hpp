#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "protocol/capability.hpp"
#include "settings/options.hpp"

namespace gemlive::settings {

// The tools that the application declares, as the setup message has them: a list of Tool.
nlohmann::json make_tools(const Options &options, const protocol::Capabilities &can);

// The behavior that a function was declared with; "" where it is not said.
std::string behavior_of(const nlohmann::json &tools, const std::string &function);

}  // namespace gemlive::settings
