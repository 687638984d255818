#include "session/profile.hpp"

#include <algorithm>
#include <cctype>

#include "protocol/client_message.hpp"
#include "protocol/default_model.hpp"
#include "protocol/model_name.hpp"
#include "protocol/tool_schema.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using protocol::CredentialKind;
using protocol::Flavour;

std::string trimmed(std::string text)
{
    const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_space));
    text.erase(std::find_if_not(text.rbegin(), text.rend(), is_space).base(), text.end());
    return text;
}

std::string first_of(std::string set, const char *variable, const char *fallback = "")
{
    if (set.empty()) {
        set = settings::environment(variable);
    }
    return set.empty() ? fallback : set;
}

void put_at(json &object, const char *dotted_path, const json &value)
{
    std::string pointer = "/";
    for (const char *c = dotted_path; *c; ++c) {
        pointer += *c == '.' ? '/' : *c;
    }
    object[json::json_pointer(pointer)] = value;
}

const json *member(const json &object, const char *camel, const char *snake)
{
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(object.contains(camel) ? camel : snake);
    return found == object.end() ? nullptr : &*found;
}

std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// Headers that make the upgrade what it is belong to the link.
bool is_reserved_header(const std::string &given)
{
    const std::string name = lower_case(given);
    return name == "host" || name == "connection" || name == "upgrade" || name == "content-length" ||
           name == "transfer-encoding" || name.rfind("sec-websocket-", 0) == 0;
}

bool is_true(const std::string &text)
{
    const std::string word = lower_case(text);
    return word == "true" || word == "1";
}

bool is_clean(const std::string &text)
{
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace

Error Profile::make(const settings::Options &options, Profile &out)
{
    Profile profile;
    if (Error error = options.first_error()) {
        return error;
    }
    if (Error error = profile.choose_service(options)) {
        return error;
    }
    if (Error error = profile.choose_endpoint(options)) {
        return error;
    }
    if (Error error = profile.build_setup(options)) {
        return error;
    }
    out = std::move(profile);
    return {};
}

Error Profile::choose_service(const settings::Options &options)
{
    const bool vertex = options.is_set("vertexai") ? options.boolean("vertexai")
                                                   : is_true(settings::environment("GOOGLE_GENAI_USE_VERTEXAI"));
    flavour = vertex ? Flavour::vertex : Flavour::gemini;
    std::string key = trimmed(first_of(options.text("api_key"), "GOOGLE_API_KEY"));
    if (key.empty()) {
        key = trimmed(settings::environment("GEMINI_API_KEY"));
    }
    std::string secret;
    if (vertex) {
        project_ = first_of(options.text("project"), "GOOGLE_CLOUD_PROJECT");
        if (!project_.empty()) {
            location_ = first_of(options.text("location"), "GOOGLE_CLOUD_LOCATION", "us-central1");
        }
        if (options.is_set("access_token")) {
            secret = trimmed(options.text("access_token"));
            kind_ = CredentialKind::access_token;
        } else if (project_.empty() && !key.empty()) {
            secret = key;
            kind_ = CredentialKind::api_key;
        }
        no_credential_ = "Vertex AI needs a credential: set the option access_token";
    } else if (options.is_set("token")) {
        secret = trimmed(options.text("token"));
        kind_ = CredentialKind::ephemeral_token;
        no_credential_ = "the option token is empty";
    } else {
        secret = key;
        kind_ = protocol::kind_of_key(key);
        no_credential_ = "the API key is missing: set the option api_key, or GOOGLE_API_KEY or GEMINI_API_KEY";
    }
    if (secret.empty()) {
        kind_ = CredentialKind::none;
    }
    if (!is_clean(secret)) {
        return {Status::invalid_argument, "the credential has a control character in it"};
    }
    secret_ = std::make_shared<const Secrets::Guard>(std::move(secret));

    const std::string wanted =
        options.text("model").empty() ? protocol::default_model(flavour) : options.text("model");
    if (Error error = protocol::normalise_model_name(flavour, project_, location_, wanted, model)) {
        return error;
    }
    protocol::ModelTable table = protocol::ModelTable::default_table();
    if (options.is_set("model_table")) {
        if (Error error = protocol::ModelTable::with_overrides(options.get("model_table"), table)) {
            return error;
        }
    }
    capabilities = table.lookup(flavour, model);
    return {};
}

Error Profile::choose_endpoint(const settings::Options &options)
{
    const std::string base_url = first_of(options.text("base_url"), flavour == Flavour::vertex
                                                                        ? "GOOGLE_VERTEX_BASE_URL"
                                                                        : "GOOGLE_GEMINI_BASE_URL");
    if (flavour == Flavour::vertex && base_url.empty() && project_.empty() && kind_ == CredentialKind::none) {
        return {Status::invalid_argument, "Vertex AI needs the option project, or GOOGLE_CLOUD_PROJECT"};
    }
    std::string version = first_of(options.text("api_version"), "GOOGLE_GENAI_API_VERSION");
    const json &proactivity = options.get("proactivity");
    // Even false is a field that the stable version does not know.
    const bool preview = options.is_set("enable_affective_dialog") ||
                         (proactivity.is_object() && proactivity.contains("proactiveAudio") &&
                          proactivity["proactiveAudio"] == true);
    if (version.empty() && preview && flavour == Flavour::gemini) {
        version = capabilities.preview_api_version;
    }
    protocol::EndpointOptions endpoint;
    endpoint.flavour = flavour;
    endpoint.credential = kind_;
    endpoint.base_url = base_url;
    endpoint.api_version = version;
    endpoint.project = project_;
    endpoint.location = location_;
    std::string text;
    if (Error error = protocol::make_endpoint(endpoint, text)) {
        return error;
    }
    if (Error error = net::Url::parse(text, url)) {
        return error;
    }
    if (!url.tls && !url.is_loopback() && !options.boolean("allow_plaintext")) {
        return {Status::invalid_argument, "base_url is without TLS and leads beyond loopback; use wss://, or the option "
                                          "allow_plaintext"};
    }
    if (options.is_set("headers")) {
        for (const auto &[name, value] : options.get("headers").items()) {
            if (!value.is_string() || name.empty() || !is_clean(name) || !is_clean(value.get<std::string>())) {
                return {Status::invalid_argument, "option headers: each value has to be a text without line ends"};
            }
            if (is_reserved_header(name)) {
                return {Status::invalid_argument, "option headers: " + name + " is set by the connection itself"};
            }
            const std::string text = value.get<std::string>();
            own_secrets_.push_back(std::make_shared<const Secrets::Guard>(text));
            if (const size_t blank = text.find(' '); blank != std::string::npos) {  // "Bearer TOKEN"
                own_secrets_.push_back(std::make_shared<const Secrets::Guard>(text.substr(blank + 1)));
            }
            headers.push_back({name, text});
        }
    }
    choose_provider();
    return {};
}

void Profile::build_tools(const settings::Options &options)
{
    tools = json::array();
    if (!options.is_set("tools")) {
        return;
    }
    json functions = json::array();
    for (const json &tool : options.get("tools")) {
        if (tool.is_object() && tool.contains("name")) {
            functions.push_back(tool);
        } else {
            tools.push_back(tool);
        }
    }
    if (!functions.empty()) {
        tools.push_back({{"functionDeclarations", functions}});
    }
    std::string behavior = options.text("tool_behavior");
    if (behavior.empty() && capabilities.tool_behavior != protocol::ToolBehavior::unspecified) {
        behavior = capabilities.tool_behavior == protocol::ToolBehavior::blocking ? "BLOCKING" : "NON_BLOCKING";
    }
    protocol::fit_tool_schemas(tools);
    if (behavior.empty()) {
        return;
    }
    for (json &tool : tools) {
        if (!tool.is_object() || !tool.contains("functionDeclarations")) {
            continue;
        }
        for (json &function : tool["functionDeclarations"]) {
            if (function.is_object() && !function.contains("behavior")) {
                function["behavior"] = behavior;
            }
        }
    }
}

Error Profile::build_setup(const settings::Options &options)
{
    setup = json::object();
    const json &modalities = options.get("modalities");
    const bool speaks = std::find(modalities.begin(), modalities.end(), "AUDIO") != modalities.end();
    for (const settings::Option &option : settings::option_table()) {
        const json &value = options.get(option.name);
        if (!speaks && std::string_view(option.name) == "voice" && !options.is_set("voice")) {
            continue;  // the service refuses a voice, the default one too, where nothing is spoken
        }
        if (!options.is_set(option.name) && !capabilities.supports(option.name)) {
            continue;  // a default is for those models that take it
        }
        if (*option.setup_path && !value.is_null()) {
            put_at(setup, option.setup_path, value);
        }
    }
    if (options.is_set("instructions")) {
        setup["systemInstruction"] = {{"parts", {{{"text", options.text("instructions")}}}}};
    }
    build_tools(options);
    if (!tools.empty()) {
        setup["tools"] = tools;
    }
    resumption = !options.is_off("session_resumption");
    if (resumption) {
        json value = options.get("session_resumption");
        if (value.contains("handle")) {
            first_handle = value["handle"].is_string() ? value["handle"].get<std::string>() : "";
            value.erase("handle");
        }
        setup["sessionResumption"] = value;
    }
    if (options.is_set("setup")) {
        setup.merge_patch(options.get("setup"));
        if (setup.contains("tools") && setup["tools"].is_array()) {
            tools = setup["tools"];
        }
    }
    setup["model"] = model;
    if (Error error = capabilities.check_setup(flavour, setup)) {
        return error;
    }
    if (const json *input = member(setup, "realtimeInputConfig", "realtime_input_config")) {
        if (const json *vad = member(*input, "automaticActivityDetection", "automatic_activity_detection")) {
            const json *const disabled = member(*vad, "disabled", "disabled");
            if (!vad->is_object() || (disabled && !disabled->is_boolean())) {
                return {Status::invalid_argument, "option realtime_input_config: automaticActivityDetection is an object "
                                                  "whose member disabled is true or false"};
            }
            manual_activity = disabled && disabled->get<bool>();
        }
        if (const json *handling = member(*input, "activityHandling", "activity_handling")) {
            no_interruption = *handling == "NO_INTERRUPTION";
        }
    }
    std::string encoded;  // what could not be sent is refused now, with a sentence, not when the connection is open
    return protocol::encode_setup(setup, encoded);
}

void Profile::choose_provider()
{
    auto [header, value] = protocol::credential_header(kind_, secret_->text());
    const bool own_header = std::any_of(headers.begin(), headers.end(), [](const net::Header &given) {
        const std::string name = lower_case(given.name);
        return name == "authorization" || name == "x-goog-api-key";
    });
    credentials = kind_ == CredentialKind::none && !own_header
                      ? auth::missing_credential(no_credential_)
                      : auth::fixed_credential(std::move(header), std::move(value));
}

json Profile::setup_with(const std::string &handle) const
{
    json result = setup;
    if (resumption && !handle.empty()) {
        result["sessionResumption"]["handle"] = handle;
    }
    return result;
}

json Profile::capabilities_json() const
{
    json result = capabilities.to_json();
    const json *const output = member(setup, "generationConfig", "generation_config");
    const json *const named = output ? member(*output, "responseModalities", "response_modalities") : nullptr;
    const json modalities = named ? *named : json::array({"AUDIO"});
    result["model"] = model;
    result["provider"] = flavour == Flavour::vertex ? "Vertex AI" : "Gemini";
    result["message_truncation"] = false;
    result["turn_detection"] = !manual_activity;
    result["user_transcription"] = setup.contains("inputAudioTranscription");
    result["auto_tool_reply_generation"] = true;
    result["audio_output"] = std::find(modalities.begin(), modalities.end(), "AUDIO") != modalities.end();
    result["manual_function_calls"] = false;
    return result;
}

std::string Profile::behavior_of(const std::string &function) const
{
    for (const json &tool : tools) {
        const json *const declarations = member(tool, "functionDeclarations", "function_declarations");
        if (!declarations || !declarations->is_array()) {
            continue;
        }
        for (const json &declared : *declarations) {
            if (declared.is_object() && declared.value("name", json()) == function) {
                const json behavior = declared.value("behavior", json());
                return behavior.is_string() ? behavior.get<std::string>() : "";
            }
        }
    }
    return "";
}

Error make_tls_context(const settings::Options &options, std::shared_ptr<net::TlsContext> &out)
{
    net::TrustOptions trust;
    trust.ca_file = options.text("ca_file");
    trust.ca_dir = options.text("ca_dir");
    trust.ca_pem = options.text("ca_pem");
    Error error;
    out = net::TlsContext::create(trust, error);
    return error;
}

}  // namespace gemlive::session
