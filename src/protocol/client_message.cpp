#include "protocol/client_message.hpp"

#include <algorithm>
#include <array>

#include "base/json_text.hpp"
#include "json_writer.hpp"
#include "member_name.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

template <typename Json>
Error append_message(const char *kind, const Json &content, std::string &out)
{
    if (Error error = check_depth(content, std::string("The message ") + kind, 1)) {
        return error;
    }
    const size_t start = out.size();
    out += "{\"";
    out += kind;
    out += "\":";
    if (Error error = append_json(content, out)) {
        out.resize(start);
        return error;
    }
    out += '}';
    return {};
}

Error check_turn(const json &turn)
{
    if (!turn.is_object() || !turn.contains("parts") || !turn["parts"].is_array()) {
        return invalid_argument("Each turn must be an object with an array \"parts\".");
    }
    const auto role = turn.find("role");
    if (role == turn.end() || !role->is_string() ||
        (*role != "user" && *role != "model" && *role != "system")) {
        return invalid_argument("Each turn needs a \"role\": user, model or, on Vertex, system.");
    }
    const bool all_objects =
        std::all_of(turn["parts"].begin(), turn["parts"].end(), [](const json &part) { return part.is_object(); });
    return all_objects ? Error() : invalid_argument("Each part of a turn must be an object.");
}

// The names of the enum, whatever the case; Google's prose also says INTERRUPTED.
const char *scheduling_of(std::string_view text) noexcept
{
    constexpr std::array<const char *, 3> names = {"SILENT", "WHEN_IDLE", "INTERRUPT"};
    const auto found = std::find_if(names.begin(), names.end(), [&](std::string_view name) {
        return std::equal(text.begin(), text.end(), name.begin(), name.end(), [](char a, char b) {
            return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b;
        });
    });
    return found == names.end() ? nullptr : *found;
}

Error add_answer(const ToolAnswer &answer, json &responses)
{
    if (!answer.response.is_object()) {
        return invalid_argument("The response of a tool answer must be an object.");
    }
    if (Error error = check_depth(answer.response, "The output of a tool")) {
        return error;
    }
    if (Error error = check_depth(answer.parts, "The list of parts of a tool answer")) {
        return error;
    }
    if (answer.name.empty() && answer.id.empty()) {
        return invalid_argument("A tool answer needs the name of the function, or the id of its call.");
    }
    json response = {{"response", answer.response}};
    if (!answer.name.empty()) {  // a call that had none is answered by its id
        response["name"] = answer.name;
    }
    if (!answer.id.empty()) {
        response["id"] = answer.id;
    }
    if (!answer.scheduling.empty()) {
        const char *const scheduling = scheduling_of(answer.scheduling);
        if (!scheduling) {
            return invalid_argument("\"" + answer.scheduling +
                                    "\" is no scheduling: use SILENT, WHEN_IDLE or INTERRUPT.");
        }
        (answer.scheduling_inside_response ? response["response"] : response)["scheduling"] = scheduling;
    }
    if (answer.will_continue) {
        response["willContinue"] = *answer.will_continue;
    }
    if (!answer.parts.is_null()) {
        if (!answer.parts.is_array()) {
            return invalid_argument("The parts of a tool answer must be an array.");
        }
        response["parts"] = answer.parts;
    }
    responses.push_back(std::move(response));
    return {};
}

// Null is not the same as absent everywhere on the service. What a schema says is the application's own.
ordered_json without_nulls(const ordered_json &value)
{
    if (value.is_array()) {
        ordered_json kept = ordered_json::array();
        for (const ordered_json &item : value) {
            kept.push_back(without_nulls(item));
        }
        return kept;
    }
    if (!value.is_object()) {
        return value;
    }
    ordered_json kept = ordered_json::object();
    for (const auto &[key, member] : value.items()) {
        if (key == "functionDeclarations" || key == "function_declarations") {
            kept[key] = member;
        } else if (!member.is_null()) {
            kept[key] = without_nulls(member);
        }
    }
    return kept;
}

}  // namespace

Error encode_client_content(const json &turns, std::optional<bool> turn_complete, std::string &out)
{
    if (Error error = check_depth(turns, "The list of turns")) {
        return error;
    }
    json content = json::object();
    if (!turns.is_null()) {
        if (!turns.is_array()) {
            return invalid_argument("The turns of client content must be an array.");
        }
        for (const json &turn : turns) {
            if (Error error = check_turn(turn)) {
                return error;
            }
        }
        content["turns"] = turns;
    }
    if (turn_complete) {
        content["turnComplete"] = *turn_complete;
    }
    if (content.empty()) {
        return invalid_argument("Client content needs turns or an end of the turn.");
    }
    return append_message("clientContent", content, out);
}

json text_content(std::string_view role, std::string_view text)
{
    json content = {{"parts", json::array({{{"text", text}}})}};
    if (!role.empty()) {
        content["role"] = role;
    }
    return content;
}

ToolAnswer ToolAnswer::from_output(std::string id, std::string name, json output)
{
    ToolAnswer answer;
    answer.id = std::move(id);
    answer.name = std::move(name);
    if (output.is_object()) {
        answer.response = std::move(output);
    } else {
        answer.response = {{"output", std::move(output)}};
    }
    return answer;
}

ToolAnswer ToolAnswer::from_error(std::string id, std::string name, std::string_view text)
{
    return from_output(std::move(id), std::move(name), json{{"error", text}});
}

Error encode_tool_response(std::span<const ToolAnswer> answers, std::string &out)
{
    if (answers.empty()) {
        return invalid_argument("A tool response needs at least one answer.");
    }
    json responses = json::array();
    for (const ToolAnswer &answer : answers) {
        if (Error error = add_answer(answer, responses)) {
            return error;
        }
    }
    return append_message("toolResponse", json{{"functionResponses", std::move(responses)}}, out);
}

Error encode_context_update(Flavour flavour, const ContextUpdate &update, std::string &out)
{
    if (Error error = check_depth(update.system_instruction, "The system instruction")) {
        return error;
    }
    if (Error error = check_depth(update.tools, "The list of tools")) {
        return error;
    }
    ordered_json content = ordered_json::object();
    if (!update.system_instruction.is_null()) {
        if (!update.system_instruction.is_object()) {
            return invalid_argument("The system instruction must be an object with parts.");
        }
        content["systemInstruction"] = ordered_json(update.system_instruction);
    }
    if (!update.tools.is_null()) {
        if (Error error = check_tools(flavour, json(update.tools))) {
            return error;
        }
        content["tools"]["tools"] = update.tools;
    }
    if (content.empty()) {
        return invalid_argument("A context update needs a system instruction or tools.");
    }
    return append_message("contextUpdate", content, out);
}

Error encode_setup(const ordered_json &setup, std::string &out)
{
    if (!setup.is_object()) {
        return invalid_argument("The setup must be an object.");
    }
    const auto model = setup.find("model");
    if (model == setup.end() || !model->is_string() || *model == "") {
        return invalid_argument("The setup names no model.");
    }
    if (Error error = check_depth(setup, "The setup")) {
        return error;
    }
    return append_message("setup", without_nulls(setup), out);
}

namespace {

const json *member_of(const json &value, std::string_view name)
{
    if (!value.is_object()) {
        return nullptr;
    }
    for (auto member = value.begin(); member != value.end(); ++member) {
        if (is_named(member.key(), name)) {
            return &*member;
        }
    }
    return nullptr;
}

RawFacts facts_of(const json &message)
{
    RawFacts facts;
    const json *const response = member_of(message, "toolResponse");
    facts.answers_calls = response != nullptr;
    const json *const answers = facts.answers_calls ? member_of(*response, "functionResponses") : nullptr;
    if (answers == nullptr || !answers->is_array()) {
        return facts;
    }
    for (const json &answer : *answers) {
        const json *const id = member_of(answer, "id");
        const json *const continues = member_of(answer, "willContinue");
        if (id != nullptr && id->is_string() && !(continues != nullptr && *continues == true)) {
            facts.calls.push_back(*id);
        }
    }
    return facts;
}

}  // namespace

Error encode_raw(std::string_view text, std::string &out, RawFacts *facts)
{
    json message;
    if (Error error = parse_json(text, "The raw message", message)) {
        return error;
    }
    if (!message.is_object() || message.empty()) {
        return invalid_argument("A raw message must be one JSON object with a member.");
    }
    if (message.contains("setup")) {
        return invalid_argument("The raw message is a setup; a session sends its own: use the option setup.");
    }
    if (facts != nullptr) {
        *facts = facts_of(message);
    }
    return append_json(message, out);
}

}  // namespace gemlive::protocol
