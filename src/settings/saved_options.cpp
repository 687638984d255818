#include "settings/saved_options.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "protocol/default_model.hpp"

namespace gemlive::settings {
namespace {

constexpr const char *form = "gemlive-1";  // of what is written here

// `headers` and `proxy` may hold credentials; the others are of the machine, and the last ones are written by themselves.
constexpr std::array<std::string_view, 13> left_out = {"headers", "proxy", "base_url", "ca_file", "ca_dir", "ca_pem",
                                                       "allow_plaintext", "saved", "model", "vertexai", "project",
                                                       "location", "chat_context"};

}  // namespace

nlohmann::ordered_json saved_options(const Options &options, const Service &service, const std::string &handle)
{
    nlohmann::ordered_json saved = {{"saved", form}};
    saved["model"] = service.default_model ? std::string(protocol::default_models(service.flavour)[*service.default_model])
                                           : options.text("model");
    saved["vertexai"] = service.flavour == protocol::Flavour::vertex;
    if (service.flavour == protocol::Flavour::vertex) {
        saved["project"] = service.project;
        saved["location"] = service.location;
    }
    for (const Option &option : option_table()) {
        const bool is_left_out = option.secret || std::find(left_out.begin(), left_out.end(), option.name) != left_out.end();
        if (!is_left_out && options.is_set(option.name)) {
            saved[option.name] = options.ordered(option.name);
        }
    }
    if (options.is_off("session_resumption")) {
        return saved;
    }
    if (!handle.empty()) {
        saved["session_resumption"]["handle"] = handle;
    } else if (saved.contains("session_resumption")) {
        saved["session_resumption"].erase("handle");  // the one it began with, and it was refused
    }
    return saved;
}

}  // namespace gemlive::settings
