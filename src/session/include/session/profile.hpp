#pragma once

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "auth/credential.hpp"
#include "base/secrets.hpp"
#include "base/status.hpp"
#include "net/link.hpp"
#include "net/tls_context.hpp"
#include "protocol/capability.hpp"
#include "protocol/endpoint.hpp"
#include "protocol/flavour.hpp"
#include "settings/options.hpp"

namespace gemlive::session {

// What a session's options come down to: whom to talk to, and what that model can do.
class Profile {
public:
    // Refuses what cannot work: a URL that is none, Vertex without a project, a setup that the model would refuse.
    static Error make(const settings::Options &options, Profile &out);

    protocol::Flavour flavour = protocol::Flavour::gemini;
    std::string model;  // as in setup.model
    protocol::Capabilities capabilities;
    bool manual_activity = false;   // the server's VAD is switched off
    bool no_interruption = false;   // the user's voice does not cut the model's
    nlohmann::json tools;           // in force; a list of Tool
    nlohmann::json setup;           // without the resumption handle
    std::string first_handle;       // option session_resumption
    bool resumption = true;

    std::shared_ptr<auth::CredentialProvider> credentials;
    net::Url url;
    std::vector<net::Header> headers;  // without the credential

    // The setup message's inner object for a connection that resumes `handle`, or none.
    nlohmann::json setup_with(const std::string &handle) const;
    nlohmann::json capabilities_json() const;
    // The behavior that a function was declared with; "" where it is not said.
    std::string behavior_of(const std::string &function) const;

private:
    Error choose_service(const settings::Options &options);
    Error choose_endpoint(const settings::Options &options);
    Error build_setup(const settings::Options &options);
    void build_tools(const settings::Options &options);
    void choose_provider();

    std::shared_ptr<const Secrets::Guard> secret_;
    std::vector<std::shared_ptr<const Secrets::Guard>> own_secrets_;  // in `headers`
    protocol::CredentialKind kind_ = protocol::CredentialKind::none;
    std::string no_credential_;  // why there is none, when one is needed
    std::string project_;
    std::string location_;
};

// Whom to trust, from the options. Shared by all sessions of a model that say the same.
Error make_tls_context(const settings::Options &options, std::shared_ptr<net::TlsContext> &out);

}  // namespace gemlive::session
