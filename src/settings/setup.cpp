#include "settings/setup.hpp"

#include <algorithm>

#include "json_member.hpp"
#include "protocol/client_message.hpp"
#include "settings/tools.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;

void put_at(json &object, const char *dotted_path, const json &value)
{
    std::string pointer = "/";
    for (const char *c = dotted_path; *c; ++c) {
        pointer += *c == '.' ? '/' : *c;
    }
    object[json::json_pointer(pointer)] = value;
}

bool has_audio(const json &modalities)
{
    return std::find(modalities.begin(), modalities.end(), "AUDIO") != modalities.end();
}

}  // namespace

Error Setup::make(const Options &options, const Service &service, Setup &out)
{
    Setup setup;
    setup.put_options(options, service.capabilities);
    setup.tools = make_tools(options, service.capabilities);
    if (!setup.tools.empty()) {
        setup.message_["tools"] = setup.tools;
    }
    setup.put_resumption(options);
    if (options.is_set("setup")) {
        setup.message_.merge_patch(options.get("setup"));
        if (setup.message_.contains("tools") && setup.message_["tools"].is_array()) {
            setup.tools = setup.message_["tools"];
        }
    }
    setup.message_["model"] = service.model;
    if (Error error = service.capabilities.check_setup(service.flavour, setup.message_)) {
        return error;
    }
    if (Error error = setup.read_back()) {
        return error;
    }
    std::string encoded;  // what could not be sent is refused now, with a sentence, not when the connection is open
    if (Error error = protocol::encode_setup(setup.message_, encoded)) {
        return error;
    }
    out = std::move(setup);
    return {};
}

void Setup::put_options(const Options &options, const protocol::Capabilities &can)
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
        const json &value = options.get(option.name);
        if (*option.setup_path && !value.is_null()) {
            put_at(message_, option.setup_path, value);
        }
    }
    if (options.is_set("instructions")) {
        message_["systemInstruction"] = {{"parts", {{{"text", options.text("instructions")}}}}};
    }
}

void Setup::put_resumption(const Options &options)
{
    resumption = !options.is_off("session_resumption");
    if (!resumption) {
        return;
    }
    json value = options.get("session_resumption");
    if (value.contains("handle")) {
        first_handle = value["handle"].is_string() ? value["handle"].get<std::string>() : "";
        value.erase("handle");
    }
    message_["sessionResumption"] = value;
}

// From the whole message, since the option `setup` may have said it.
Error Setup::read_back()
{
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
    transcribes_user = message_.contains("inputAudioTranscription");
    return {};
}

json Setup::message(const std::string &handle) const
{
    json result = message_;
    if (resumption && !handle.empty()) {
        result["sessionResumption"]["handle"] = handle;
    }
    return result;
}

}  // namespace gemlive::settings
