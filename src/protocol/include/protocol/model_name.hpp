#pragma once

#include <string>
#include <string_view>

#include "base/status.hpp"
#include "protocol/flavour.hpp"

namespace gemlive::protocol {

// Makes the name for setup.model of what the user wrote. Without a project Vertex takes the short form that
// belongs to an API key (express mode).
Error normalise_model_name(Flavour flavour, std::string_view project, std::string_view location,
                           std::string_view name, std::string &out);

// The model itself without models/, publishers/ or projects/ before it: what the capability table knows.
std::string_view bare_model_name(std::string_view name) noexcept;

}  // namespace gemlive::protocol
