#include "settings/service.hpp"

#include <algorithm>
#include <cctype>

#include "google_credentials.hpp"
#include "protocol/default_model.hpp"
#include "protocol/model_name.hpp"
#include "text.hpp"

namespace gemlive::settings {
namespace {

using protocol::CredentialKind;
using protocol::Flavour;

bool says_true(const std::string &text)
{
    const std::string word = lower_case(text);
    return word == "true" || word == "1";
}

std::string trimmed(std::string text)
{
    const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_space));
    text.erase(std::find_if_not(text.rbegin(), text.rend(), is_space).base(), text.end());
    return text;
}

}  // namespace

Error Service::choose(const Options &options, size_t default_model, Service &out)
{
    Service service;
    const bool vertex = options.is_set("vertexai") ? options.boolean("vertexai")
                                                   : says_true(environment("GOOGLE_GENAI_USE_VERTEXAI"));
    service.flavour = vertex ? Flavour::vertex : Flavour::gemini;
    if (Error error = service.choose_credential(options)) {
        return error;
    }
    if (Error error = service.choose_model(options, default_model)) {
        return error;
    }
    out = std::move(service);
    return {};
}

Error Service::choose_credential(const Options &options)
{
    std::string key = trimmed(text_or_environment(options, "api_key", "GOOGLE_API_KEY"));
    if (key.empty()) {
        key = trimmed(environment("GEMINI_API_KEY"));
    }
    std::string secret;
    if (flavour == Flavour::vertex) {
        project = text_or_environment(options, "project", "GOOGLE_CLOUD_PROJECT");
        const bool asks_google = options.get("credentials").is_object();
        if (options.is_set("access_token")) {
            secret = trimmed(options.text("access_token"));
            credential_kind = CredentialKind::access_token;
        } else if (project.empty() && !key.empty() && !asks_google) {
            secret = key;
            credential_kind = CredentialKind::api_key;
        } else {
            CredentialsFile file;
            if (Error error = find_google_credentials(options, file)) {
                return error;
            }
            project = project.empty() ? project_of(file) : project;
            credentials_name = file.name;
            secret = std::move(file.text);
            credential_kind = CredentialKind::google;
        }
        if (!project.empty()) {
            location = text_or_environment(options, "location", "GOOGLE_CLOUD_LOCATION", "us-central1");
        }
        no_credential = "Vertex AI needs a credential: set the option access_token or credentials, or "
                        "GOOGLE_APPLICATION_CREDENTIALS, or log in with gcloud auth application-default login";
    } else if (options.is_set("token")) {
        secret = trimmed(options.text("token"));
        credential_kind = CredentialKind::ephemeral_token;
        no_credential = "the option token is empty";
    } else {
        secret = key;
        credential_kind = protocol::kind_of_key(key);
        no_credential = "the API key is missing: set the option api_key, or GOOGLE_API_KEY or GEMINI_API_KEY";
    }
    if (secret.empty()) {
        credential_kind = CredentialKind::none;
    }
    if (credential_kind != CredentialKind::google && !fits_a_header(secret)) {
        return {Status::invalid_argument, "the credential has a control character in it"};
    }
    credential = std::make_shared<const Secrets::Guard>(std::move(secret));
    return {};
}

Error Service::choose_model(const Options &options, size_t rank)
{
    std::string wanted = options.text("model");
    if (wanted.empty()) {
        const auto defaults = protocol::default_models(flavour);
        default_model = std::min(rank, defaults.size() - 1);
        wanted = defaults[*default_model];
    }
    if (Error error = protocol::normalise_model_name(flavour, project, location, wanted, model)) {
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

}  // namespace gemlive::settings
