#pragma once

#include <string>
#include <string_view>

#include "base/status.hpp"

namespace gemlive::settings {

// A language as the service takes it, BCP 47 (RFC 5646): `de_de`, `german` and `deu` become `de-DE`, `de` and `de`. Codes
// that nobody here knows pass, in the usual case; what cannot be a tag is refused.
Error normalise_language_tag(std::string_view given, std::string &out);

}  // namespace gemlive::settings
