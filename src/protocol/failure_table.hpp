#pragma once

#include "protocol/failure.hpp"

// The table of judge(). The first row whose conditions hold decides, so the order counts.
namespace gemlive::protocol {

enum class Source : uint8_t {
    words,  // of a close reason or an error body, whatever the code
    close,  // a close code, with the words of its reason
    http,   // a status of the server
    proxy,  // a status of the proxy
    cause,  // a Cause
};

enum class When : uint8_t {
    always,
    later,              // the session had a connection before
    later_by_others,    // the same, and the answer is not the service's own
    setup_with_handle,  // before setupComplete, resuming
    running,
};

struct Row {
    Source source;
    int from;  // codes, or a Cause; 0 to 0 is any
    int to;
    const char *words;  // in the text, at the beginning of a word; "" is any text
    When when;
    RetryClass retry;
    Status status;
    const char *advice;
    bool no_such_model = false;
};

namespace rows {

using enum RetryClass;

constexpr Row words(const char *text, RetryClass retry, Status status, const char *advice)
{
    return {Source::words, 0, 0, text, When::always, retry, status, advice};
}

constexpr Row close(int code, const char *text, When when, RetryClass retry, Status status, const char *advice)
{
    return {Source::close, code, code, text, when, retry, status, advice};
}

constexpr Row model(int code, const char *text, const char *advice)
{
    return {Source::close, code, code, text, When::always, fatal, Status::unsupported, advice, true};
}

constexpr Row http(int from, int to, When when, RetryClass retry, Status status, const char *advice)
{
    return {Source::http, from, to, "", when, retry, status, advice};
}

constexpr Row proxy(int from, int to, When when, RetryClass retry, Status status, const char *advice)
{
    return {Source::proxy, from, to, "", when, retry, status, advice};
}

constexpr Row cause(Cause seen, When when, RetryClass retry, Status status, const char *advice)
{
    return {Source::cause, static_cast<int>(seen), static_cast<int>(seen), "", when, retry, status, advice};
}

constexpr const char *portal = "Something on the way answered, perhaps the login page of a network.";

// Close reasons are cut at 123 bytes by the WebSocket protocol, so the words are few and from the beginning of the
// text.
constexpr Row table[] = {
    words("API key not valid", fatal, Status::auth, "Check the API key."),
    words("API_KEY_INVALID", fatal, Status::auth, "Check the API key."),
    words("API key expired", fatal, Status::auth, "Renew the API key or get a new token."),
    words("API key was reported as leaked", fatal, Status::auth, "Get a new API key."),
    words("unregistered callers", fatal, Status::auth,
          "Give an API key; an ephemeral token must start with auth_tokens/."),
    words("has been suspended", fatal, Status::auth, "The key or its project is suspended: see its console."),
    words("User location is not supported", fatal, Status::unsupported,
          "The service is not offered at this place."),
    words("spend", fatal, Status::quota, "The spend limit of the project is reached."),
    words("per day", fatal, Status::quota, "The daily limit of the project is reached."),
    words("exceeded your current quota", retry_longer, Status::quota,
          "Check the plan and the billing of the project."),
    words("RESOURCE_EXHAUSTED", retry_longer, Status::quota, "Wait, or raise the quota of the project."),
    words("Resource has been exhausted", retry_longer, Status::quota, "Wait, or raise the quota of the project."),

    close(1007, "Unknown name \"contextUpdate\"", When::always, alter, Status::unsupported,
          "Send the new values in the setup of a new connection."),
    close(1007, "Unknown name", When::always, fatal, Status::protocol,
          "Leave out the field that the reason names."),
    model(1007, "is not supported in the live api", "Choose a Live model."),
    close(1007, "Precondition check failed", When::always, fatal, Status::unsupported,
          "A feature is not available for this key, model or region."),
    close(1007, "Cannot extract voices", When::always, fatal, Status::unsupported,
          "Ask for AUDIO, or leave the voice out."),
    close(1007, "combination of response modalities", When::always, fatal, Status::unsupported,
          "Ask for the one modality that the model speaks."),
    close(1007, "media_chunks is deprecated", When::always, fatal, Status::unsupported,
          "Send audio, video or text instead of media chunks."),
    close(1007, "Explicit activity control", When::always, fatal, Status::unsupported,
          "Switch the server's activity detection off first."),
    close(1007, "invalid argument", When::setup_with_handle, retry_without_handle, Status::protocol, ""),
    close(1007, "invalid argument", When::running, retry_once, Status::protocol,
          "In a long session the context may be full: use context_window_compression."),
    close(1007, "invalid argument", When::always, fatal, Status::protocol,
          "A value of the setup or the history is not taken."),
    close(1007, "", When::running, retry_once, Status::protocol, "A message was refused: see the reason."),
    close(1007, "", When::always, fatal, Status::protocol, "A message was refused: see the reason."),

    close(1008, "Requested entity was not found", When::always, retry_without_handle, Status::protocol, ""),
    model(1008, "is not found for API version", "Check the model's name and the API version that the reason names."),
    model(1008, "Publisher Model", "Check the model's name, the location and the access of the project."),
    close(1008, "Operation is not implemented", When::always, retry, Status::unsupported, ""),
    close(1008, "", When::setup_with_handle, retry_without_handle, Status::protocol, ""),
    close(1008, "", When::always, fatal, Status::protocol, "A policy refused the session: see the reason."),

    close(1010, "", When::always, fatal, Status::protocol, "The server wants a WebSocket extension."),
    close(1011, "currently unavailable", When::always, retry_longer, Status::network, ""),
    {Source::close, 0, 0, "", When::always, retry, Status::network, ""},

    http(408, 408, When::always, retry, Status::timeout, ""),
    http(409, 409, When::always, retry, Status::network, ""),
    http(425, 425, When::always, retry, Status::network, ""),
    http(429, 429, When::always, retry_longer, Status::quota,
         "Too many sessions or requests: wait, or raise the quota."),
    http(499, 499, When::always, retry, Status::network, ""),
    http(404, 404, When::later, retry, Status::network, portal),
    http(200, 499, When::later_by_others, retry, Status::network, portal),
    http(300, 399, When::later, retry, Status::network, portal),
    http(300, 399, When::always, fatal, Status::network, "The server redirects: check the base URL."),
    http(400, 400, When::always, fatal, Status::invalid_argument,
         "The request, a header or the API version is wrong."),
    http(401, 401, When::always, alter, Status::auth, "Get a fresh access token."),
    http(403, 403, When::always, fatal, Status::auth, "The API is disabled, or this credential may not use it."),
    http(404, 404, When::always, fatal, Status::unsupported, "Check the URL and the API version."),
    http(407, 407, When::always, fatal, Status::auth, "The proxy wants a user name and a password."),
    http(501, 501, When::always, fatal, Status::unsupported, "The server does not know the method."),
    http(500, 999, When::always, retry, Status::network, ""),
    http(0, 0, When::always, fatal, Status::network,
         "The server did not switch to WebSocket: check the base URL."),

    proxy(500, 999, When::always, retry, Status::network, ""),
    proxy(408, 408, When::always, retry, Status::network, ""),
    proxy(429, 429, When::always, retry_longer, Status::network, ""),
    proxy(0, 0, When::later, retry, Status::network, ""),
    proxy(407, 407, When::always, fatal, Status::auth, "The proxy wants a user name and a password."),
    proxy(0, 0, When::always, fatal, Status::network, "The proxy does not lead to the server: check the proxy."),

    cause(Cause::not_allowed, When::always, fatal, Status::invalid_argument, ""),
    cause(Cause::no_credential, When::always, fatal, Status::auth, ""),
    cause(Cause::credential_unreachable, When::always, retry, Status::network, ""),
    cause(Cause::certificate, When::later, retry, Status::tls, portal),
    cause(Cause::certificate, When::always, fatal, Status::tls, ""),
    cause(Cause::tls, When::later, retry, Status::tls, portal),
    cause(Cause::tls, When::always, fatal, Status::tls, ""),
    cause(Cause::not_web_socket, When::always, retry, Status::protocol, ""),
    cause(Cause::timeout, When::always, retry, Status::timeout, ""),
    cause(Cause::too_big, When::always, retry, Status::protocol, "Raise max_message_bytes."),
    cause(Cause::memory, When::always, retry, Status::out_of_memory, ""),
    cause(Cause::internal, When::always, retry, Status::internal, ""),
    {Source::cause, 0, 0, "", When::always, retry, Status::network, ""},
};

}  // namespace rows

}  // namespace gemlive::protocol
