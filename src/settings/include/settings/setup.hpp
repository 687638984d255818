#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/tool_list.hpp"
#include "settings/options.hpp"
#include "settings/service.hpp"

namespace gemlive::settings {

// Which parts of two setups are not the same.
struct SetupDifference {
    bool instructions = false;
    bool tools = false;
    bool rest = false;

    bool any() const noexcept { return instructions || tools || rest; }
};

// The setup message that a connection begins with, and what it says about the conversation.
struct Setup {
    // Refuses what the model would refuse, and what cannot be sent.
    static Error make(const Options &options, const Service &service, Setup &out);

    // The message's inner object for a connection that resumes `handle`, or none.
    nlohmann::ordered_json message(const std::string &handle) const;
    // A Content; null when there is none.
    nlohmann::json instructions() const;
    // What the model hears of `tools`: all of them or none.
    const nlohmann::ordered_json &offered_tools() const noexcept;
    SetupDifference difference(const Setup &other) const;

    protocol::ToolList tools;      // as declared, and in force
    bool offers_tools = true;      // option tool_choice
    std::string first_handle;      // option session_resumption
    bool resumption = true;
    bool manual_activity = false;  // the server's VAD is switched off
    bool speaks = true;            // the model answers with sound
    bool transcribes_user = true;
    bool asks_for_signals = false;  // of when the user begins and ends to speak

private:
    Error put_options(const Options &options, const protocol::Capabilities &can);
    void put_resumption(const Options &options);
    Error read_back();
    Error take_handle_out();

    nlohmann::json message_;  // without the resumption handle; raw tools are in it for the checks
};

}  // namespace gemlive::settings
