#include "settings/endpoint.hpp"

#include "text.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;
using protocol::Flavour;

// Headers that make the upgrade what it is belong to the link.
bool is_reserved(const std::string &lower_name)
{
    return lower_name == "host" || lower_name == "connection" || lower_name == "upgrade" ||
           lower_name == "content-length" || lower_name == "transfer-encoding" ||
           lower_name.rfind("sec-websocket-", 0) == 0;
}

std::shared_ptr<const Secrets::Guard> guard(std::string secret)
{
    return std::make_shared<const Secrets::Guard>(std::move(secret));
}

// Even false is a field that the stable version does not know.
bool needs_preview(const Options &options)
{
    const json &proactivity = options.get("proactivity");
    return options.is_set("enable_affective_dialog") ||
           (proactivity.is_object() && proactivity.contains("proactiveAudio") && proactivity["proactiveAudio"] == true);
}

// The Gemini API serves Live on v1beta and v1alpha; SDKs choose v1 by themselves, and may have been told so by the same
// variable.
std::string warning_of(const std::string &version, bool named)
{
    if (version != "v1") {
        return {};
    }
    return std::string(named ? "The option api_version" : "The environment variable GOOGLE_GENAI_API_VERSION") +
           " is v1, where the Gemini API does not serve Live: take v1beta.";
}

}  // namespace

Error Endpoint::choose(const Options &options, const Service &service, Endpoint &out)
{
    const bool vertex = service.flavour == Flavour::vertex;
    const std::string base_url =
        text_or_environment(options, "base_url", vertex ? "GOOGLE_VERTEX_BASE_URL" : "GOOGLE_GEMINI_BASE_URL");
    const bool shows_project = service.credential_kind == protocol::CredentialKind::none ||
                               service.credential_kind == protocol::CredentialKind::google;
    if (vertex && base_url.empty() && service.project.empty() && shows_project) {
        return {Status::invalid_argument, "Vertex AI needs the option project, or GOOGLE_CLOUD_PROJECT"};
    }
    std::string version = text_or_environment(options, "api_version", "GOOGLE_GENAI_API_VERSION");
    if (version.empty() && !vertex && needs_preview(options)) {
        version = service.capabilities.preview_api_version;
    }
    if (!vertex) {
        out.version_warning = warning_of(version, !options.text("api_version").empty());
    }
    protocol::EndpointOptions endpoint;
    endpoint.flavour = service.flavour;
    endpoint.credential = service.credential_kind;
    endpoint.base_url = base_url;
    endpoint.api_version = version;
    endpoint.project = service.project;
    endpoint.location = service.location;
    if (Error error = protocol::make_endpoint(endpoint, out.url)) {
        return error;
    }
    out.allow_plaintext = options.boolean("allow_plaintext");
    out.trust = {options.text("ca_file"), options.text("ca_dir"), options.text("ca_pem")};
    return out.take_headers(options);
}

Error Endpoint::take_headers(const Options &options)
{
    if (!options.is_set("headers")) {
        return {};
    }
    for (const auto &[name, value] : options.get("headers").items()) {
        if (!value.is_string() || name.empty() || !fits_a_header(name) || !fits_a_header(value.get<std::string>())) {
            return {Status::invalid_argument, "option headers: each value has to be a text without line ends"};
        }
        const std::string lower_name = lower_case(name);
        if (is_reserved(lower_name)) {
            return {Status::invalid_argument, "option headers: " + name + " is set by the connection itself"};
        }
        has_own_credential = has_own_credential || lower_name == "authorization" || lower_name == "x-goog-api-key";
        const std::string text = value.get<std::string>();
        const size_t blank = text.find(' ');
        OwnHeader header{name, guard(text), nullptr};
        if (blank != std::string::npos) {
            header.token = guard(text.substr(blank + 1));
        }
        headers.push_back(std::move(header));
    }
    return {};
}

}  // namespace gemlive::settings
