#include "protocol/endpoint.hpp"

#include "json_writer.hpp"

namespace gemlive::protocol {
namespace {

constexpr std::string_view method = "BidiGenerateContent";

bool is_word(std::string_view text) noexcept
{
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
           std::string_view::npos;
}

std::string_view version_of(const EndpointOptions &options) noexcept
{
    return options.api_version.empty() || options.api_version == "beta" ? default_api_version(options.flavour)
                                                                        : options.api_version;
}

std::string path_of(const EndpointOptions &options)
{
    std::string path;
    if (options.flavour == Flavour::vertex) {
        path.append("/ws/google.cloud.aiplatform.").append(version_of(options)).append(".LlmBidiService/");
    } else {
        path.append("/ws/google.ai.generativelanguage.").append(version_of(options)).append(".GenerativeService.");
    }
    path += method;
    if (options.credential == CredentialKind::ephemeral_token) {
        path += "Constrained";
    }
    return path;
}

std::string host_of(const EndpointOptions &options)
{
    if (options.flavour == Flavour::gemini) {
        return "generativelanguage.googleapis.com";
    }
    const std::string location(options.location);
    if (location.empty() || location == "global" || options.project.empty()) {
        return "aiplatform.googleapis.com";
    }
    if (location == "us" || location == "eu") {
        return "aiplatform." + location + ".rep.googleapis.com";
    }
    return location + "-aiplatform.googleapis.com";
}

// Splits off and translates the scheme; a text without one is a secure host.
Error websocket_scheme(std::string_view &url, std::string_view &scheme)
{
    scheme = "wss://";
    const size_t end = url.find("://");
    if (end == std::string_view::npos) {
        return {};
    }
    const std::string_view given = url.substr(0, end);
    if (given == "http" || given == "ws") {
        scheme = "ws://";
    } else if (given != "https" && given != "wss") {
        return invalid_argument("The base URL has the scheme \"" + std::string(given) +
                                "\": use wss://, https://, ws:// or http://.");
    }
    url.remove_prefix(end + 3);
    return {};
}

Error from_base_url(const EndpointOptions &options, std::string &out)
{
    std::string_view rest = options.base_url;
    std::string_view scheme;
    if (Error error = websocket_scheme(rest, scheme)) {
        return error;
    }
    if (rest.find_first_of(" \t\r\n#\\\"<>") != std::string_view::npos) {
        return invalid_argument("The base URL contains a character that no URL has there.");
    }
    const size_t query_start = rest.find('?');
    std::string_view query = query_start == std::string_view::npos ? "" : rest.substr(query_start);
    std::string_view address = rest.substr(0, query_start);
    const size_t path_start = address.find('/');
    const std::string_view authority = address.substr(0, path_start);
    const std::string_view path = path_start == std::string_view::npos ? "" : address.substr(path_start);
    if (authority.empty()) {
        return invalid_argument("The base URL names no host.");
    }
    const bool names_method = path.find(method) != std::string_view::npos;
    const bool is_gateway = options.flavour == Flavour::vertex && options.project.empty() &&
                            options.credential != CredentialKind::api_key && path.size() > 1;
    out.assign(scheme).append(address);
    if (!names_method && !is_gateway) {
        while (out.back() == '/') {
            out.pop_back();
        }
        out += path_of(options);
    }
    out += query;
    return {};
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view unreserved =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    constexpr char hex[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    return encoded;
}

}  // namespace

CredentialKind kind_of_key(std::string_view key) noexcept
{
    if (key.empty()) {
        return CredentialKind::none;
    }
    return key.starts_with("auth_tokens/") ? CredentialKind::ephemeral_token : CredentialKind::api_key;
}

std::string_view default_api_version(Flavour flavour) noexcept
{
    return flavour == Flavour::vertex ? "v1beta1" : "v1beta";
}

Error make_endpoint(const EndpointOptions &options, std::string &out)
{
    const std::string version(options.api_version);
    const std::string location(options.location);
    if (!is_word(version)) {
        return invalid_argument("The API version \"" + version + "\" is none.");
    }
    if (!is_word(location)) {
        return invalid_argument("The location \"" + location + "\" is none.");
    }
    if (options.credential == CredentialKind::ephemeral_token && options.flavour == Flavour::vertex) {
        return invalid_argument("Ephemeral tokens belong to the Gemini API: Vertex AI takes an access token.");
    }
    if (!options.base_url.empty()) {
        return from_base_url(options, out);
    }
    if (options.flavour == Flavour::vertex && options.api_version == "v1alpha") {
        return invalid_argument("Vertex AI has no API version v1alpha: use v1beta1 or v1.");
    }
    out.assign("wss://").append(host_of(options)).append(path_of(options));
    return {};
}

std::pair<std::string, std::string> credential_header(CredentialKind kind, std::string_view credential)
{
    switch (kind) {
    case CredentialKind::none: break;
    case CredentialKind::api_key: return {"x-goog-api-key", std::string(credential)};
    case CredentialKind::ephemeral_token: return {"Authorization", std::string("Token ").append(credential)};
    case CredentialKind::google:
    case CredentialKind::access_token: return {"Authorization", std::string("Bearer ").append(credential)};
    }
    return {};
}

std::string with_credential_in_query(std::string url, CredentialKind kind, std::string_view credential)
{
    if (kind == CredentialKind::none) {
        return url;
    }
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += kind == CredentialKind::api_key ? "key=" : "access_token=";
    url += percent_encoded(credential);
    return url;
}

}  // namespace gemlive::protocol
