#include "setup.hpp"

#include <algorithm>
#include <cctype>

#include "voice.hpp"

namespace gemlive::emulator {
namespace {

constexpr const char *plain_reason = "Request contains an invalid argument.";

std::string last_part(const std::string &model)
{
    const size_t slash = model.rfind('/');
    return slash == std::string::npos ? model : model.substr(slash + 1);
}

bool is_good_name(const std::string &name)
{
    if (name.empty() || name.size() > 128)
        return false;
    const unsigned char first = static_cast<unsigned char>(name[0]);
    if (!std::isalpha(first) && first != '_')
        return false;
    return std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '.' || c == ':' || c == '-';
    });
}

bool contains(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Refusal check_model(const std::string &model, const Endpoint &endpoint, const Settings &settings)
{
    const bool vertex = endpoint.flavour == Flavour::vertex;
    const bool resource = vertex ? model.starts_with("projects/") || model.starts_with("publishers/")
                                 : model.starts_with("models/") || model.starts_with("tunedModels/") ||
                                       model.starts_with("projects/");
    if (!resource || model.find("..") != std::string::npos || model.find_first_of("?&") != std::string::npos)
        return invalid(plain_reason);
    const bool served = vertex || settings.api_versions.empty() || contains(settings.api_versions, endpoint.version);
    const bool retired = contains(settings.retired_models, last_part(model));
    if (served && !retired && is_live_model(model))
        return {};
    if (!vertex) {
        return {1008, model + " is not found for API version " + endpoint.version +
                          ", or is not supported for bidiGenerateContent. Call ListModels to see the list of "
                          "available models and their supported methods."};
    }
    if (!retired && last_part(model).starts_with("gemini-") && model.find("not-found") == std::string::npos &&
        model.find("unknown") == std::string::npos)
        return invalid(last_part(model) + " is not supported in the live api.");
    return {1008, "Publisher Model `" + model + "` was not found or your project does not have access to it."};
}

Refusal check_generation(const Json &config, const Endpoint &endpoint, const Profile &profile, Setup &setup)
{
    if (config.contains("responseModalities")) {
        const Json &modalities = config["responseModalities"];
        std::string list;
        for (const Json &modality : modalities)
            list += (list.empty() ? "" : ", ") + modality.get<std::string>();
        if (modalities.size() > 1)
            return invalid("The requested combination of response modalities (" + list + ") is not supported.");
        setup.text_answers = list == "TEXT";
        if (profile.only_transcribes && !setup.text_answers)
            return invalid("The requested combination of response modalities (" + list + ") is not supported.");
        if (setup.text_answers && (!profile.text_answers || config.contains("speechConfig")))
            return invalid("Cannot extract voices from a non-audio request.");
    }
    const auto voice = Json::json_pointer("/speechConfig/voiceConfig/prebuiltVoiceConfig/voiceName");
    if (config.contains(voice)) {
        setup.voice = config[voice].get<std::string>();
        if (!is_known_voice(setup.voice) || setup.voice == "slt" || setup.voice == "rms")
            return invalid(plain_reason);
    }
    if (config.contains("candidateCount") && config["candidateCount"] != 1)
        return invalid(plain_reason);
    if (profile.penalties_refused && (config.contains("presencePenalty") || config.contains("frequencyPenalty")))
        return invalid(plain_reason);
    if (config.contains("enableAffectiveDialog")) {
        if (profile.affective_refused)
            return invalid(plain_reason);
        if (profile.needs_v1alpha && endpoint.flavour == Flavour::gemini && endpoint.version != "v1alpha")
            return invalid("Invalid JSON payload received. Unknown name \"enableAffectiveDialog\" at "
                           "'setup.generation_config': Cannot find field.");
        setup.never_answered |= profile.affective_is_silence;
    }
    const Json thinking = config.value("thinkingConfig", Json::object());
    const bool level = thinking.contains("thinkingLevel");
    const bool budget = thinking.contains("thinkingBudget");
    if (level && profile.thinking_level_refused && endpoint.flavour == Flavour::gemini)
        return invalid("Thinking level is not supported for this model.");
    if (profile.thinking_required && level == budget)
        return invalid(plain_reason);
    return {};
}

void read_activity(const Json &config, bool vertex, Setup &setup)
{
    const Json detection = config.value("automaticActivityDetection", Json::object());
    setup.automatic = !detection.value("disabled", false);
    // Unspecified is HIGH on Gemini and LOW on Vertex.
    const std::string start = detection.value("startOfSpeechSensitivity", "START_SENSITIVITY_UNSPECIFIED");
    const std::string end = detection.value("endOfSpeechSensitivity", "END_SENSITIVITY_UNSPECIFIED");
    const bool slow_start = start == "START_SENSITIVITY_LOW" || (vertex && start != "START_SENSITIVITY_HIGH");
    const bool slow_end = end == "END_SENSITIVITY_LOW" || (vertex && end != "END_SENSITIVITY_HIGH");
    setup.hearing.start_ms = std::clamp(detection.value("prefixPaddingMs", slow_start ? 160 : 100), 10, 2000);
    setup.hearing.silence_ms = std::clamp(detection.value("silenceDurationMs", slow_end ? 800 : 600), 10, 10000);
    setup.interim_times = config.value("interimTranscriptTimestampEnabled", false);
    setup.interrupts = config.value("activityHandling", "") != "NO_INTERRUPTION";
    setup.all_input = config.value("turnCoverage", "") == "TURN_INCLUDES_ALL_INPUT";
}

Refusal check_content(const Json &turns, const Setup &setup, Flavour flavour)
{
    for (const Json &turn : turns) {
        const std::string role = turn.value("role", "");
        if (role.empty() && setup.profile->role_required)
            return invalid(plain_reason);
        const bool known =
            role.empty() || role == "user" || role == "model" || (role == "system" && flavour == Flavour::vertex);
        if (!known)
            return invalid("Please use a valid role: user, model.");
        for (const Json &part : turn.value("parts", Json::array())) {
            if (flavour == Flavour::gemini && (part.contains("functionCall") || part.contains("functionResponse")))
                return invalid(plain_reason);
        }
    }
    return {};
}

}  // namespace

Refusal read_functions(const Json &tools, const std::string &path, const Profile &profile, Json &functions)
{
    functions = Json::array();
    for (size_t t = 0; t < tools.size(); ++t) {
        const Json list = tools[t].value("functionDeclarations", Json::array());
        for (size_t f = 0; f < list.size(); ++f) {
            const std::string at = "* BidiGenerateContentRequest." + path + "[" + std::to_string(t) +
                                   "].function_declarations[" + std::to_string(f) + "]";
            if (!is_good_name(list[f].value("name", "")))
                return invalid(at + ".name: Invalid function name. Must start with a letter or an underscore.");
            if (list[f].contains("parameters") && list[f].contains("parametersJsonSchema"))
                return invalid(at + ": only one of parameters and parameters_json_schema may be set");
            if (profile.blocking_refused && list[f].value("behavior", "") == "BLOCKING")
                return invalid(plain_reason);
            functions.push_back(list[f]);
        }
    }
    return functions.size() > 512 ? invalid(plain_reason) : Refusal{};
}

Refusal read_setup(const Json &message, const Endpoint &endpoint, const Settings &settings, Setup &setup)
{
    setup.message = message;
    setup.model = message.value("model", "");
    if (Refusal refusal = check_model(setup.model, endpoint, settings))
        return refusal;
    setup.profile = settings.profile.empty() ? &profile_of_model(setup.model, endpoint.flavour)
                                             : find_profile(settings.profile);
    const Profile &profile = *setup.profile;
    if (Refusal refusal =
            check_generation(message.value("generationConfig", Json::object()), endpoint, profile, setup))
        return refusal;
    if (profile.tools_refused && (message.contains("tools") || message.contains("systemInstruction")))
        return invalid(plain_reason);
    if (!settings.voice.empty())
        setup.voice = settings.voice;
    if (Refusal refusal =
            read_functions(message.value("tools", Json::array()), "setup.tools", profile, setup.functions))
        return refusal;
    if (message.contains("proactivity")) {
        const Json &proactivity = message["proactivity"];
        if (profile.needs_v1alpha && endpoint.flavour == Flavour::gemini && endpoint.version != "v1alpha")
            return invalid(
                "Invalid JSON payload received. Unknown name \"proactivity\" at 'setup': Cannot find field.");
        if (profile.proactive_off_refused && !proactivity.value("proactiveAudio", true))
            return invalid(plain_reason);
        setup.never_answered |= profile.affective_is_silence;
    }
    read_activity(message.value("realtimeInputConfig", Json::object()), endpoint.flavour == Flavour::vertex,
                  setup);
    if (message.contains("sessionResumption")) {
        const Json &resumption = message["sessionResumption"];
        const bool null_handle = resumption.contains("handle") && resumption["handle"].is_null();
        if (null_handle && profile.null_handle_refused)
            return invalid("Invalid value at 'setup.session_resumption.handle' (TYPE_STRING), null");
        setup.resumption = true;
        setup.handle = null_handle ? "" : resumption.value("handle", "");
        setup.transparent = resumption.value("transparent", false);
    }
    if (message.contains("contextWindowCompression")) {
        const Json &compression = message["contextWindowCompression"];
        const auto target = compression.value("slidingWindow", Json::object()).value("targetTokens", int64_t{0});
        const auto trigger = compression.value("triggerTokens", int64_t{0});
        if (trigger < 0 || target < 0 || (trigger > 0 && target >= trigger))
            return invalid(plain_reason);
    }
    setup.transcribe_input = message.contains("inputAudioTranscription") || profile.always_transcribes;
    setup.transcribe_output = message.contains("outputAudioTranscription");
    setup.voice_activity = profile.voice_activity || message.value("explicitVadSignal", false);
    if (profile.tells_language) {
        // What the emulator speaks and, for all it knows, hears is English.
        setup.input_language = "en";
        setup.output_language = message.value("generationConfig", Json::object())
                                    .value("translationConfig", Json::object())
                                    .value("targetLanguageCode", "en");
        setup.interrupts = false;  // it speaks while it listens
    }
    setup.history_first =
        message.value("historyConfig", Json::object()).value("initialHistoryInClientContent", false);
    return {};
}

Refusal check_message(const Json &message, const Setup &setup, Flavour flavour)
{
    if (message.contains("setup"))
        return invalid("setup must be the first message and only the first.");
    if (message.contains("clientContent"))
        return check_content(message["clientContent"].value("turns", Json::array()), setup, flavour);
    if (message.contains("realtimeInput")) {
        const Json &input = message["realtimeInput"];
        if (input.contains("mediaChunks") && setup.profile->media_chunks_refused)
            return invalid("realtime_input.media_chunks is deprecated. Use audio, video, or text instead.");
        if ((input.contains("activityStart") || input.contains("activityEnd")) && setup.automatic)
            return invalid(
                "Explicit activity control is not supported when automatic activity detection is enabled.");
    }
    if (message.contains("toolResponse")) {
        const Json responses = message["toolResponse"].value("functionResponses", Json::array());
        for (size_t i = 0; i < responses.size(); ++i) {
            const std::string path = "tool_response.function_responses[" + std::to_string(i) + "]";
            if (!responses[i].contains("response"))
                return invalid(plain_reason);
            const bool needs_id = flavour == Flavour::gemini && setup.profile->answers_need_ids;
            if (needs_id && responses[i].value("id", "").empty())
                return invalid(plain_reason);
            const bool scheduled = responses[i].contains("scheduling");
            if (flavour == Flavour::vertex && !setup.profile->scheduling_on_vertex && scheduled)
                return invalid("Invalid JSON payload received. Unknown name \"scheduling\" at '" + path +
                               "': Cannot find field.");
        }
    }
    if (message.contains("contextUpdate") && setup.profile->context_update_refused)
        return invalid("Invalid JSON payload received. Unknown name \"contextUpdate\": Cannot find field.");
    if (message.contains("contextUpdate") && message["contextUpdate"].contains("tools")) {
        Json functions;
        const Json list = message["contextUpdate"]["tools"].value("tools", Json::array());
        return read_functions(list, "context_update.tools.tools", *setup.profile, functions);
    }
    return {};
}

}  // namespace gemlive::emulator
