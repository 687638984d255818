#include "google_credentials.hpp"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "base/json_text.hpp"

namespace gemlive::settings {
namespace {

constexpr std::streamsize most_bytes = 64 * 1024;

bool read(const std::string &path, std::string &out)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return false;
    }
    out.resize(static_cast<size_t>(most_bytes));
    file.read(out.data(), most_bytes);
    out.resize(static_cast<size_t>(file.gcount()));
    return !file.bad() && !out.empty();
}

std::string path_of_login()
{
    std::string folder = environment("CLOUDSDK_CONFIG");
    if (folder.empty() && !environment("APPDATA").empty()) {
        folder = environment("APPDATA") + "/gcloud";
    }
    if (folder.empty() && !environment("HOME").empty()) {
        folder = environment("HOME") + "/.config/gcloud";
    }
    return folder.empty() ? folder : folder + "/application_default_credentials.json";
}

}  // namespace

Error find_google_credentials(const Options &options, CredentialsFile &out)
{
    out = {};
    if (const nlohmann::json &given = options.get("credentials"); given.is_object()) {
        out.text = given.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        out.name = "option credentials";
        return {};
    }
    if (const std::string path = environment("GOOGLE_APPLICATION_CREDENTIALS"); !path.empty()) {
        out.name = "GOOGLE_APPLICATION_CREDENTIALS, file " + path;
        return read(path, out.text) ? Error() : Error(Status::invalid_argument, out.name + ": it cannot be read");
    }
    if (const std::string path = path_of_login(); !path.empty() && read(path, out.text)) {
        out.name = "file " + path;
    }
    return {};
}

std::string project_of(const CredentialsFile &file)
{
    const auto json = parse_json<nlohmann::json>(file.text);
    for (const char *const member : {"project_id", "quota_project_id"}) {
        if (json.is_object() && json.contains(member) && json[member].is_string()) {
            return json[member].get<std::string>();
        }
    }
    return {};
}

}  // namespace gemlive::settings
