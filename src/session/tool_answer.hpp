#pragma once

#include <string>

#include "session/journal.hpp"
#include "session/session.hpp"
#include "session/tool_calls.hpp"
#include "settings/settings.hpp"

namespace gemlive::session {

// The answer to a call of the function `name`. Refuses what the function's declaration, or the model, does not allow.
Error make_answer(const settings::Settings &settings, const ToolResponse &response, const ToolCalls::Call &call,
                  protocol::ToolAnswer &answer);

// Whether the model called a function that was never declared. What a token or a server declares on its own is not
// known here, so without any function of ours all are taken for declared.
bool is_undeclared(const settings::Settings &settings, const std::string &function);

// Whether the model waits for the answer before it does anything else.
bool blocks_the_model(const settings::Settings &settings, const std::string &function);

// Why the library answers a call itself.
enum class Refusal : uint8_t { none, undeclared, unwanted };

protocol::ToolAnswer refusing_answer(Refusal why, const ToolCalls::Call &call);

// What the model is told of a call that the application did not answer in time.
protocol::ToolAnswer timed_out_answer(const settings::Settings &settings, const ToolCalls::Call &call);

// One message, as the journal keeps it.
Error make_entry(const settings::Settings &settings, const ToolCalls::Message &message, bool more_follows,
                 JournalEntry &entry);

}  // namespace gemlive::session
