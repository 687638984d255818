#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "settings/settings.hpp"

namespace gemlive::session {

// How a changed setup reaches the model.
enum class UpdateWay : uint8_t {
    nothing,         // what the model hears has not changed
    context_update,  // these two within the connection
    system_turn,
    reconnect,
};

// What a server turned out not to take, although the table of models says that it may.
struct RefusedWays {
    bool context_update = false;
    bool system_turn = false;
};

UpdateWay way_of_update(const settings::Settings &from, const settings::Setup &to, RefusedWays refused);

// The client message of a way within the connection.
Error encode_update(UpdateWay way, const settings::Settings &from, const settings::Setup &to, std::string &out);

// By the name of each option what a change of it costs here: at_once, turn_end, reconnect, next_connection, new_session.
nlohmann::json costs_of_updates(const settings::Settings &settings, RefusedWays refused);

}  // namespace gemlive::session
