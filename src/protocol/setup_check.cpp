#include <algorithm>
#include <optional>
#include <string>

#include "json_writer.hpp"
#include "member_name.hpp"
#include "protocol/capability.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::protocol {
namespace {

using nlohmann::json;

// A member in either spelling; null is as good as absent.
const json *find(const json &object, std::string_view camel)
{
    if (!object.is_object()) {
        return nullptr;
    }
    for (const auto &[key, value] : object.items()) {
        if (is_named(key, camel) && !value.is_null()) {
            return &value;
        }
    }
    return nullptr;
}

bool is_text(const json &value, std::string_view wanted)
{
    if (!value.is_string()) {
        return false;
    }
    const auto &text = value.get_ref<const std::string &>();
    return std::equal(text.begin(), text.end(), wanted.begin(), wanted.end(), [](char a, char b) {
        return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b;
    });
}

// Keeps the first refusal of a whole setup.
class Check {
public:
    explicit Check(const Capabilities &capabilities) : capabilities_(capabilities) {}

    void asks_for(std::string_view what)
    {
        const std::string_view sentence = capabilities_.refusal(what);
        if (!error_ && !sentence.empty()) {
            error_ = {Status::unsupported, std::string(sentence)};
        }
    }

    // The whole object where it is given, if only as {}.
    const json *member(const json &object, std::string_view camel, std::string_view what)
    {
        const json *const found = find(object, camel);
        if (found) {
            asks_for(what);
        }
        return found;
    }

    void fail(std::string message)
    {
        if (!error_) {
            error_ = {Status::unsupported, std::move(message)};
        }
    }

    const Error &error() const { return error_; }

private:
    const Capabilities &capabilities_;
    Error error_;
};

void check_modalities(const json &generation, Check &check)
{
    const json *const modalities = find(generation, "responseModalities");
    if (!modalities || !modalities->is_array()) {
        return;
    }
    for (const json &modality : *modalities) {
        if (is_text(modality, "TEXT")) {
            check.asks_for("text_output");
        } else if (is_text(modality, "AUDIO")) {
            check.asks_for("audio_output");
        } else if (is_text(modality, "VIDEO")) {
            check.asks_for("video_output");
        }
    }
}

void check_thinking(const json &generation, Thinking way, Check &check)
{
    const json *const config = check.member(generation, "thinkingConfig", "thinking");
    const json *level = nullptr;
    const json *budget = nullptr;
    if (config) {
        level = check.member(*config, "thinkingLevel", "thinking_level");
        budget = check.member(*config, "thinkingBudget", "thinking_budget");
        if (level && is_text(*level, "MINIMAL")) {
            check.asks_for("thinking_minimal");
        }
    }
    if (way == Thinking::one_required && !level == !budget) {
        check.fail("This model needs exactly one of thinkingLevel and thinkingBudget in thinking_config.");
    }
}

void check_generation(const json &generation, Thinking way, Check &check)
{
    check_modalities(generation, check);
    check_thinking(generation, way, check);
    check.member(generation, "enableAffectiveDialog", "affective_dialog");
    check.member(generation, "translationConfig", "translation");
    check.member(generation, "presencePenalty", "presence_penalty");
    check.member(generation, "frequencyPenalty", "frequency_penalty");
    if (const json *const speech = find(generation, "speechConfig")) {
        check.member(*speech, "languageCode", "language");
    }
}

void check_functions(const json &declarations, Check &check)
{
    if (!declarations.is_array()) {
        return;
    }
    for (const json &function : declarations) {
        const json *const behavior = find(function, "behavior");
        if (behavior && is_text(*behavior, "NON_BLOCKING")) {
            check.asks_for("non_blocking_tools");
        } else if (behavior && is_text(*behavior, "BLOCKING")) {
            check.asks_for("blocking_tools");
        }
    }
}

void check_each_tool(const json &tools, Check &check)
{
    if (tools.is_array() && !tools.empty()) {
        check.asks_for("tools");
        for (const json &tool : tools) {
            if (const json *const declarations = find(tool, "functionDeclarations")) {
                check_functions(*declarations, check);
            }
            check.member(tool, "codeExecution", "code_execution");
            check.member(tool, "urlContext", "url_context");
            check.member(tool, "googleMaps", "google_maps");
            check.member(tool, "googleSearch", "google_search");
        }
    }
}

void check_proactivity(const json &setup, Check &check)
{
    const json *const proactivity = check.member(setup, "proactivity", "proactivity");
    const json *const audio = proactivity ? find(*proactivity, "proactiveAudio") : nullptr;
    if (audio && *audio == false) {
        check.asks_for("proactivity_off");
    }
}

void check_realtime_input(const json &setup, Check &check)
{
    const json *const config = find(setup, "realtimeInputConfig");
    const json *const coverage = config ? find(*config, "turnCoverage") : nullptr;
    if (coverage && is_text(*coverage, "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO")) {
        check.asks_for("turn_coverage_all_video");
    }
}

void check_resumption(const json &setup, Check &check)
{
    const json *const resumption = check.member(setup, "sessionResumption", "session_resumption");
    const json *const transparent = resumption ? find(*resumption, "transparent") : nullptr;
    if (transparent && *transparent == true) {
        check.asks_for("transparent_resumption");
    }
}

}  // namespace

Error Capabilities::check_tools(Flavour flavour, const json &tools) const
{
    if (Error error = protocol::check_tools(flavour, tools)) {
        return error;
    }
    Check check(*this);
    check_each_tool(tools, check);
    return check.error();
}

Error Capabilities::check_setup(Flavour flavour, const json &setup) const
{
    if (!setup.is_object()) {
        return invalid_argument("The setup must be an object.");
    }
    const json nothing = json::object();
    const json *const generation = find(setup, "generationConfig");
    Check check(*this);
    check_generation(generation ? *generation : nothing, thinking, check);
    check_proactivity(setup, check);
    check_realtime_input(setup, check);
    check_resumption(setup, check);
    check.member(setup, "systemInstruction", "instructions");
    check.member(setup, "historyConfig", "history_config");
    check.member(setup, "safetySettings", "safety_settings");
    check.member(setup, "explicitVadSignal", "explicit_vad_signal");
    check.member(setup, "inputAudioTranscription", "input_transcription");
    check.member(setup, "outputAudioTranscription", "output_transcription");
    check.member(setup, "contextWindowCompression", "context_window_compression");
    if (check.error()) {
        return check.error();
    }
    const json *const tools = find(setup, "tools");
    return tools ? check_tools(flavour, *tools) : Error();
}

}  // namespace gemlive::protocol
