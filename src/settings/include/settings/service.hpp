#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/secrets.hpp"
#include "base/status.hpp"
#include "protocol/capability.hpp"
#include "protocol/endpoint.hpp"
#include "protocol/flavour.hpp"
#include "settings/options.hpp"

namespace gemlive::settings {

// Which of the two products a session talks to, as whom, and to which model.
struct Service {
    // Options first, then the environment's variables, then the defaults. `default_model` is which of protocol::
    // default_models() is taken where none is named.
    static Error choose(const Options &options, size_t default_model, Service &out);

    protocol::Flavour flavour = protocol::Flavour::gemini;
    std::string model;  // as in setup.model
    std::optional<size_t> default_model;  // which one; absent: the application named its model
    protocol::Capabilities capabilities;
    std::string project;   // Vertex
    std::string location;  // Vertex

    protocol::CredentialKind credential_kind = protocol::CredentialKind::none;
    std::shared_ptr<const Secrets::Guard> credential;  // of kind google the text of the file
    std::string credentials_name;  // of that file, in an error
    std::string no_credential;  // why there is none, told when one is needed

private:
    Error choose_credential(const Options &options);
    Error choose_model(const Options &options, size_t default_model);
};

}  // namespace gemlive::settings
