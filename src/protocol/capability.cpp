#include "protocol/capability.hpp"

#include <algorithm>
#include <utility>

#include "base/json_text.hpp"
#include "json_writer.hpp"
#include "model_table_text.hpp"
#include "protocol/model_name.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;

template <typename T>
struct Name {
    T value;
    const char *name;
};

constexpr Name<TextInput> text_inputs[] = {{TextInput::client_content, "client_content"},
                                           {TextInput::realtime_text, "realtime_text"}};
constexpr Name<ContentTurns> content_turns[] = {{ContentTurns::always, "always"},
                                                {ContentTurns::initial, "initial"},
                                                {ContentTurns::never, "never"}};
constexpr Name<ReplyWithoutInput> replies[] = {{ReplyWithoutInput::user_dot, "user_dot"},
                                               {ReplyWithoutInput::turns_empty, "turns_empty"},
                                               {ReplyWithoutInput::realtime_space, "realtime_space"}};
constexpr Name<ReplyInstructions> instructions[] = {{ReplyInstructions::model_turn, "model_turn"},
                                                    {ReplyInstructions::tagged_user_turn, "tagged_user_turn"}};
constexpr Name<InstructionUpdate> instruction_updates[] = {{InstructionUpdate::system_turn, "system_turn"},
                                                           {InstructionUpdate::reconnect, "reconnect"}};
constexpr Name<ContextUpdates> context_updates[] = {{ContextUpdates::try_first, "try_first"},
                                                    {ContextUpdates::never, "never"}};
constexpr Name<Thinking> thinking_ways[] = {{Thinking::any, "any"},
                                            {Thinking::level, "level"},
                                            {Thinking::budget, "budget"},
                                            {Thinking::none, "none"},
                                            {Thinking::one_required, "one_required"}};
constexpr Name<HistoryConfig> history_configs[] = {{HistoryConfig::omit, "omit"}, {HistoryConfig::send, "send"}};
constexpr Name<TurnOfCall> turns_of_call[] = {{TurnOfCall::same, "same"}, {TurnOfCall::own, "own"}};
constexpr Name<ToolBehavior> behaviors[] = {{ToolBehavior::unspecified, "unspecified"},
                                            {ToolBehavior::blocking, "blocking"},
                                            {ToolBehavior::non_blocking, "non_blocking"}};
constexpr Name<InputInCall> inputs_in_call[] = {{InputInCall::goes_on, "goes_on"}, {InputInCall::waits, "waits"}};
constexpr Name<CallId> call_ids[] = {{CallId::as_given, "as_given"}, {CallId::required, "required"}};
constexpr Name<SpeechSignals> speech_signals[] = {{SpeechSignals::asked_for, "asked_for"},
                                                  {SpeechSignals::unasked, "unasked"}};

// Calls f(name, member, names) for each capability that is a choice.
template <typename C, typename F>
void each_choice(C &capabilities, F &&f)
{
    f("text_input", capabilities.text_input, text_inputs);
    f("content_turns", capabilities.content_turns, content_turns);
    f("reply_without_input", capabilities.reply_without_input, replies);
    f("reply_instructions", capabilities.reply_instructions, instructions);
    f("instruction_update", capabilities.instruction_update, instruction_updates);
    f("context_update", capabilities.context_update, context_updates);
    f("thinking", capabilities.thinking, thinking_ways);
    f("history_config", capabilities.history_config, history_configs);
    f("turn_of_call", capabilities.turn_of_call, turns_of_call);
    f("tool_behavior", capabilities.tool_behavior, behaviors);
    f("input_in_call", capabilities.input_in_call, inputs_in_call);
    f("call_id", capabilities.call_id, call_ids);
    f("speech_signals", capabilities.speech_signals, speech_signals);
}

// False if there is no such choice, or no such value of it.
bool choose(Capabilities &capabilities, const std::string &key, const std::string &value)
{
    if (key == "preview_api_version") {
        capabilities.preview_api_version = value;
        return true;
    }
    bool found = false;
    each_choice(capabilities, [&](const char *name, auto &member, const auto &names) {
        if (key != name) {
            return;
        }
        for (const auto &entry : names) {
            if (value == entry.name) {
                member = entry.value;
                found = true;
            }
        }
    });
    return found;
}

bool is_refusable(std::string_view name) noexcept
{
    const auto &names = refusable_names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

Error check_row_content(const json &choices, const json &refusals)
{
    Capabilities scratch;
    for (const auto &[name, value] : choices.items()) {
        if (!value.is_string() || !choose(scratch, name, value.get<std::string>())) {
            return invalid_argument("The model table has no choice " + name + " with that value.");
        }
    }
    for (const auto &[name, sentence] : refusals.items()) {
        if (!is_refusable(name) || !(sentence.is_null() || (sentence.is_string() && sentence != ""))) {
            return invalid_argument("The model table cannot refuse " + name +
                                    ": it takes a known name with a sentence, or null to allow it.");
        }
    }
    return {};
}

}  // namespace

const std::vector<std::string_view> &refusable_names() noexcept
{
    static const std::vector<std::string_view> names = {
        "affective_dialog", "audio_output", "blocking_tools", "client_content", "code_execution",
        "context_window_compression", "explicit_vad_signal", "frequency_penalty", "google_maps", "google_search", "history_config",
        "input_transcription", "instructions", "json_schema", "language", "media_chunks", "non_blocking_tools",
        "output_transcription", "presence_penalty", "proactivity", "proactivity_off", "realtime_text", "safety_settings", "scheduling",
        "session_resumption", "system_turns", "text_output", "thinking", "thinking_budget", "thinking_level",
        "thinking_minimal", "tools", "translation", "transparent_resumption", "turn_coverage_all_video",
        "url_context", "video_input", "video_output", "will_continue"};
    return names;
}

std::string_view Capabilities::refusal(std::string_view what) const noexcept
{
    const auto found = refusals_.find(what);
    return found == refusals_.end() ? std::string_view() : std::string_view(found->second);
}

json Capabilities::to_json() const
{
    json result = json::object();
    each_choice(*this, [&](const char *name, const auto &member, const auto &names) {
        for (const auto &entry : names) {
            if (member == entry.value) {
                result[name] = entry.name;
            }
        }
    });
    if (!preview_api_version.empty()) {
        result["preview_api_version"] = preview_api_version;
    }
    result["refused"] = refusals_;
    return result;
}

bool ModelTable::Row::matches(Flavour flavour, std::string_view model) const noexcept
{
    return (flavour == Flavour::gemini ? gemini : vertex) && model.starts_with(prefix);
}

const ModelTable &ModelTable::default_table()
{
    static const ModelTable table = [] {
        ModelTable built;
        built.add_rows(parse_json<json>(model_table_text));  // that it is right is what the tests say
        return built;
    }();
    return table;
}

Error ModelTable::with_overrides(const json &overrides, ModelTable &out)
{
    ModelTable table = default_table();
    if (Error error = table.add_rows(overrides)) {
        return error;
    }
    out = std::move(table);
    return {};
}

Error ModelTable::add_rows(const json &source)
{
    const json &rows = source.is_object() && source.contains("rows") ? source["rows"] : source;
    if (!rows.is_array()) {
        return invalid_argument("A model table is an array of rows, or an object with \"rows\".");
    }
    for (const json &row : rows) {
        if (Error error = add_row(row)) {
            return error;
        }
    }
    // Of two rows with one prefix the later one lies on top, which an override is.
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row &a, const Row &b) {
        return a.prefix.size() < b.prefix.size();
    });
    return {};
}

Error ModelTable::add_row(const json &source)
{
    if (!source.is_object() || !source.contains("models") || !source["models"].is_array()) {
        return invalid_argument("Each row of the model table needs \"models\", an array of name prefixes.");
    }
    const json empty = json::object();
    Row row;
    row.choose = source.contains("choose") ? source["choose"] : empty;
    row.refuse = source.contains("refuse") ? source["refuse"] : empty;
    if (!row.choose.is_object() || !row.refuse.is_object()) {
        return invalid_argument("\"choose\" and \"refuse\" of a model table's row must be objects.");
    }
    if (Error error = check_row_content(row.choose, row.refuse)) {
        return error;
    }
    if (source.contains("flavour")) {
        const json &flavour = source["flavour"];
        if (flavour != "gemini" && flavour != "vertex") {
            return invalid_argument("The flavour of a model table's row is gemini or vertex.");
        }
        row.gemini = flavour == "gemini";
        row.vertex = flavour == "vertex";
    }
    for (const json &prefix : source["models"]) {
        if (!prefix.is_string() || prefix == "") {
            return invalid_argument("A name prefix in the model table must be a text.");
        }
        row.prefix = prefix.get<std::string>();
        rows_.push_back(row);
    }
    return {};
}

Capabilities ModelTable::lookup(Flavour flavour, std::string_view model) const
{
    const std::string_view name = bare_model_name(model);
    Capabilities result;
    for (const Row &row : rows_) {
        if (!row.matches(flavour, name)) {
            continue;
        }
        for (const auto &[key, value] : row.choose.items()) {
            choose(result, key, value.get_ref<const std::string &>());
        }
        for (const auto &[key, sentence] : row.refuse.items()) {
            if (sentence.is_null()) {
                result.refusals_.erase(key);
            } else {
                result.refusals_[key] = sentence.get<std::string>();
            }
        }
    }
    return result;
}

bool ModelTable::knows(Flavour flavour, std::string_view model) const noexcept
{
    const std::string_view name = bare_model_name(model);
    return std::any_of(rows_.begin(), rows_.end(), [&](const Row &row) { return row.matches(flavour, name); });
}

}  // namespace gemlive::protocol
