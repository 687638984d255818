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

protocol::ToolAnswer undeclared_answer(const ToolCalls::Call &call);

// One message, as the journal keeps it.
Error make_entry(const settings::Settings &settings, const ToolCalls::Message &message, bool more_follows,
                 JournalEntry &entry);

}  // namespace gemlive::session
