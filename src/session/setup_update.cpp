#include "setup_update.hpp"

#include "protocol/client_message.hpp"
#include "settings/option_table.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using settings::OptionEffect;
using settings::Settings;
using settings::Setup;
using settings::SetupDifference;

// W1
UpdateWay way_of(const SetupDifference &difference, const protocol::Capabilities &can, RefusedWays refused)
{
    if (!difference.any()) {
        return UpdateWay::nothing;
    }
    if (difference.rest) {
        return UpdateWay::reconnect;
    }
    if (can.context_update == protocol::ContextUpdates::try_first && !refused.context_update) {
        return UpdateWay::context_update;
    }
    if (!difference.tools && can.instruction_update == protocol::InstructionUpdate::system_turn && !refused.system_turn) {
        return UpdateWay::system_turn;
    }
    return UpdateWay::reconnect;
}

// No instructions any more is an empty one: what is absent from an update stays as it was.
json instructions_of(const Setup &setup, const char *role)
{
    json content = setup.instructions();
    if (content.is_null()) {
        content = protocol::text_content("", "");
    }
    if (content.is_object()) {
        content["role"] = role;
    }
    return content;
}

}  // namespace

UpdateWay way_of_update(const Settings &from, const Setup &to, RefusedWays refused)
{
    const UpdateWay way = way_of(from.setup.difference(to), from.service.capabilities, refused);
    const bool takes_away = to.instructions().is_null();  // a turn without words says nothing
    return way == UpdateWay::system_turn && takes_away ? UpdateWay::reconnect : way;
}

Error encode_update(UpdateWay way, const Settings &from, const Setup &to, std::string &out)
{
    if (way == UpdateWay::system_turn) {
        json turns = json::array();
        turns.push_back(instructions_of(to, "system"));
        return protocol::encode_client_content(turns, false, out);
    }
    const SetupDifference difference = from.setup.difference(to);
    protocol::ContextUpdate update;
    if (difference.instructions) {
        update.system_instruction = instructions_of(to, "user");
    }
    if (difference.tools) {
        update.tools = to.offered_tools();
    }
    return protocol::encode_context_update(from.service.flavour, update, out);
}

json costs_of_updates(const Settings &settings, RefusedWays refused)
{
    json costs = json::object();
    for (const settings::Option &option : settings::option_table()) {
        OptionEffect effect = option.effect;
        if (effect == OptionEffect::turn_end) {
            SetupDifference difference;
            difference.instructions = std::string_view(option.name) == "instructions";
            difference.tools = !difference.instructions;
            const bool within = way_of(difference, settings.service.capabilities, refused) != UpdateWay::reconnect;
            effect = within ? OptionEffect::turn_end : OptionEffect::reconnect;
        }
        costs[option.name] = option_effect_word(effect);
    }
    return costs;
}

}  // namespace gemlive::session
