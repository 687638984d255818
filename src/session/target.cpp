#include "session/target.hpp"

namespace gemlive::session {
namespace {

std::shared_ptr<auth::CredentialProvider> provider_for(const settings::Settings &settings)
{
    const settings::Service &service = settings.service;
    if (service.credential_kind == protocol::CredentialKind::none && !settings.endpoint.has_own_credential) {
        return auth::missing_credential(service.no_credential);
    }
    auto [header, value] = protocol::credential_header(service.credential_kind, service.credential->text());
    return auth::fixed_credential(std::move(header), std::move(value));
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
    target->credentials = provider_for(settings);
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
