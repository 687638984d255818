#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/status.hpp"
#include "protocol/flavour.hpp"

namespace gemlive::protocol {

enum class CredentialKind : uint8_t {
    none,             // the user's own headers
    api_key,
    ephemeral_token,  // Gemini; has its own method
    access_token,     // OAuth, Vertex
    google,           // makes access tokens
};

// A token is known by its name.
CredentialKind kind_of_key(std::string_view key) noexcept;

// "v1beta" or "v1beta1". `beta` in the environment means the same.
std::string_view default_api_version(Flavour flavour) noexcept;

struct EndpointOptions {
    Flavour flavour = Flavour::gemini;
    CredentialKind credential = CredentialKind::api_key;
    std::string_view base_url;     // empty: the service's own host
    std::string_view api_version;  // empty: the default
    std::string_view project;      // Vertex; empty with an API key is express mode
    std::string_view location;     // Vertex; empty is global
};

// The URL to dial, wss:// or ws://. A base URL gets the flavour's path; one that names the method already, or that
// belongs to a Vertex gateway without project and key, is taken as it is.
Error make_endpoint(const EndpointOptions &options, std::string &out);

// Name and value of the header that carries the credential; both empty for `none`.
std::pair<std::string, std::string> credential_header(CredentialKind kind, std::string_view credential);

// For networks that strip headers, and only if the user asks: URLs land in logs.
std::string with_credential_in_query(std::string url, CredentialKind kind, std::string_view credential);

}  // namespace gemlive::protocol
