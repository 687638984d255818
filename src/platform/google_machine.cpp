#include "platform/google_machine.hpp"

#include <cstdlib>
#include <fstream>
#include <string_view>

namespace gemlive::platform {
namespace {

std::string variable(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

bool calls_itself_google()
{
    std::ifstream file("/sys/class/dmi/id/product_name");  // Linux's; elsewhere it cannot be opened
    std::string name;
    return std::getline(file, name) && std::string_view(name).starts_with("Google");
}

}  // namespace

std::string google_metadata_host()
{
    if (const std::string host = variable("GCE_METADATA_HOST"); !host.empty()) {
        return host;
    }
    const std::string no_check = variable("NO_GCE_CHECK");
    const bool is_one = !variable("K_SERVICE").empty() || !variable("CLOUD_RUN_JOB").empty() || calls_itself_google();
    return is_one && no_check != "true" && no_check != "1" ? "metadata.google.internal" : "";
}

}  // namespace gemlive::platform
