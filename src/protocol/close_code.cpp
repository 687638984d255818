#include "protocol/close_code.hpp"

#include <nlohmann/json.hpp>

#include "protocol/duration.hpp"

namespace gemlive::protocol {
namespace {

using enum RetryClass;

enum class When : uint8_t { always, setup_with_handle };

// The first row whose code and fragment match decides. Reasons are cut at 123 bytes by the WebSocket protocol, so
// fragments are short and from the beginning of the text. Code 0 is any code.
struct Row {
    int code;
    const char *fragment;
    When when;
    RetryClass retry;
    Status status;
    const char *advice;
};

constexpr Row rows[] = {
    {0, "API key not valid", When::always, fatal, Status::auth, "Check the API key."},
    {0, "API_KEY_INVALID", When::always, fatal, Status::auth, "Check the API key."},
    {0, "API key expired", When::always, fatal, Status::auth, "Renew the API key or get a new token."},
    {0, "unregistered callers", When::always, fatal, Status::auth,
     "Give an API key; an ephemeral token must start with auth_tokens/."},
    {0, "User location is not supported", When::always, fatal, Status::unsupported,
     "The service is not offered at this place."},
    {0, "spend", When::always, fatal, Status::quota, "The spend limit of the project is reached."},
    {0, "per day", When::always, fatal, Status::quota, "The daily limit of the project is reached."},
    {0, "exceeded your current quota", When::always, retry_longer, Status::quota,
     "Check the plan and the billing of the project."},
    {0, "RESOURCE_EXHAUSTED", When::always, retry_longer, Status::quota,
     "Wait, or raise the quota of the project."},
    {0, "Resource has been exhausted", When::always, retry_longer, Status::quota,
     "Wait, or raise the quota of the project."},

    {1007, "Unknown name \"contextUpdate\"", When::always, alter, Status::unsupported,
     "Send the new values in the setup of a new connection."},
    {1007, "Unknown name", When::always, fatal, Status::protocol, "Leave out the field that the reason names."},
    {1007, "is not supported in the live api", When::always, fatal, Status::unsupported, "Choose a Live model."},
    {1007, "Precondition check failed", When::always, fatal, Status::unsupported,
     "A feature is not available for this key, model or region."},
    {1007, "Cannot extract voices", When::always, fatal, Status::unsupported,
     "Ask for AUDIO, or leave the voice out."},
    {1007, "combination of response modalities", When::always, fatal, Status::unsupported,
     "Ask for the one modality that the model speaks."},
    {1007, "media_chunks is deprecated", When::always, fatal, Status::unsupported,
     "Send audio, video or text instead of media chunks."},
    {1007, "Explicit activity control", When::always, fatal, Status::unsupported,
     "Switch the server's activity detection off first."},
    {1007, "invalid argument", When::setup_with_handle, retry_without_handle, Status::protocol, ""},
    {1007, "invalid argument", When::always, fatal, Status::protocol,
     "A value of the setup or the history is not taken; in a long session the context may be full: use "
     "context_window_compression."},
    {1007, "", When::always, fatal, Status::protocol, "A message was refused: see the reason."},

    {1008, "Requested entity was not found", When::always, retry_without_handle, Status::protocol, ""},
    {1008, "is not found for API version", When::always, fatal, Status::unsupported,
     "Check the model's name and the API version that the reason names."},
    {1008, "Publisher Model", When::always, fatal, Status::unsupported,
     "Check the model's name, the location and the access of the project."},
    {1008, "Operation is not implemented", When::always, retry, Status::unsupported, ""},
    {1008, "", When::setup_with_handle, retry_without_handle, Status::protocol, ""},
    {1008, "", When::always, fatal, Status::protocol, "A policy refused the session: see the reason."},

    {1010, "", When::always, fatal, Status::protocol, "The server wants a WebSocket extension."},
    {1011, "currently unavailable", When::always, retry_longer, Status::network, ""},
};

bool matches(const Row &row, Phase phase, int code, std::string_view reason, bool with_handle) noexcept
{
    return (row.code == 0 || row.code == code) && reason.find(row.fragment) != std::string_view::npos &&
           (row.when == When::always || (phase == Phase::setup && with_handle));
}

constexpr Verdict http_verdict(int status) noexcept
{
    switch (status) {
    case 400: return {fatal, Status::invalid_argument, "The request, a header or the API version is wrong."};
    case 401: return {alter, Status::auth, "Get a fresh access token."};
    case 403: return {fatal, Status::auth, "The API is disabled, or this credential may not use it."};
    case 404: return {fatal, Status::unsupported, "Check the URL and the API version."};
    case 407: return {fatal, Status::auth, "The proxy wants a user name and a password."};
    case 408: return {retry, Status::timeout, ""};
    case 409: return {retry, Status::network, ""};
    case 429: return {retry_longer, Status::quota, "Too many sessions or requests: wait, or raise the quota."};
    case 499: return {retry, Status::network, ""};
    case 501: return {fatal, Status::unsupported, "The server does not know the method."};
    default: break;
    }
    if (status >= 500) {
        return {retry, Status::network, ""};
    }
    if (status >= 300 && status < 400) {
        return {fatal, Status::network, "The server redirects: check the base URL."};
    }
    return {fatal, Status::network, "The server did not switch to WebSocket: check the base URL."};
}

std::string text_member(const nlohmann::json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

const char *retry_class_name(RetryClass retry_class) noexcept
{
    switch (retry_class) {
    case retry: return "retry";
    case retry_longer: return "retry_longer";
    case retry_without_handle: return "retry_without_handle";
    case alter: return "alter";
    case fatal: return "fatal";
    }
    return "";
}

Verdict classify_close(Phase phase, int code, std::string_view reason, bool with_handle) noexcept
{
    for (const Row &row : rows) {
        if (matches(row, phase, code, reason, with_handle)) {
            return {row.retry, row.status, row.advice};
        }
    }
    return {retry, Status::network, ""};
}

Verdict classify_http(int http_status, std::string_view detail) noexcept
{
    for (const Row &row : rows) {
        if (row.code == 0 && detail.find(row.fragment) != std::string_view::npos) {
            return {row.retry, row.status, row.advice};
        }
    }
    return http_verdict(http_status);
}

std::optional<RestError> parse_rest_error(std::string_view body)
{
    nlohmann::json document = nlohmann::json::parse(body, nullptr, false);
    if (document.is_array() && !document.empty()) {
        document = nlohmann::json(document.front());  // streaming endpoints wrap it
    }
    if (!document.is_object() || !document.contains("error") || !document["error"].is_object()) {
        return std::nullopt;
    }
    const nlohmann::json &object = document["error"];
    RestError error;
    const auto code = object.find("code");
    if (code != object.end() && code->is_number_integer()) {
        error.code = code->get<int64_t>();
    }
    error.status = text_member(object, "status");
    error.message = text_member(object, "message");
    const auto details = object.find("details");
    if (details != object.end() && details->is_array()) {
        for (const nlohmann::json &detail : *details) {
            const std::string delay = detail.is_object() ? text_member(detail, "retryDelay") : "";
            if (const auto duration = parse_duration(delay)) {
                error.retry_delay_ms = duration->floor_ms();
            }
        }
    }
    return error;
}

std::string_view refused_field(std::string_view reason) noexcept
{
    constexpr std::string_view before = "Unknown name \"";
    const size_t at = reason.find(before);
    if (at == std::string_view::npos) {
        return {};
    }
    reason.remove_prefix(at + before.size());
    return reason.substr(0, reason.find('"'));
}

}  // namespace gemlive::protocol
