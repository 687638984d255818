#include "tool_answer.hpp"

namespace gemlive::session {
namespace {

Error refuse_for(const std::string &function, const char *what)
{
    return {Status::unsupported, std::string(what) + " is for functions declared NON_BLOCKING, and \"" + function +
                                     "\" is not: leave it out, or declare \"behavior\": \"NON_BLOCKING\""};
}

std::string wire_id(const ToolCalls::Call &call)
{
    return call.has_server_id ? call.id : std::string();
}

bool blocks_unless_declared_otherwise(const settings::Settings &settings)
{
    return settings.service.capabilities.tool_behavior != protocol::ToolBehavior::non_blocking;
}

bool is_blocking(const settings::Settings &settings, const std::string &function)
{
    const std::string *const behavior = settings.setup.tools.behavior_of(function);
    if (!behavior) {
        return false;  // declared by somebody else, who knows
    }
    return *behavior == "BLOCKING" || (*behavior == "UNSPECIFIED" && blocks_unless_declared_otherwise(settings));
}

}  // namespace

Error make_answer(const settings::Settings &settings, const ToolResponse &response, const ToolCalls::Call &call,
                  protocol::ToolAnswer &answer)
{
    const bool blocking = is_blocking(settings, call.name);
    if (blocking && !response.scheduling.empty()) {
        return refuse_for(call.name, "scheduling");
    }
    if (blocking && response.will_continue.value_or(false)) {
        return refuse_for(call.name, "will_continue");
    }
    answer = response.error ? protocol::ToolAnswer::from_error(wire_id(call), call.name, *response.error)
                            : protocol::ToolAnswer::from_output(wire_id(call), call.name, response.output);
    if (!blocking) {
        const bool scheduled = settings.service.capabilities.supports("scheduling");
        answer.scheduling = response.scheduling.empty() && scheduled ? settings.tool_response_scheduling
                                                                     : response.scheduling;
        answer.will_continue = response.will_continue;
    }
    std::string trial;  // what cannot be written leaves the call open
    return protocol::encode_tool_response({&answer, 1}, trial);
}

bool is_undeclared(const settings::Settings &settings, const std::string &function)
{
    const protocol::ToolList &tools = settings.setup.tools;
    return tools.has_functions() && !tools.behavior_of(function);
}

bool blocks_the_model(const settings::Settings &settings, const std::string &function)
{
    return settings.setup.tools.behavior_of(function) ? is_blocking(settings, function)
                                                      : blocks_unless_declared_otherwise(settings);
}

protocol::ToolAnswer refusing_answer(Refusal why, const ToolCalls::Call &call)
{
    const std::string sentence = why == Refusal::undeclared
                                     ? "There is no function \"" + call.name + "\": call one that is declared."
                                     : std::string("No function may be called for this answer: give it without.");
    return protocol::ToolAnswer::from_error(wire_id(call), call.name, sentence);
}

protocol::ToolAnswer timed_out_answer(const settings::Settings &settings, const ToolCalls::Call &call)
{
    ToolResponse response;
    response.call = call.id;
    response.error = "The function \"" + call.name + "\" gave no answer in time. None will come.";
    protocol::ToolAnswer answer;
    make_answer(settings, response, call, answer);  // what it says can be written
    return answer;
}

namespace {

// C5: in the way the model takes words that it is to answer.
Error encode_as_content(const settings::Settings &settings, const std::vector<protocol::ToolAnswer> &answers,
                        std::string &out)
{
    std::string words;
    bool silent = true;
    for (const protocol::ToolAnswer &answer : answers) {
        words += words.empty() ? "" : "\n";
        words += "The function \"" + answer.name + "\" returned " +
                 answer.response.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        silent = silent && answer.scheduling == "SILENT";
    }
    if (settings.service.capabilities.content_turns != protocol::ContentTurns::always) {
        return protocol::encode_text(words, out);
    }
    const nlohmann::json turns = nlohmann::json::array({protocol::text_content("user", words)});
    return protocol::encode_client_content(turns, !silent, out);
}

}  // namespace

Error make_entry(const settings::Settings &settings, const ToolCalls::Message &message, bool more_follows,
                 JournalEntry &entry)
{
    entry.lane = Lane::tool;
    entry.kind = EntryClass::tool;
    entry.calls = message.calls;
    entry.more_follows = more_follows;
    if (Error error = encode_as_content(settings, message.answers, entry.as_content)) {
        return error;
    }
    return protocol::encode_tool_response(message.answers, entry.message);
}

}  // namespace gemlive::session
