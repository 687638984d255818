#include "protocol/model_name.hpp"

#include "json_writer.hpp"
#include "protocol/utf8.hpp"

namespace gemlive::protocol {
namespace {

// PUBLISHER/models/MODEL, without the word publishers/.
std::string publisher_path(std::string_view name)
{
    if (name.starts_with("models/")) {
        name.remove_prefix(std::string_view("models/").size());
    }
    const size_t slash = name.find('/');
    const std::string_view publisher = slash == std::string_view::npos ? "google" : name.substr(0, slash);
    const std::string_view model = slash == std::string_view::npos ? name : name.substr(slash + 1);
    std::string path(publisher);
    path += "/models/";
    path += model;
    return path;
}

std::string vertex_name(std::string_view project, std::string_view location, std::string_view name)
{
    if (name.starts_with("projects/")) {
        return std::string(name);
    }
    std::string path;
    if (!project.empty()) {
        path += "projects/";
        path += project;
        path += "/locations/";
        path += location.empty() ? "global" : location;
        path += '/';
    }
    if (name.starts_with("publishers/")) {
        return path += name;
    }
    if (project.empty() && name.starts_with("models/")) {
        return std::string(name);
    }
    path += "publishers/";
    return path += publisher_path(name);
}

}  // namespace

Error normalise_model_name(Flavour flavour, std::string_view project, std::string_view location,
                           std::string_view name, std::string &out)
{
    if (name.empty()) {
        return invalid_argument("The model has no name.");
    }
    if (name.find("..") != std::string_view::npos || name.find_first_of("?& \t\r\n") != std::string_view::npos ||
        !valid_utf8(name)) {
        return invalid_argument("A model name must not contain \"..\", \"?\", \"&\" or white space.");
    }
    if (flavour == Flavour::vertex) {
        out = vertex_name(project, location, name);
    } else if (name.starts_with("models/") || name.starts_with("tunedModels/")) {
        out = name;
    } else {
        out.assign("models/").append(name);
    }
    return {};
}

std::string_view bare_model_name(std::string_view name) noexcept
{
    const size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace gemlive::protocol
