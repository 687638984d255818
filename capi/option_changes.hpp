#pragma once

#include "guard.hpp"
#include "settings/options.hpp"

namespace gemlive::capi {

// Options as one JSON object: changes of what runs.
inline Error read_changes(const char *json, settings::Options &changes)
{
    return json ? changes.set_all(json) : null_argument("json");
}

}  // namespace gemlive::capi
