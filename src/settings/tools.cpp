#include "settings/tools.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::ordered_json;

std::string default_behavior(const Options &options, const protocol::Capabilities &can)
{
    const std::string wanted = options.text("tool_behavior");
    if (!wanted.empty() || can.tool_behavior == protocol::ToolBehavior::unspecified) {
        return wanted;
    }
    return can.tool_behavior == protocol::ToolBehavior::blocking ? "BLOCKING" : "NON_BLOCKING";
}

}  // namespace

Error make_tools(const Options &options, const Service &service, protocol::ToolList &out)
{
    const ordered_json raw = options.ordered("setup");
    if (raw.is_object() && raw.contains("tools")) {
        out = protocol::ToolList::raw(raw["tools"].is_array() ? raw["tools"] : ordered_json::array());
        return {};
    }
    if (!options.is_set("tools")) {
        return {};
    }
    return protocol::ToolList::make(options.ordered("tools"), service.flavour, service.capabilities,
                                    default_behavior(options, service.capabilities), out);
}

}  // namespace gemlive::settings
