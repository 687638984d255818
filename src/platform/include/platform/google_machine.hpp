#pragma once

#include <string>

namespace gemlive::platform {

// The host of the metadata server, if this machine is one of Google Cloud: named by GCE_METADATA_HOST, seen by what the machine
// calls itself, or by the variables of Cloud Run. Empty elsewhere, and with NO_GCE_CHECK=true. Nobody is asked for that.
std::string google_metadata_host();

}  // namespace gemlive::platform
