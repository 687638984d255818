#include "settings/setup.hpp"

#include <algorithm>
#include <map>

#include "json_member.hpp"
#include "language_tag.hpp"
#include "protocol/client_message.hpp"
#include "settings/tools.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

void put_at(json &object, const char *dotted_path, json value)
{
    std::string pointer = "/";
    for (const char *c = dotted_path; *c; ++c) {
        pointer += *c == '.' ? '/' : *c;
    }
    object[json::json_pointer(pointer)] = std::move(value);
}

bool has_audio(const json &modalities)
{
    return std::find(modalities.begin(), modalities.end(), "AUDIO") != modalities.end();
}

std::string camel_case(const std::string &name)
{
    std::string result;
    bool capital = false;
    for (const char c : name) {
        if (c == '_') {
            capital = true;
            continue;
        }
        result += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        capital = false;
    }
    return result;
}

// A merge patch (RFC 7396), to which a member is the same in both spellings that the service takes. Names in `labels` are
// the user's own, and stay.
void merge(json &into, const json &patch, bool own_names = false)
{
    if (!patch.is_object()) {
        into = patch;
        return;
    }
    if (!into.is_object()) {
        into = json::object();
    }
    std::map<std::string, std::string> known;
    for (const auto &[name, value] : into.items()) {
        known[camel_case(name)] = name;
    }
    for (const auto &[name, value] : patch.items()) {
        const auto same = known.find(camel_case(name));
        const std::string target = own_names || same == known.end() ? name : same->second;
        if (value.is_null()) {
            into.erase(target);
        } else {
            merge(into[target], value, own_names || name == "labels");
        }
    }
}

// Of a text, or of each text in a list; what else stands there is the service's to judge.
Error normalise(json &place, const char *option)
{
    if (place.is_array()) {
        for (json &item : place) {
            if (Error error = normalise(item, option)) {
                return error;
            }
        }
        return {};
    }
    std::string tag;
    if (place.is_string()) {
        if (Error error = normalise_language_tag(place.get_ref<const std::string &>(), tag)) {
            return {error.status, std::string("option ") + option + ": " + error.message};
        }
        place = std::move(tag);
    }
    return {};
}

// Languages in a copy of an option's value, in the member of either spelling, at any depth.
Error normalise_members(json &value, const std::string &camel, const char *option)
{
    if (!value.is_object()) {
        return {};
    }
    for (auto &[name, inner] : value.items()) {
        Error error = camel_case(name) == camel ? normalise(inner, option) : normalise_members(inner, camel, option);
        if (error) {
            return error;
        }
    }
    return {};
}

Error normalise_languages(const char *option, json &value)
{
    const std::string_view name = option;
    if (name == "language") {
        return normalise(value, option);
    }
    if (name == "translation_config") {
        return normalise_members(value, "targetLanguageCode", option);
    }
    if (name == "input_audio_transcription" || name == "output_audio_transcription") {
        return normalise_members(value, "languageCodes", option);
    }
    return {};
}

}  // namespace

Error Setup::make(const Options &options, const Service &service, Setup &out)
{
    Setup setup;
    if (Error error = setup.put_options(options, service.capabilities)) {
        return error;
    }
    if (Error error = make_tools(options, service, setup.tools)) {
        return error;
    }
    setup.put_resumption(options);
    if (options.is_set("setup")) {
        merge(setup.message_, options.get("setup"));
    }
    setup.message_["model"] = service.model;
    if (Error error = service.capabilities.check_setup(service.flavour, setup.message_)) {
        return error;
    }
    if (Error error = setup.read_back()) {
        return error;
    }
    std::string encoded;  // what could not be sent is refused now, with a sentence, not when the connection is open
    if (Error error = protocol::encode_setup(setup.message(""), encoded)) {
        return error;
    }
    out = std::move(setup);
    return {};
}

Error Setup::put_options(const Options &options, const protocol::Capabilities &can)
{
    message_ = json::object();
    const bool audio = has_audio(options.get("modalities"));
    for (const Option &option : option_table()) {
        if (!audio && std::string_view(option.name) == "voice" && !options.is_set("voice")) {
            continue;  // the service refuses a voice, the default one too, where nothing is spoken
        }
        if (!options.is_set(option.name) && !can.supports(option.name)) {
            continue;  // a default is for those models that take it
        }
        const json &given = options.get(option.name);
        if (!*option.setup_path || given.is_null()) {
            continue;
        }
        json value = given;
        if (Error error = normalise_languages(option.name, value)) {
            return error;
        }
        put_at(message_, option.setup_path, std::move(value));
    }
    if (const std::string instructions = options.text("instructions"); !instructions.empty()) {
        message_["systemInstruction"] = {{"parts", {{{"text", instructions}}}}};
    }
    offers_tools = options.text("tool_choice") != "none";
    return {};
}

void Setup::put_resumption(const Options &options)
{
    if (!options.is_off("session_resumption")) {
        message_["sessionResumption"] = options.get("session_resumption");
    }
}

// The handle is put in anew for each connection.
Error Setup::take_handle_out()
{
    const json *const found = member(message_, "sessionResumption", "session_resumption");
    resumption = found != nullptr;
    if (!resumption) {
        return {};
    }
    json value = *found;
    const json handle = value.is_object() ? value.value("handle", json()) : json();
    if (!value.is_object() || !(handle.is_null() || handle.is_string())) {
        return {Status::invalid_argument, "option session_resumption: it is an object whose member handle is a text"};
    }
    first_handle = handle.is_string() ? handle.get<std::string>() : "";
    value.erase("handle");
    message_.erase("session_resumption");
    message_["sessionResumption"] = std::move(value);
    return {};
}

// From the whole message, since the option `setup` may have said it.
Error Setup::read_back()
{
    if (Error error = take_handle_out()) {
        return error;
    }
    if (const json *input = member(message_, "realtimeInputConfig", "realtime_input_config")) {
        if (const json *vad = member(*input, "automaticActivityDetection", "automatic_activity_detection")) {
            const json *const disabled = member(*vad, "disabled", "disabled");
            if (!vad->is_object() || (disabled && !disabled->is_boolean())) {
                return {Status::invalid_argument, "option realtime_input_config: automaticActivityDetection is an object "
                                                  "whose member disabled is true or false"};
            }
            manual_activity = disabled && disabled->get<bool>();
        }
    }
    const json *const output = member(message_, "generationConfig", "generation_config");
    const json *const modalities = output ? member(*output, "responseModalities", "response_modalities") : nullptr;
    speaks = !modalities || has_audio(*modalities);
    const json *const signals = member(message_, "explicitVadSignal", "explicit_vad_signal");
    asks_for_signals = signals && *signals == true;
    transcribes_user = member(message_, "inputAudioTranscription", "input_audio_transcription") != nullptr;
    return {};
}

json Setup::instructions() const
{
    const json *const found = member(message_, "systemInstruction", "system_instruction");
    return found ? *found : json();
}

const ordered_json &Setup::offered_tools() const noexcept
{
    static const ordered_json none = ordered_json::array();
    return offers_tools ? tools.wire() : none;
}

SetupDifference Setup::difference(const Setup &other) const
{
    const auto rest = [](const Setup &setup) {
        json message = setup.message_;
        for (const char *const name : {"systemInstruction", "system_instruction", "tools"}) {
            message.erase(name);
        }
        return message;
    };
    SetupDifference result;
    result.instructions = instructions() != other.instructions();
    result.tools = offered_tools() != other.offered_tools();
    result.rest = rest(*this) != rest(other);
    return result;
}

ordered_json Setup::message(const std::string &handle) const
{
    ordered_json result(message_);
    if (!tools.empty()) {
        result.erase("tools");
        if (offers_tools) {
            result["tools"] = tools.wire();
        }
    }
    if (resumption && !handle.empty()) {
        result["sessionResumption"]["handle"] = handle;
    }
    return result;
}

}  // namespace gemlive::settings
