#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/flavour.hpp"

namespace gemlive::protocol {

enum class TextInput : uint8_t { client_content, realtime_text };
enum class ContentTurns : uint8_t { always, initial, never };
enum class ReplyWithoutInput : uint8_t { user_dot, turns_empty, realtime_space };
enum class ReplyInstructions : uint8_t { model_turn, tagged_user_turn };
enum class InstructionUpdate : uint8_t { system_turn, reconnect };
enum class ContextUpdates : uint8_t { try_first, never };
enum class Thinking : uint8_t { any, level, budget, none, one_required };
enum class HistoryConfig : uint8_t { omit, send };
enum class TurnOfCall : uint8_t { same, own };
enum class ToolBehavior : uint8_t { unspecified, blocking, non_blocking };
enum class InputInCall : uint8_t { goes_on, waits };
enum class CallId : uint8_t { as_given, required };
enum class SpeechSignals : uint8_t { asked_for, unasked };  // of when the user begins and ends to speak

// What one model can do, and how it wants to be asked. Session code asks here for a capability by its name and
// never looks at the name of a model.
class Capabilities {
public:
    TextInput text_input = TextInput::client_content;
    ContentTurns content_turns = ContentTurns::always;
    ReplyWithoutInput reply_without_input = ReplyWithoutInput::turns_empty;
    ReplyInstructions reply_instructions = ReplyInstructions::tagged_user_turn;
    InstructionUpdate instruction_update = InstructionUpdate::reconnect;  // where context updates are refused
    ContextUpdates context_update = ContextUpdates::try_first;
    Thinking thinking = Thinking::any;
    HistoryConfig history_config = HistoryConfig::omit;  // whether the history is announced in the setup
    TurnOfCall turn_of_call = TurnOfCall::same;          // own: the answer to a tool call is a turn of its own
    ToolBehavior tool_behavior = ToolBehavior::unspecified;  // declared for functions that say nothing
    InputInCall input_in_call = InputInCall::goes_on;  // what the user says while a blocking call is open
    CallId call_id = CallId::as_given;
    SpeechSignals speech_signals = SpeechSignals::asked_for;
    std::string preview_api_version;  // needed for affective dialog and proactivity; empty = the usual one

    // The sentence for a person who asks for what the model would refuse; empty = not refused. `what` is one of
    // refusable_names().
    std::string_view refusal(std::string_view what) const noexcept;
    bool supports(std::string_view what) const noexcept { return refusal(what).empty(); }

    // Checks the inner object of setup, in either spelling: an Error of status unsupported names what to do
    // instead.
    Error check_setup(Flavour flavour, const nlohmann::json &setup) const;

    // The tools of a setup or a context update; check_setup does it too.
    Error check_tools(Flavour flavour, const nlohmann::json &tools) const;

    nlohmann::json to_json() const;

private:
    friend class ModelTable;

    std::map<std::string, std::string, std::less<>> refusals_;
};

const std::vector<std::string_view> &refusable_names() noexcept;

// Which model is which. Rows name a prefix of the model's name; all that match are laid over one another, the
// longest prefix on top. A model without a row is refused nothing.
class ModelTable {
public:
    // The table that comes with the library.
    static const ModelTable &default_table();

    // The default with the rows of `overrides` on top: an array of rows, or an object with "rows".
    static Error with_overrides(const nlohmann::json &overrides, ModelTable &out);

    // `model` in any form that setup.model takes.
    Capabilities lookup(Flavour flavour, std::string_view model) const;

    bool knows(Flavour flavour, std::string_view model) const noexcept;

private:
    struct Row {
        std::string prefix;
        bool gemini = true;
        bool vertex = true;
        nlohmann::json choose;
        nlohmann::json refuse;

        bool matches(Flavour flavour, std::string_view model) const noexcept;
    };

    Error add_rows(const nlohmann::json &rows);
    Error add_row(const nlohmann::json &row);

    std::vector<Row> rows_;
};

}  // namespace gemlive::protocol
