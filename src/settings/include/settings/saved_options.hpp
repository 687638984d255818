#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "settings/options.hpp"
#include "settings/service.hpp"

namespace gemlive::settings {

// The options with which another session goes on in this one's place, `saved` first: what was set, the model that was chosen,
// and the resumption handle, if there is one. No credential, and nothing of how this machine reaches the service.
nlohmann::ordered_json saved_options(const Options &options, const Service &service, const std::string &handle);

}  // namespace gemlive::settings
