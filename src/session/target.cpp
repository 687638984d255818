#include "session/target.hpp"

#include "auth/google_credentials.hpp"
#include "platform/google_machine.hpp"

namespace gemlive::session {
namespace {

using protocol::CredentialKind;

Error google_provider(const settings::Service &service, std::shared_ptr<auth::CredentialProvider> &out)
{
    auth::GoogleCredentials credentials;
    if (Error error = auth::GoogleCredentials::read(service.credential->text(), credentials)) {
        error.message = service.credentials_name + ": " + error.message;
        return error;
    }
    out = auth::google_credential(std::move(credentials));
    return {};
}

Error make_provider(const settings::Settings &settings, const Target *like, Target &target)
{
    const settings::Service &service = settings.service;
    std::shared_ptr<auth::CredentialProvider> &out = target.credentials;
    if (service.credential_kind == CredentialKind::google && !settings.endpoint.has_own_credential) {
        target.credentials_file = service.credential;
        if (like && like->credentials_file && like->credentials_file->text() == service.credential->text()) {
            out = like->credentials;
            return {};
        }
        return google_provider(service, out);
    }
    const bool is_missing = service.credential_kind == CredentialKind::none && !settings.endpoint.has_own_credential;
    const std::string metadata_host = platform::google_metadata_host();
    if (is_missing && service.flavour == protocol::Flavour::vertex && !metadata_host.empty()) {
        out = auth::google_credential(auth::GoogleCredentials::of_machine(metadata_host));
    } else if (is_missing) {
        out = auth::missing_credential(service.no_credential);
    } else {
        const CredentialKind kind = service.credential_kind == CredentialKind::google ? CredentialKind::none : service.credential_kind;
        auto [header, value] = protocol::credential_header(kind, service.credential->text());
        out = auth::fixed_credential(std::move(header), std::move(value));
    }
    return {};
}

}  // namespace

Error Target::make(const settings::Settings &settings, const Target *like, std::shared_ptr<const Target> &out)
{
    auto target = std::make_shared<Target>();
    const settings::Endpoint &endpoint = settings.endpoint;
    if (Error error = net::Url::parse(endpoint.url, target->url)) {
        return error;
    }
    if (!target->url.tls && !target->url.is_loopback() && !endpoint.allow_plaintext) {
        return {Status::invalid_argument, "base_url is without TLS and leads beyond loopback; use wss://, or the option "
                                          "allow_plaintext"};
    }
    if (Error error = make_provider(settings, like, *target)) {
        return error;
    }
    target->trust = endpoint.trust;
    if (like && like->trust == target->trust) {
        target->tls = like->tls;
    } else {
        Error error;
        target->tls = net::TlsContext::create({endpoint.trust.ca_file, endpoint.trust.ca_dir, endpoint.trust.ca_pem}, error);
        if (error) {
            return error;
        }
    }
    out = std::move(target);
    return {};
}

}  // namespace gemlive::session
