#pragma once

#include <memory>

#include "auth/credential.hpp"
#include "base/status.hpp"
#include "net/tls_context.hpp"
#include "net/url.hpp"
#include "settings/settings.hpp"

namespace gemlive::session {

// Where a session dials, in the terms of the network: what the endpoint of its settings comes down to.
struct Target {
    // Refuses a URL that is none. `like`, if any, is a target that may lend its TLS context, and its provider, which
    // keeps a token.
    static Error make(const settings::Settings &settings, const Target *like, std::shared_ptr<const Target> &out);

    net::Url url;
    std::shared_ptr<auth::CredentialProvider> credentials;
    std::shared_ptr<const Secrets::Guard> credentials_file;  // that it was made of; null: of something else
    settings::Trust trust;
    std::shared_ptr<net::TlsContext> tls;  // of that trust
};

}  // namespace gemlive::session
